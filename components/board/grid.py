"""The panels of the board: the head of the chosen scene, how they are shown, and their cards."""

from __future__ import annotations

import reflex as rx

from components.board.cards import panel_card
from components.board.continuity import continuity_line
from components.board.history import history_button
from components.board.printing import print_button
from components.board.selection import dragging, kept_sign, undo_buttons
from components.ui.button import button, link_button
from components.ui.icon import icon
from components.ui.link import link
from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.looking import Group
from state.project import ProjectState


def board_head() -> rx.Component:
    """Number, heading and counts of the chosen scene, and the one main act."""
    return rx.el.header(
        rx.el.span(BoardState.head.number, class_name="slate big"),
        rx.el.div(
            rx.el.h1(BoardState.head.heading),
            rx.el.p(BoardState.head.facts, kept_sign(), class_name="q"),
            class_name="grow",
        ),
        rx.cond(
            ProjectState.may_edit,
            rx.fragment(_lock(), button("Panel", kind="wide-only", glyph="image-plus", on_click=BoardEditState.add)),
        ),
        link_button(
            "Script",
            "/p/" + ProjectState.open_id + "/script?scene=" + BoardState.head.number,
            kind="wide-only",
            glyph="file-text",
        ),
        print_button(),
        _main_act(),
        class_name="bh",
    )


def _lock() -> rx.Component:
    locked = BoardState.head.locked
    told = rx.cond(locked, "Numbers are locked: new shots get numbers between", "Lock the numbers of this scene")
    return rx.el.button(
        rx.cond(locked, icon("lock"), icon("lock-open")),
        type="button",
        class_name=rx.cond(locked, "btn sq wide-only on", "btn sq wide-only"),
        on_click=BoardEditState.lock,
        custom_attrs={"aria-label": "Lock the numbers of this scene", "aria-pressed": locked, "title": told},
    )


def _main_act() -> rx.Component:
    progress = BoardState.drawn.to_string() + " of " + BoardState.total.to_string()
    working = rx.el.button(
        rx.el.span(class_name="hatch", custom_attrs={"aria-hidden": "true"}),
        rx.cond(BoardState.making == "boards", "Bringing in, ", "Drawing, ") + progress,
        type="button",
        class_name="btn at-work",
        custom_attrs={"popoverTarget": "jobs", "title": "Show the jobs"},
    )
    film = rx.cond(
        BoardState.making == "film",
        link_button("See the film being made", "/p/" + ProjectState.open_id + "/renders", kind="light", glyph="film"),
        rx.cond(ProjectState.may_edit, button("Make the film", kind="go", glyph="film", on_click=BoardState.film)),
    )
    draw = rx.cond(ProjectState.may_edit, button("Draw the board", kind="go", glyph="pencil", on_click=BoardState.draw))
    missing = BoardState.drawn < BoardState.total
    at_work = (BoardState.making == "board") | (BoardState.making == "boards") | (BoardState.making == "film")
    return rx.cond(missing, rx.cond(at_work, working, draw), film)


def board_tools() -> rx.Component:
    """Grid or strip, how many beside each other (both kept by the page alone), and which panels."""
    return rx.el.div(
        _choice(
            "board-view", "View", (("grid", "Grid", "layout-grid"), ("strip", "Strip", "gallery-horizontal")), "grid"
        ),
        _choice("board-columns", "Panels in a row", tuple((str(n), str(n), "") for n in range(3, 7)), "4"),
        rx.el.span(class_name="sep wide-only"),
        _filter(
            "Which panels",
            rx.el.select(
                *[
                    rx.el.option(label, value=show)
                    for show, label in (
                        ("all", "All status"),
                        ("todo", "To draw"),
                        ("drawn", "Drawn"),
                        ("stale", "Stale"),
                    )
                ],
                value=BoardState.show,
                on_change=BoardState.show_only,
            ),
        ),
        _filter(
            "Whose panels",
            rx.el.select(
                rx.el.option("Anyone", value=""),
                rx.foreach(BoardState.who.people, lambda name: rx.el.option(name, value=name)),
                value=BoardState.who.chosen,
                on_change=BoardState.show_who,
            ),
        ),
        continuity_line(),
        rx.el.span(BoardState.drawn, " of ", BoardState.total, " drawn", class_name="q num end"),
        undo_buttons(),
        history_button(),
        class_name="bt",
    )


def _filter(label: str, select: rx.Component) -> rx.Component:
    return rx.el.label(rx.el.span(label, class_name="sr"), select, class_name="pick")


def _choice(name: str, label: str, options: tuple[tuple[str, str, str], ...], first: str) -> rx.Component:
    return rx.el.div(
        *[
            rx.el.label(
                rx.el.input(
                    type="radio", name=name, id=f"{name}-{value}", class_name="sr", default_checked=value == first
                ),
                *([icon(glyph)] if glyph else []),
                rx.el.span(word),
            )
            for value, word, glyph in options
        ],
        class_name="seg wide-only",
        custom_attrs={"role": "radiogroup", "aria-label": label},
    )


def board_panels() -> rx.Component:
    """The cards on view by scene, and the way to those before and after."""
    return rx.el.div(
        rx.cond(BoardState.turn.earlier != "", _turn(BoardState.turn.earlier, "arrow-up", BoardState.earlier)),
        rx.cond(
            BoardState.groups.length() > 0,
            rx.foreach(BoardState.groups, _group),
            _nothing(),
        ),
        rx.cond(BoardState.turn.later != "", _turn(BoardState.turn.later, "arrow-down", BoardState.later)),
        class_name="gw",
        custom_attrs=dragging,
        key=BoardState.groups[0].number,
    )


def card_skeletons(count: int = 8) -> rx.Component:
    """Cards of the final size until the board is here."""
    blank = [
        rx.el.div(rx.el.div(class_name="art sk"), rx.el.div(class_name="bar sk"), class_name="card blank")
        for _ in range(count)
    ]
    return rx.el.div(rx.el.div(*blank, class_name="g"), class_name="gw", custom_attrs={"aria-busy": "true"})


def _nothing() -> rx.Component:
    return rx.el.p(
        rx.cond(
            BoardState.show == "todo",
            "Nothing is left to draw here. Choose All status to see the panels.",
            "No panel is like that. Choose All status and Anyone to see them all.",
        ),
        class_name="none q",
    )


def _turn(label: rx.Var[str], glyph: str, act: rx.EventHandler) -> rx.Component:
    return rx.el.div(button(label, glyph=glyph, on_click=act), class_name="turn")


def _group(group: Group) -> rx.Component:
    heading = rx.cond(
        group.position != BoardState.head.position,
        link(
            rx.el.b(group.number, class_name="slate"),
            rx.el.h2(group.heading, class_name="hd14"),
            rx.el.span(group.lasts, class_name="q num"),
            rx.el.i(),
            rx.el.span(group.panels, class_name="q"),
            href="/p/" + ProjectState.open_id + "/board?scene=" + group.number,
            class_name="sh",
        ),
    )
    return rx.el.section(
        heading,
        rx.el.div(rx.foreach(group.cards, panel_card), class_name="g"),
        key=group.position.to_string(),
        custom_attrs={"aria-label": "Scene " + group.number},
    )
