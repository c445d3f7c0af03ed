"""The whole board room: scenes, panels, shot; and what it says while there is nothing to show."""

from __future__ import annotations

import reflex as rx

from components.board.arrows import walk_cards
from components.board.continuity import continuity_sheet
from components.board.grid import board_head, board_panels, board_tools, card_skeletons
from components.board.history import history_sheet
from components.board.looks import looks_sheet
from components.board.printing import print_sheet
from components.board.scanning import scan_sheets
from components.board.scenes import scene_list, scene_skeletons
from components.board.selection import drop_form, marked_bar
from components.board.shot.bringing import bring_sheet
from components.board.shot.comparing import compare_sheet
from components.board.shot.inspector import inspector
from components.board.style import style_choice
from components.ui.button import button
from components.ui.link import link
from state.board.board import BoardState
from state.board.panels import SceneItem
from state.project import ProjectState


def board_room() -> rx.Component:
    """Skeletons, an empty state that teaches, or the board."""
    return rx.cond(
        BoardState.loaded,
        rx.match(BoardState.missing, ("script", _no_script()), ("shots", _no_shots()), _board()),
        _waiting(),
    )


def _board() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.div(
                rx.el.h2("Scenes", class_name="hd14"),
                rx.el.span(BoardState.told, class_name="q num end"),
                class_name="phead",
            ),
            rx.cond(BoardState.list_turn.earlier != "", _list_turn(BoardState.list_turn.earlier, -1)),
            scene_list(BoardState.scenes, BoardState.head.position, room="board", facts=_facts, below=_meter),
            rx.cond(BoardState.list_turn.later != "", _list_turn(BoardState.list_turn.later, 1)),
            rx.cond(ProjectState.may_edit, style_choice()),
            class_name="pane list",
        ),
        rx.el.section(
            board_head(),
            board_tools(),
            board_panels(),
            marked_bar(),
            drop_form(),
            class_name="pane grid",
            custom_attrs={"aria-label": "Panels"},
        ),
        inspector(),
        print_sheet(),
        scan_sheets(),
        continuity_sheet(),
        bring_sheet(),
        compare_sheet(),
        looks_sheet(),
        history_sheet(),
        class_name="board",
        style={"--shape": ProjectState.aspect.replace(":", " / ")},
        custom_attrs={"onKeyDown": walk_cards},
    )


def _list_turn(label: rx.Var[str], by: int) -> rx.Component:
    return rx.el.div(button(label, kind="flat", on_click=BoardState.list_scenes(by)), class_name="turn")


def _facts(item: SceneItem) -> rx.Component:
    return rx.el.span(
        rx.cond(item.time != "", item.time + " · ", ""),
        item.panels,
        " · ",
        rx.el.span(item.lasts, class_name="num"),
        class_name="q cut1",
    )


def _meter(item: SceneItem) -> rx.Component:
    return rx.el.span(
        rx.el.i(style={"width": item.percent.to_string() + "%"}),
        class_name="sb",
        custom_attrs={"role": "img", "aria-label": item.told, "title": item.told},
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.div(rx.el.h2("Scenes", class_name="hd14"), class_name="phead"),
            scene_skeletons(),
            class_name="pane list",
        ),
        rx.el.section(
            rx.el.div(class_name="bh blank"), rx.el.div(class_name="bt"), card_skeletons(), class_name="pane grid"
        ),
        rx.el.aside(
            rx.el.div(class_name="phead"),
            rx.el.div(rx.el.div(class_name="hero sk"), class_name="bodyi"),
            class_name="pane insp",
        ),
        class_name="board",
        custom_attrs={"aria-busy": "true"},
    )


def _no_script() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. EMPTY WALL - NIGHT", class_name="scr-line"),
        rx.el.h1("The board draws your script"),
        rx.el.p(
            "This project has no script yet. Start a film from your words: every scene becomes shots, every shot a panel."
        ),
        link("Bring in a script", href="/projects", class_name="btn go"),
        class_name="teach",
    )


def _no_shots() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. EMPTY WALL - CONTINUOUS", class_name="scr-line"),
        rx.el.h1("No shots to draw"),
        rx.el.p(
            "Nothing happens in this script that a camera could show. A scene heading with a line of action under it makes a shot."
        ),
        link("Read the script", href="/p/" + ProjectState.open_id + "/script", class_name="btn go"),
        class_name="teach",
    )
