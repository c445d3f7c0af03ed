"""The web app: pages, REST and the live hub on one port."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import reflex as rx

from app.api.server import api
from app.pages import PAGES  # noqa: F401  # pyright: ignore[reportUnusedImport] - importing them registers them
from jobs import wiring
from state.gate import Seal
from state.hub import hub

STYLES = (
    "tokens",
    "paper",
    "room",
    "shell",
    "board",
    "script",
    "draw",
    "projects",
    "thread",
    "members",
    "landing",
    "door",
    "account",
    "renders",
    "importing",
    "breakdown",
    "printing",
    "board-editing",
    "stage",
    "cut",
    "cut-bin",
    "cut-player",
    "cut-side",
    "cut-together",
    "cut-templates",
    "cut-timeline",
)

app = rx.App(
    stylesheets=[f"/css/{name}.css" for name in STYLES],
    reset_style=False,
    html_lang="en",
    app_wraps={},
    toaster=None,
    head_components=[
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#FF6B35"),
    ],
    api_transformer=api(),
)
app.add_middleware(Seal(), index=0)


@contextlib.asynccontextmanager
async def live() -> AsyncGenerator[None]:
    """While the server runs: what the studio tells goes to the queue and to the open pages."""
    wiring.wire()
    listening = asyncio.create_task(hub.run(app))
    try:
        yield
    finally:
        listening.cancel()


app.register_lifespan_task(live)
