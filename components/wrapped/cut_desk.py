"""The cut in the browser: the document, the playhead and what is chosen, for the timeline and the player to draw from."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import EventChain, passthrough_event_spec
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from components.wrapped import island
from state.project import ProjectState

_jsx = island("cut_desk.jsx")


class InkDesk(rx.NoSSRComponent):
    """Opens the cut `cut`, lays what comes in `feed` on it, and says what is done: edits, what is chosen, where one rests.

    `feed` is {cut, steps: [{from, revision, patch, label, by}], ticket, anew, media, refused}: `media` counts when there is news
    of it. It says what is not saved yet (`#cut-unsaved`).
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

turn: rx.Var[int] = rx.Var(
    "turn",
    _var_type=int,
    _var_data=VarData(imports={_jsx: [ImportVar(tag="useTurn")]}, hooks={"const turn = useTurn()": None}),
).to(int)
"""Counts refused edits: a field with it in its key is printed anew, as it is, when what was typed could not be."""

VALUE: rx.Var[str] = rx.Var("value", _var_type=str)
"""In what is asked for: the value of the control."""
FIRST: rx.Var[Any] = rx.Var("e", _var_type=object)
"""In what is asked for: what an island's event says first."""
SECOND: rx.Var[Any] = rx.Var("b", _var_type=object)
THIRD: rx.Var[Any] = rx.Var("c", _var_type=object)
FRAME: rx.Var[int] = rx.Var("Math.round(desk.frame)", _var_type=int)
"""In what is asked for: the frame of the playhead."""

_ASKS = {
    "": "{}",
    "other": "value !== e.target.defaultValue && {}",
    "some": "value && {}",
    "rested": "(clearTimeout(e.target.soon), (e.target.soon = setTimeout(() => {}, 400)))",
}


def asks(op: str, *, when: str = "", label: str | rx.Var[str] = "", **asked: Any) -> rx.Var[Any]:
    """What a control of a pane does: it asks for an edit or a wish by its name, and the desk holds that until it is answered.

    `when` says for which values: "" any, "some" not none, "other" only one that was not printed there, "rested" the last one
    when it has rested for 0.4 s. Without a `label` the studio says what the history calls it.
    """
    edit, called = rx.Var.create({"op": op, **asked}), rx.Var.create(label)
    act = _ASKS[when].format(f"desk.edit([{edit!s}], {called!s})")
    return rx.Var(
        f"((e, b, c, value = e?.target?.value) => {act})",
        _var_type=EventChain,
        _var_data=VarData.merge(
            edit._get_all_var_data(),
            called._get_all_var_data(),
            VarData(imports={_jsx: [ImportVar(tag="desk")]}),
        ),
    )
