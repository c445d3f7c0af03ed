"""The cut in the browser: the document, the playhead and what is chosen, for the timeline and the player to draw from."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from components.wrapped import island
from state.project import ProjectState

_jsx = island("cut_desk.jsx")


class InkDesk(rx.NoSSRComponent):
    """Opens the cut `cut`, lays what comes in `feed` on it, and says what is done: edits, what is chosen, where one rests.

    `feed` is {cut, steps: [{from, revision, patch, label, by}], ticket, anew, media}: `media` counts when there is news of it.
    It says what is not saved yet (`#cut-unsaved`).
    """

    library = _jsx
    tag = "InkDesk"

    cut: rx.Var[str]
    feed: rx.Var[dict[str, Any]]
    on_edit: rx.EventHandler[passthrough_event_spec(int, list, str, int, str)]
    on_select: rx.EventHandler[passthrough_event_spec(list)]
    on_rest: rx.EventHandler[passthrough_event_spec(int)]


cut_desk = InkDesk.create

may_edit: rx.Var[bool] = ProjectState.may_edit & rx.Var(
    "roomy",
    _var_type=bool,
    _var_data=VarData(imports={_jsx: [ImportVar(tag="useRoomy")]}, hooks={"const roomy = useRoomy()": None}),
)
"""Whether to show what edits: the person may, and the window is not a phone's, where a cut is watched and read."""

marked_range = rx.Var(
    "range",
    _var_type=str,
    _var_data=VarData(imports={_jsx: [ImportVar(tag="useRange")]}, hooks={"const range = useRange()": None}),
).to(str)
"""In and out as a film is asked for: "&from=00:04:07&to=00:09:00", or nothing."""
