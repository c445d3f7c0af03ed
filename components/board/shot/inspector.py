"""The chosen shot: its picture, its fields, why it is there, and the drawings made of it."""

from __future__ import annotations

import reflex as rx

from components.board.cards import card_tag
from components.board.shot.bringing import bring_button
from components.board.shot.comparing import compare_button
from components.board.shot.fields import shot_cast, shot_fields
from components.board.shot.plan import floor_plan, shown_picture
from components.board.shot.row import panel_row
from components.draw.room import draw_button
from components.ui.button import button, square
from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.panels import Spoken, Version
from state.project import ProjectState


def inspector() -> rx.Component:
    """On phones it covers the page once a panel is chosen."""
    return rx.el.aside(
        rx.cond(
            BoardState.shot.id != "",
            rx.fragment(_head(), _body()),
            rx.el.p("Choose a panel to see its shot.", class_name="none q"),
        ),
        class_name=rx.cond(BoardState.sheet, "pane insp open", "pane insp"),
        custom_attrs={"aria-label": "Shot"},
    )


def _head() -> rx.Component:
    shot = BoardState.shot
    return rx.el.div(
        square("arrow-left", "Back to the board", kind="flat phone-only", on_click=BoardState.close, id="shot-close"),
        rx.el.h2(shot.number, class_name="slate no"),
        card_tag(shot.state, shot.stale),
        rx.el.span(shot.count, class_name="end num q"),
        square(
            "chevron-left",
            "Previous panel",
            kind="flat",
            on_click=BoardState.select(shot.previous_id),
            disabled=shot.previous_id == "",
        ),
        square(
            "chevron-right",
            "Next panel",
            kind="flat",
            on_click=BoardState.select(shot.next_id),
            disabled=shot.next_id == "",
        ),
        class_name="phead",
    )


def _body() -> rx.Component:
    shot = BoardState.shot
    return rx.el.div(
        rx.el.div(
            rx.cond(
                shown_picture() != "",
                rx.el.img(src=shown_picture(), alt=shot.alt),
                rx.el.span(class_name=rx.cond(shot.state == "busy", "blank sk", "blank")),
            ),
            draw_button(),
            class_name="hero pic",
        ),
        rx.cond(
            ProjectState.may_edit,
            rx.el.div(
                button(
                    rx.cond(
                        shot.state == "busy", "Being drawn", rx.cond(shot.picture != "", "Redraw", "Draw this panel")
                    ),
                    kind="grow",
                    glyph="refresh-cw",
                    on_click=BoardState.redraw,
                    disabled=shot.state == "busy",
                ),
                bring_button(),
                class_name="acts",
            ),
        ),
        rx.cond(
            ProjectState.may_edit,
            rx.el.div(
                square("copy", "Duplicate", on_click=BoardEditState.duplicate(shot.id)),
                square("scissors", "Split", on_click=BoardEditState.split(shot.id)),
                square(
                    "trash-2",
                    "Delete",
                    id="board-delete",
                    on_click=BoardEditState.delete(""),
                    custom_attrs={"data-hit": "board.delete"},
                ),
                class_name="acts",
            ),
        ),
        panel_row(),
        rx.cond(shot.action != shot.fields.description, rx.el.p(shot.action, class_name="what")),
        shot_fields(),
        shot_cast(),
        floor_plan(),
        rx.cond(
            shot.rule != "",
            rx.fragment(rx.el.h3("Why this shot", class_name="hd"), rx.el.p(shot.rule, class_name="why")),
        ),
        _lines(),
        _versions(),
        class_name="bodyi",
    )


def _lines() -> rx.Component:
    def line(spoken: Spoken) -> rx.Component:
        return rx.el.p(
            rx.el.b(spoken.speaker, rx.el.span(spoken.lasts, class_name="num q end")), spoken.words, class_name="ln"
        )

    return rx.cond(
        BoardState.shot.lines.length() > 0,
        rx.fragment(rx.el.h3("Lines", class_name="hd"), rx.foreach(BoardState.shot.lines, line)),
    )


def _versions() -> rx.Component:
    def version(drawing: Version) -> rx.Component:
        return rx.el.button(
            rx.el.span(rx.el.img(src=drawing.picture, alt="", loading="lazy"), class_name="pic"),
            rx.el.b("v", drawing.number),
            type="button",
            class_name="v" + rx.cond(drawing.on, " on", "") + rx.cond(drawing.stand, " st", ""),
            on_click=BoardState.show_version(drawing.number),
            disabled=~ProjectState.may_edit,
            custom_attrs={"title": drawing.told, "aria-label": drawing.told, "aria-pressed": drawing.on},
            key=drawing.number.to_string(),
        )

    shot = BoardState.shot
    return rx.cond(
        shot.versions.length() > 0,
        rx.fragment(
            rx.el.h3("Versions", rx.el.span(shot.made, class_name="q"), class_name="hd"),
            rx.el.div(rx.foreach(shot.versions, version), class_name="vers"),
            rx.cond(shot.versions.length() > 1, compare_button()),
        ),
    )
