"""The desk: the bar one writes with, find and replace, the pages, and the sign that tells what is kept."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from components.wrapped.page_editor import script_pages
from state.live import LiveState
from state.project import ProjectState
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from state.script.versions import VersionsState
from state.script.writing import FoundIn, WritingState
from state.session import SessionState

_KINDS = (
    ("scene_heading", "Scene heading", "Heading"),
    ("action", "Action", "Action"),
    ("character", "Character", "Character"),
    ("dialogue", "Dialogue", "Dialogue"),
    ("parenthetical", "Parenthetical", "( … )"),
    ("transition", "Transition", "Transition"),
)
_NEAR_THE_END = rx.Var(
    """(e) => {
  const pages = e.currentTarget, more = document.getElementById("script-later");
  if (!more || pages.scrollHeight - pages.scrollTop - pages.clientHeight > 500 || more.dataset.asked === more.dataset.from) return;
  more.dataset.asked = more.dataset.from;
  more.click();
}"""
)


def desk() -> rx.Component:
    """The middle of the script room."""
    return rx.el.section(
        rx.el.h1(ScriptState.title, class_name="sr"),
        _bar(),
        _finding(),
        _pages(),
        _foot(),
        class_name="desk",
        custom_attrs={"aria-label": "Script"},
    )


def page_skeleton() -> rx.Component:
    """A sheet of the final size until the words are here."""
    return rx.el.div(
        rx.el.div(*[rx.el.div(class_name="sk") for _ in range(9)], class_name="sheetp"),
        class_name="pg",
        custom_attrs={"aria-busy": "true"},
    )


def _bar() -> rx.Component:
    return rx.el.header(
        rx.cond(ProjectState.may_edit, _writing_bar(), rx.el.h1(ScriptState.title, class_name="hd14 cut1")),
        rx.el.span(class_name="grow"),
        rx.el.button(
            icon("search"),
            type="button",
            class_name="btn sq",
            custom_attrs={"data-find": "open", "aria-label": "Find and replace", "title": "Find and replace (Ctrl F)"},
        ),
        rx.el.button(
            icon("history"),
            rx.el.span("Drafts", class_name="wide-only"),
            icon("chevron-down", "s14"),
            type="button",
            class_name="btn drafts",
            on_click=VersionsState.show,
            custom_attrs={"popoverTarget": "drafts", "aria-label": "Drafts"},
        ),
        link(
            icon("layout-grid"),
            rx.el.span("Board this scene", class_name="wide-only"),
            rx.el.span("Board", class_name="phone-only", custom_attrs={"aria-hidden": "true"}),
            href="/p/" + ProjectState.open_id + "/board?scene=" + ScriptState.chosen.number,
            class_name="btn go",
            custom_attrs={"aria-label": "Scene on the board"},
        ),
        class_name="phead dh",
    )


def _writing_bar() -> rx.Component:
    def kind(index: int, name: str, label: str, short: str) -> rx.Component:
        return rx.el.button(
            rx.el.span(label, class_name="full"),
            rx.el.span(short, class_name="short", custom_attrs={"aria-hidden": "true"}),
            type="button",
            custom_attrs={
                "data-write": name,
                "aria-pressed": "false",
                "aria-label": label,
                "title": f"{label} (Ctrl {index})",
            },
        )

    return rx.fragment(
        rx.el.div(
            *[kind(i + 1, *each) for i, each in enumerate(_KINDS)],
            class_name="seg kinds",
            custom_attrs={"role": "group", "aria-label": "Kind of line"},
        ),
        rx.el.kbd(
            "Tab", class_name="wide-only tabkey", custom_attrs={"title": "Tab: the next kind. Esc: leave the page"}
        ),
        rx.el.button(
            icon("undo-2"),
            type="button",
            class_name="btn sq",
            custom_attrs={"data-write": "undo", "aria-label": "Undo", "title": "Undo in this scene (Ctrl Z)"},
        ),
    )


def _finding() -> rx.Component:
    return rx.el.form(
        _find_row(),
        rx.cond(ProjectState.may_edit, _replace_row()),
        rx.cond(
            WritingState.found.length() > 0,
            rx.el.div(
                rx.el.span("In scenes", class_name="q"),
                rx.foreach(WritingState.found, _found_in),
                class_name="row chips",
            ),
        ),
        id="script-finding",
        class_name="finding",
        on_submit=WritingState.replace_everywhere,
        custom_attrs={"hidden": True, "role": "search"},
    )


def _find_row() -> rx.Component:
    def tool(act: str, glyph: str, label: str) -> rx.Component:
        return rx.el.button(
            icon(glyph),
            type="button",
            class_name="btn sq flat",
            custom_attrs={"data-find": act, "aria-label": label, "title": label},
        )

    return rx.el.div(
        icon("search"),
        rx.el.input(
            id="script-find",
            name="words",
            placeholder="Find",
            max_length=200,
            auto_complete="off",
            on_change=WritingState.find.debounce(300),
            custom_attrs={"aria-label": "Find"},
        ),
        rx.el.span(id="script-find-here", class_name="num q"),
        rx.el.span(WritingState.found_count, class_name="num q", custom_attrs={"aria-live": "polite"}),
        tool("previous", "chevron-up", "The one before"),
        tool("next", "chevron-down", "The next one"),
        tool("close", "x", "Close"),
        class_name="row",
    )


def _replace_row() -> rx.Component:
    return rx.el.div(
        icon("replace"),
        rx.el.input(
            id="script-replace",
            name="by",
            placeholder="Replace with",
            max_length=200,
            auto_complete="off",
            custom_attrs={"aria-label": "Replace with"},
        ),
        button("Replace", custom_attrs={"data-find": "replace"}),
        button("All on view", custom_attrs={"data-find": "all"}),
        button("All in the script", type="submit"),
        class_name="row",
    )


def _found_in(found: FoundIn) -> rx.Component:
    return rx.el.button(
        found.number,
        rx.el.span(found.times, class_name="num q"),
        type="button",
        class_name="chip",
        on_click=ScriptState.go(found.id, ""),
        custom_attrs={"aria-label": "Scene " + found.number},
        key=found.id,
    )


def _pages() -> rx.Component:
    turn = ScriptState.turn
    return rx.el.div(
        rx.cond(
            turn.earlier != "",
            rx.el.div(button(turn.earlier, glyph="arrow-up", on_click=ScriptState.earlier), class_name="turn"),
        ),
        script_pages(
            scenes=ScriptState.pages,
            fresh=ScriptState.fresh,
            answers=WritingState.answers,
            beside=ScriptState.beside,
            guests=LiveState.here,
            lists=ScriptSideState.lists,
            jump=ScriptState.jump,
            editable=ProjectState.may_edit,
            me=SessionState.user_id,
            on_save=WritingState.save,
            on_where=ScriptState.stand,
        ),
        rx.cond(
            turn.later != "",
            rx.el.div(
                button(
                    turn.later,
                    glyph="arrow-down",
                    on_click=ScriptState.later,
                    id="script-later",
                    custom_attrs={"data-from": turn.later},
                ),
                class_name="turn",
            ),
            rx.el.p("THE END", class_name="over"),
        ),
        class_name="pg",
        custom_attrs={"onScroll": _NEAR_THE_END, "tabIndex": 0, "role": "region", "aria-label": "Pages"},
    )


def _foot() -> rx.Component:
    return rx.el.footer(
        rx.cond(
            ProjectState.may_edit,
            rx.el.span(
                icon("check", "s14"),
                rx.el.span("All kept"),
                id="script-saved",
                class_name="saved",
                custom_attrs={"role": "status", "data-state": "ok"},
            ),
            rx.el.span(icon("eye", "s14"), "Looking only", class_name="saved"),
        ),
        rx.el.span(class_name="grow"),
        rx.el.span(ScriptSideState.words, class_name="num"),
        rx.el.span(ScriptState.length, class_name="num"),
        rx.el.label(
            rx.el.input(type="checkbox", id="script-focus", class_name="sr"),
            icon("focus", "s14"),
            "Focus",
            rx.el.kbd("F"),
            class_name="focus wide-only",
            custom_attrs={"title": "Only the page (F)"},
        ),
        class_name="foot",
    )
