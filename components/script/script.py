"""The whole script room: scenes, pages, and what stands beside them."""

from __future__ import annotations

import reflex as rx

from components.board.scenes import scene_list, scene_skeletons, status_tag
from components.script.pages import page_skeleton, pages
from components.script.side import side
from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from state.board.panels import SceneItem
from state.project import ProjectState
from state.script.script import ScriptState


def script_room() -> rx.Component:
    """Skeletons, an empty state that teaches, or the script."""
    return rx.cond(ScriptState.loaded, rx.cond(ScriptState.missing, _no_script(), _script()), _waiting())


def _script() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.div(
                rx.el.h2("Scenes", class_name="hd14"),
                rx.el.span(ScriptState.length, class_name="num q end"),
                class_name="phead",
            ),
            rx.cond(ScriptState.list_turn.earlier != "", _list_turn(ScriptState.list_turn.earlier, -1)),
            scene_list(ScriptState.scenes, _position(), room="script", facts=_facts, below=_status),
            rx.cond(ScriptState.list_turn.later != "", _list_turn(ScriptState.list_turn.later, 1)),
            class_name="pane list",
        ),
        rx.el.section(
            rx.el.header(
                rx.el.h1(ScriptState.title, class_name="hd14 cut1"),
                rx.el.span(ScriptState.facts, class_name="q cut1 wide-only"),
                rx.el.span(class_name="grow"),
                rx.el.a(
                    icon("download"),
                    href=ScriptState.export,
                    class_name="btn sq phone-only",
                    custom_attrs={"download": "", "reloadDocument": True, "aria-label": "Export the script"},
                ),
                link(
                    icon("layout-grid"),
                    rx.el.span("Scene on the board", class_name="wide-only"),
                    rx.el.span("Board", class_name="phone-only", custom_attrs={"aria-hidden": "true"}),
                    href="/p/" + ProjectState.open_id + "/board?scene=" + ScriptState.chosen.number,
                    class_name="btn go",
                    custom_attrs={"aria-label": "Scene on the board"},
                ),
                class_name="phead dh",
            ),
            pages(),
            class_name="desk",
            custom_attrs={"aria-label": "Script"},
        ),
        side(),
        class_name="scr",
    )


def _position() -> rx.Var[int]:
    return ScriptState.chosen.position


def _list_turn(label: rx.Var[str], by: int) -> rx.Component:
    return rx.el.div(button(label, kind="flat", on_click=ScriptState.list_scenes(by)), class_name="turn")


def _facts(item: SceneItem) -> rx.Component:
    return rx.el.span(
        rx.cond(item.time != "", item.time + " · ", ""),
        rx.el.span(item.pages, class_name="num"),
        " page · ",
        rx.el.span(item.lasts, class_name="num"),
        class_name="q cut1",
    )


def _status(item: SceneItem) -> rx.Component:
    return rx.el.span(status_tag(item), class_name="row st")


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
        rx.el.p("Everything here begins with a screenplay. Bring one in, or write a page: plain text is enough."),
        link("Bring in a script", href="/projects", class_name="btn go"),
        class_name="teach",
    )
