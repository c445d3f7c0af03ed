"""Routes of boards: read and drawn, edited and undone, drawn by hand, staged, printed."""

from app.api.board import drawing, editing, prints, shots, staging

ROUTERS = (shots.router, editing.router, drawing.router, prints.router, staging.router)
