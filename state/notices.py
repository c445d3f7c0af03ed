"""Notices at the lower right: what happened, what to do, and the undo of what was removed."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from state.bridge import write
from state.gate import handler
from studio.core.errors import TOAST, StudioError
from studio.core.ids import new_id
from studio.core.links import sentence_proof
from studio.core.settings import settings
from studio.media import service as media
from studio.projects import service as projects
from studio.storyboards import service as storyboards

_KEPT = 4

UNDO: dict[str, Callable[..., Any]] = {
    "bring_back": projects.bring_back,
    "bring_back_media": media.bring_back,
    "keep_sub_clip": media.keep_sub_clip,
    "recall_warning": storyboards.recall_warning,
    "rename_project": projects.rename_project,
    "show_version": storyboards.show_version,
    "undo_board": storyboards.undo,
}
"""What a notice may undo, by name: services of (uow, actor, *plain values)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is ok, info, warning or error; `undo` the label of its undo button, or ""."""

    id: str
    kind: str
    text: str
    undo: str = ""


def proven_sentence(query: Mapping[str, str]) -> str:
    """The sentence a form came back with in the address of its page, if it is one of ours; else nothing."""
    message, proof = query.get("message", ""), query.get("proof", "")
    ours = sentence_proof(message, secret=settings().signing_key())
    return message if hmac.compare_digest(ours.encode(), proof.encode()) else ""


class NoticesState(rx.State):
    """The notices of one tab."""

    items: list[Notice] = []
    _undo: dict[str, tuple[str, list[Any]]] = {}

    @handler(access="anyone")
    async def dismiss(self, notice_id: str) -> None:
        self._drop(notice_id)

    @handler()
    async def undo(self, notice_id: str) -> None:
        name, args = self._undo.get(notice_id, ("", []))
        self._drop(notice_id)
        if name:
            await write(UNDO[name], *args)
            self._tell("ok", "Undone.")

    def _tell_problem(self, query: Mapping[str, str]) -> None:
        """What went wrong with a form whose page was opened again with that in its address, if it did."""
        if problem := proven_sentence(query):
            self._tell("error", problem)

    def _tell(self, kind: str, text: str, *, undo: str = "", act: str = "", args: list[Any] | None = None) -> None:
        """Show a notice; `act` names the entry of UNDO its button calls with `args`."""
        notice = Notice(new_id(), kind, text, undo)
        if act:
            self._undo[notice.id] = (act, args or [])
        for old in self.items[: -(_KEPT - 1)]:
            self._undo.pop(old.id, None)
        self.items = [*self.items[-(_KEPT - 1) :], notice]

    def _tell_error(self, error: StudioError, wait_s: float | None = None) -> None:
        text = f"{error.message} Wait {wait_s:.0f} s." if wait_s else error.message
        self._tell(TOAST.get(error.code, "error"), text)

    def _drop(self, notice_id: str) -> None:
        self._undo.pop(notice_id, None)
        self.items = [n for n in self.items if n.id != notice_id]
