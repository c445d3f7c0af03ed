"""Routes of scripts: looked over and brought in, read, changed, broken down."""

from app.api.script import breakdown, changes, imports, reading

ROUTERS = (imports.router, reading.router, changes.router, breakdown.router)
