"""Routes of boards: read and drawn, edited and undone, drawn by hand, printed, drawn on paper."""

from app.api.board import drawing, editing, prints, scans, shots

ROUTERS = (shots.router, editing.router, drawing.router, prints.router, scans.router)
