"""The scenes on the left: in order, dragged to another one, added, cut to the drawer and brought back."""

from __future__ import annotations

import reflex as rx

from components.board.scenes import status_tag
from components.projects.begin import ACCEPTED, SEND_CHOSEN
from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.link import link
from components.wrapped.scene_order import scene_order
from state.project import ProjectState
from state.script.printed import CutScene, NavScene
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from state.script.writing import WritingState

_EXPORTS = (
    ("file-text", "PDF, US Letter", ".pdf", "?format=pdf&paper=letter"),
    ("file-text", "PDF, A4", ".pdf", "?format=pdf&paper=a4"),
    ("clapperboard", "Final Draft", ".fdx", "?format=fdx"),
    ("pen-line", "Fountain", ".fountain", "?format=fountain"),
    ("text", "Plain text", ".txt", "?format=txt"),
    ("braces", "JSON", ".json", "?format=json"),
)


def navigator() -> rx.Component:
    """Scenes with what they are and how far they are; below them the drawer and the ways in and out."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Scenes", class_name="hd14"),
            rx.el.span(ScriptState.length.split(" · ")[0], class_name="num q end cut1"),
            rx.cond(ProjectState.may_edit, square("plus", "Add a scene", kind="flat", on_click=WritingState.add)),
            class_name="phead",
        ),
        rx.cond(ScriptState.list_turn.earlier != "", _turn(ScriptState.list_turn.earlier, -1)),
        scene_order(
            rx.foreach(ScriptState.scenes, _scene),
            editable=ProjectState.may_edit,
            label="Scenes",
            class_name="sl",
            on_move=WritingState.move,
        ),
        rx.cond(ScriptState.list_turn.later != "", _turn(ScriptState.list_turn.later, 1)),
        _drawer(),
        _ways(),
        class_name="pane list",
    )


def _turn(label: rx.Var[str], by: int) -> rx.Component:
    return rx.el.div(button(label, kind="flat", on_click=ScriptState.list_scenes(by)), class_name="turn")


def _scene(item: NavScene) -> rx.Component:
    on = item.position == ScriptState.chosen.position
    menu = "scene-menu-" + item.id
    return rx.el.div(
        link(
            rx.el.b(item.number, class_name="slate"),
            rx.el.span(
                rx.el.b(item.heading, class_name="t"),
                rx.el.span(
                    rx.cond(item.time != "", item.time + " · ", ""),
                    rx.el.span(item.pages, class_name="num"),
                    " page · ",
                    rx.el.span(item.lasts, class_name="num"),
                    class_name="q cut1",
                ),
                rx.el.span(rx.foreach(item.strip, _frame), class_name="mini", custom_attrs={"aria-hidden": "true"}),
                rx.el.span(status_tag(item), class_name="row st"),
                class_name="grow",
            ),
            href="/p/" + ProjectState.open_id + "/script?scene=" + item.number,
            class_name=rx.cond(on, "sn on", "sn"),
            custom_attrs={"data-stop": "", "aria-current": rx.cond(on, "true", "false"), "draggable": "false"},
        ),
        rx.cond(
            ProjectState.may_edit,
            rx.fragment(
                rx.el.button(
                    icon("ellipsis-vertical"),
                    type="button",
                    class_name="more",
                    style={"anchorName": "--" + menu},
                    custom_attrs={"popoverTarget": menu, "aria-label": "Scene " + item.number + ": move or cut"},
                ),
                rx.el.div(
                    _act("arrow-up", "Move up", "Alt ↑", WritingState.move(item.id, item.position - 1)),
                    _act("arrow-down", "Move down", "Alt ↓", WritingState.move(item.id, item.position + 1)),
                    _act("archive", "Cut to the drawer", "", WritingState.cut(item.id)),
                    id=menu,
                    class_name="menu",
                    style={"positionAnchor": "--" + menu},
                    custom_attrs={"popover": "auto", "role": "menu"},
                ),
            ),
        ),
        class_name="nav",
        custom_attrs={
            "data-scene": item.id,
            "data-position": item.position,
            "draggable": rx.cond(ProjectState.may_edit, "true", "false"),
        },
        key=item.id,
    )


def _act(glyph: str, label: str, key: str, act: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        icon(glyph),
        rx.el.span(label, class_name="grow"),
        *([rx.el.kbd(key)] if key else []),
        type="button",
        role="menuitem",
        on_click=act,
        custom_attrs={"data-close": ""},
    )


def _frame(picture: rx.Var[str]) -> rx.Component:
    return rx.el.span(
        rx.cond(picture != "", rx.el.img(src=picture, alt="", loading="lazy")),
        class_name=rx.cond(picture != "", "pic", "pic undrawn"),
    )


def _drawer() -> rx.Component:
    def cut(scene: CutScene) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.b(scene.heading, class_name="cut1"), rx.el.span(scene.told, class_name="q"), class_name="col grow"
            ),
            rx.cond(ProjectState.may_edit, button("Bring back", kind="s", on_click=WritingState.bring_back(scene.id))),
            key=scene.id,
        )

    return rx.cond(
        ScriptSideState.drawer.length() > 0,
        rx.el.details(
            rx.el.summary(
                icon("archive"),
                rx.el.b("Drawer", class_name="hd"),
                rx.el.span(ScriptSideState.drawer.length(), class_name="num end"),
            ),
            rx.el.ul(rx.foreach(ScriptSideState.drawer, cut)),
            class_name="cuts",
        ),
    )


def _ways() -> rx.Component:
    return rx.el.div(
        rx.el.p(ScriptState.title, class_name="hd cut1"),
        rx.el.p(ScriptState.facts, class_name="q cut1"),
        rx.el.div(
            rx.cond(ProjectState.may_edit, bring_in("Import", "btn")),
            rx.el.button(
                icon("download"),
                "Export",
                type="button",
                class_name="btn grow",
                style={"anchorName": "--export"},
                custom_attrs={"popoverTarget": "script-export", "aria-label": "Export the script"},
            ),
            rx.el.div(
                *[_export(*way) for way in _EXPORTS],
                id="script-export",
                class_name="menu over",
                style={"positionAnchor": "--export"},
                custom_attrs={"popover": "auto", "role": "menu", "aria-label": "Export as"},
            ),
            class_name="row",
        ),
        class_name="ways",
    )


def _export(glyph: str, label: str, ending: str, query: str) -> rx.Component:
    return rx.el.a(
        icon(glyph),
        rx.el.span(label, class_name="grow"),
        rx.el.span(ending, class_name="num q"),
        href=ScriptState.export + query,
        role="menuitem",
        custom_attrs={"download": "", "reloadDocument": True, "data-close": ""},
    )


def bring_in(label: str, look: str) -> rx.Component:
    """A button that takes a file to look over: a script, or the next draft of the one there is."""
    return rx.el.form(
        rx.el.input(type="hidden", name="project", value=ProjectState.open_id, read_only=True),
        rx.el.label(
            icon("import"),
            label,
            rx.el.input(
                type="file",
                name="file",
                accept=ACCEPTED,
                on_change=SEND_CHOSEN,
                class_name="sr",
                custom_attrs={"aria-label": "Import a draft"},
            ),
            class_name=look,
        ),
        action="/auth/import",
        method="post",
        enc_type="multipart/form-data",
        class_name="bring",
        on_submit=None,
    )
