"""What the command palette found."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read
from state.gate import handler
from studio.thread import service as thread
from studio.thread.views import SearchHit

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list."""

    id: str
    kind: str
    title: str
    detail: str
    href: str


class PaletteState(rx.State):
    """The hits for the words typed last."""

    hits: list[Hit] = []
    asked: bool = False

    @handler()
    async def find(self, text: str) -> None:
        text = text.strip()[:120]
        self.asked = bool(text)
        found = await read(thread.search, text, limit=_SHOWN) if text else ()
        self.hits = [_hit(h) for h in found]


def _hit(found: SearchHit) -> Hit:
    page = {"scene": f"/board?scene={found.number}", "shot": f"/board?shot={found.id}", "character": "/script"}.get(
        found.kind, ""
    )
    title = f"{found.number}  {found.title}" if found.number else found.title
    return Hit(f"{found.kind}-{found.id}", found.kind, title, found.detail, f"/p/{found.project_id}{page}")
