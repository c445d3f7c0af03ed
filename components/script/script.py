"""The whole script room: scenes, pages, and what stands beside them."""

from __future__ import annotations

import reflex as rx

from components.board.scenes import scene_skeletons
from components.script.clash import clash
from components.script.drafts import drafts
from components.script.navigator import bring_in, navigator
from components.script.pages import desk, page_skeleton
from components.script.side import side
from components.ui.button import button
from state.project import ProjectState
from state.script.script import ScriptState
from state.script.writing import WritingState


def script_room() -> rx.Component:
    """Skeletons, an empty state that teaches, or the script."""
    return rx.cond(ScriptState.loaded, rx.cond(ScriptState.missing, _no_script(), _script()), _waiting())


def _script() -> rx.Component:
    return rx.el.div(navigator(), desk(), side(), drafts(), clash(), class_name="scr")


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.div(rx.el.h2("Scenes", class_name="hd14"), class_name="phead"),
            scene_skeletons(),
            class_name="pane list",
        ),
        rx.el.section(rx.el.div(class_name="phead dh"), page_skeleton(), class_name="desk"),
        rx.el.aside(rx.el.div(class_name="phead"), class_name="pane side"),
        class_name="scr",
        custom_attrs={"aria-busy": "true"},
    )


def _no_script() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. BLANK PAGE - NIGHT", class_name="scr-line"),
        rx.el.h1("No words yet"),
        rx.el.p(
            "Everything here begins with a screenplay. Write the first page, or bring one in: plain text is enough."
        ),
        rx.el.div(
            rx.cond(
                ProjectState.may_edit,
                button("Write the first page", kind="go", glyph="pen-line", on_click=WritingState.begin),
            ),
            rx.cond(ProjectState.may_edit, bring_in("Bring in a script", "btn"), ""),
            class_name="row",
        ),
        class_name="teach",
    )
