"""Routes of boards: read and drawn, edited and undone, panels of a shot, drawn by hand, printed."""

from app.api.board import drawing, editing, panels, prints, shots

ROUTERS = (shots.router, editing.router, panels.router, drawing.router, prints.router)
