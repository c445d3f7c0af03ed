"""A panel as a card: its picture, its facts, where it stands, and the menu of what can be done to it."""

from __future__ import annotations

import reflex as rx

from components.board.arrows import bring_into_view
from components.board.continuity import continuity_mark
from components.ui.icon import icon
from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.panels import Card
from state.project import ProjectState


def panel_card(card: Card) -> rx.Component:
    """A card in its cell; for those who may edit the cell can be dragged and has a menu."""
    marked = BoardEditState.marked.contains(card.id)
    return rx.el.div(
        _face(card),
        rx.cond(
            ProjectState.may_edit,
            rx.fragment(
                rx.el.button(
                    icon("ellipsis"),
                    type="button",
                    class_name="more",
                    on_click=BoardEditState.open_menu(card.id),
                    custom_attrs={
                        "aria-label": "What to do with " + card.number,
                        "aria-expanded": BoardEditState.menu == card.id,
                    },
                ),
                rx.cond(BoardEditState.menu == card.id, _menu(card)),
            ),
        ),
        class_name="cell" + rx.cond(marked, " marked", ""),
        style={"--long": card.seconds.to_string()},
        custom_attrs={"data-shot": card.id, "draggable": rx.cond(ProjectState.may_edit, "true", "false")},
        key=card.id,
    )


def card_tag(state: rx.Var[str], stale: rx.Var[bool]) -> rx.Component:
    """Where a panel stands, in a word."""
    return rx.cond(
        stale,
        rx.el.span(
            icon("history", "s12"),
            "Stale",
            class_name="tag stale",
            custom_attrs={"title": "The shot has changed since this was drawn."},
        ),
        rx.match(
            state,
            ("drawn", rx.el.span(icon("check", "s12"), "Drawn", class_name="tag ok")),
            ("stand", rx.el.span("Stand-in", class_name="tag stand")),
            ("busy", rx.el.span("Drawing", class_name="tag work")),
            rx.el.span(icon("pencil", "s12"), "To draw", class_name="tag"),
        ),
    )


def _face(card: Card) -> rx.Component:
    chosen = BoardState.shot.id == card.id
    return rx.el.button(
        rx.el.span(
            rx.cond(
                card.picture != "",
                rx.el.img(
                    src=card.picture,
                    alt=card.alt,
                    loading="lazy",
                    custom_attrs={"decoding": "async", "draggable": "false"},
                ),
                rx.el.span(class_name=rx.cond(card.state == "busy", "blank sk", "blank")),
            ),
            rx.cond(card.state == "busy", rx.el.span("Being drawn", class_name="live")),
            rx.cond(card.several != "", rx.el.span(icon("layers", "s12"), card.several, class_name="several")),
            continuity_mark(card.id),
            class_name="art pic",
        ),
        rx.el.span(
            rx.el.b(card.number, class_name="slate no"),
            rx.cond(card.locked, rx.el.span(icon("lock", "s12"), rx.el.span("number locked", class_name="sr"))),
            rx.el.span(card.spec, class_name="spec cut1"),
            class_name="meta",
        ),
        rx.cond(
            card.speaker != "",
            rx.el.span(rx.el.b(card.speaker), " ", card.words, class_name="dl"),
            rx.el.span(card.words, class_name="dl q"),
        ),
        rx.el.span(card_tag(card.state, card.stale), rx.el.b(card.lasts, class_name="num sec end"), class_name="ft"),
        type="button",
        class_name="card " + card.state + rx.cond(chosen, " sel", "") + rx.cond(card.stale, " old", ""),
        on_click=lambda e: BoardEditState.press(card.id, e.shift_key, e.ctrl_key | e.meta_key),
        custom_attrs={"aria-pressed": chosen, "ref": bring_into_view},
    )


def _menu(card: Card) -> rx.Component:
    acts = (
        ("plus", "Insert before", BoardEditState.insert(card.id, "before")),
        ("plus", "Insert after", BoardEditState.insert(card.id, "after")),
        ("copy", "Duplicate", BoardEditState.duplicate(card.id)),
        ("scissors", "Split", BoardEditState.split(card.id)),
        ("square-check", "Mark", BoardEditState.press(card.id, False, True)),
        ("trash-2", "Delete", BoardEditState.delete(card.id)),
    )
    return rx.fragment(
        rx.el.button(
            type="button",
            class_name="behind",
            on_click=BoardEditState.open_menu(card.id),
            custom_attrs={"aria-label": "Close the menu", "tabIndex": -1},
        ),
        rx.el.div(
            *[
                rx.el.button(icon(glyph), label, type="button", role="menuitem", on_click=act)
                for glyph, label, act in acts
            ],
            role="menu",
            class_name="acts-menu",
            custom_attrs={"aria-label": "What to do with " + card.number},
        ),
    )
