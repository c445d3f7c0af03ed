"""Routes of boards: read and drawn, edited and undone, panels of a shot, staged, drawn by hand, printed, drawn on paper."""

from app.api.board import drawing, editing, panels, prints, scans, shots, staging

ROUTERS = (
    shots.router,
    editing.router,
    panels.router,
    staging.router,
    drawing.router,
    prints.router,
    scans.router,
)
