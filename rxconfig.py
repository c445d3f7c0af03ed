"""What Reflex is told: one app, one port, our own origin only, no telemetry."""

import reflex as rx
from reflex.plugins import SitemapPlugin

from studio.core.settings import settings

_s = settings()

config = rx.Config(
    app_name="inkreel",
    app_module_import="app.app",
    frontend_port=_s.port,
    backend_port=_s.port,
    api_url=_s.origin,
    deploy_url=_s.origin,
    redis_url=_s.redis_url or None,
    state_manager_mode="redis" if _s.redis_url else "memory",
    cors_allowed_origins=list(_s.origins),
    telemetry_enabled=False,
    show_built_with_reflex=False,
    disable_plugins=[SitemapPlugin],
)
