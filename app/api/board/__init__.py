"""Routes of boards: read and drawn, edited and undone, drawn by hand, printed."""

from app.api.board import drawing, editing, prints, shots

ROUTERS = (shots.router, editing.router, drawing.router, prints.router)
