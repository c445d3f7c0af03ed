"""Routes of the Cut room's pictures: exact frames, letters, scopes."""

from app.api.cut import looking

ROUTERS = (looking.router,)
