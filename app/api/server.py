"""The FastAPI application Reflex is mounted in: every route of ours, and what every request passes."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import compile_path

from app.api import auth, board, forms, health, keys, media, projects, renders, runs, script, search, timelines
from app.api.http import errors
from app.api.middleware.body_cap import BodyCap
from app.api.middleware.content_security import content_security_policy
from app.api.middleware.faults import Faults
from app.api.middleware.headers import SecurityHeaders
from app.api.middleware.origin import OwnOrigin
from app.api.middleware.rate import ANONYMOUS, SIGNED_IN, RateLimit
from app.api.middleware.request_id import RequestId
from studio.core.settings import settings

_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def api(*, anonymous_a_minute: int = ANONYMOUS, signed_in_a_minute: int = SIGNED_IN) -> FastAPI:
    """A new application: REST under /api/v1 with its document at /api/v1/openapi.json, form posts, files, health."""
    app = FastAPI(
        title="Inkreel",
        summary="Words to a finished film.",
        version=version("inkreel"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    errors.install(app)
    # Each into the application itself: a router of them all between would cost half a second more at every start.
    parts = (auth, keys, projects, renders, runs, search)
    for router in (
        *script.ROUTERS,
        *board.ROUTERS,
        *timelines.ROUTERS,
        *media.ROUTERS,
        *(part.router for part in parts),
        health.versions,
    ):
        app.include_router(router, prefix="/api/v1")
    for router in (forms.router, media.files.files, health.router):
        app.include_router(router)
    _answer_the_rest(app)
    _guard(app, anonymous_a_minute, signed_in_a_minute)
    return app


def built_pages() -> Path:
    """Where the built frontend lies, by the rule Reflex serves it by."""
    return Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client"


def _guard(app: FastAPI, anonymous: int, signed_in: int) -> None:
    """Each added one goes around those before it: read from the last upwards."""
    s = settings()
    app.add_middleware(RateLimit, redis_url=s.redis_url, anonymous=anonymous, signed_in=signed_in)
    app.add_middleware(BodyCap)
    app.add_middleware(OwnOrigin)
    app.add_middleware(Faults)
    policy = content_security_policy(built_pages(), origins=s.origins)
    app.add_middleware(SecurityHeaders, policy=policy, https=s.secure_cookies)
    app.add_middleware(RequestId)


def _answer_the_rest(app: FastAPI) -> None:
    """Under /api nothing falls through to the pages: 405 where only the method is wrong, else 404."""
    known = [(compile_path(r.path)[0], r.methods) for r in iter_route_contexts(app.routes) if r.path and r.methods]

    def unknown(request: Request) -> Response:
        path = request.scope["path"]
        allowed = sorted({m for pattern, methods in known if pattern.match(path) for m in methods})
        return errors.refused(405, {"Allow": ", ".join(allowed)}) if allowed else errors.refused(404)

    for path in ("/api/{path:path}", "/auth/{path:path}"):
        app.add_api_route(path, unknown, methods=_ALL_METHODS, include_in_schema=False)


def _operation_id(route: APIRoute) -> str:
    return route.name
