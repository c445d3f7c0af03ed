"""The thread as a rope through the stages: ink where it is made, hollow where it is not, tied where work is under way."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.home.home import HomeState
from state.home.thread import Node, Sheet

_GLYPHS = ("file-text", "clapperboard", "crop", "image", "mic", "music", "scissors", "film")
_IN_ROW = 5


def rope() -> rx.Component:
    """All stages in reading order, and how to read them."""
    return rx.el.section(
        rx.el.h2("The thread", class_name="sr"),
        rx.cond(
            HomeState.nodes.length() > 0,
            rx.el.ol(
                rx.foreach(HomeState.nodes, _stage),
                rx.el.li(_key(), class_name="key"),
                class_name="rope",
                custom_attrs={"data-moving": HomeState.moving},
            ),
            rx.el.ol(
                *[rx.el.li(rx.el.div(class_name="nd sk"), class_name="st none") for _ in _GLYPHS],
                class_name="rope",
                custom_attrs={"aria-busy": "true"},
            ),
        ),
        class_name="stage",
    )


def _stage(node: Node, index: int) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name="tie"),
        rx.cond(index == _IN_ROW, rx.fragment(rx.el.span(class_name="turn-r"), rx.el.span(class_name="turn-l"))),
        _node(node),
        class_name="st " + node.state + rx.cond(node.live, " live", ""),
        key=node.name,
    )


def _node(node: Node) -> rx.Component:
    return link(
        rx.el.span(
            rx.el.b(node.name),
            rx.cond(node.state == "done", icon("check", "s"), _glyph(node)),
            class_name="hd",
        ),
        rx.el.span(
            rx.el.span(
                rx.el.span(node.count, class_name="ct num"), rx.el.span(node.unit, class_name="un"), class_name="cn"
            ),
            _sheet(node.sheet),
            rx.el.span(node.note, class_name="why"),
            class_name="bd",
        ),
        rx.el.span(rx.el.span(node.foot), rx.el.span(node.share, class_name="mono"), class_name="ft"),
        href=node.href,
        class_name="nd",
    )


def _glyph(node: Node) -> rx.Component:
    return rx.match(node.glyph, *[(g, icon(g, "s")) for g in _GLYPHS[:-1]], icon(_GLYPHS[-1], "s"))


def _sheet(sheet: Sheet) -> rx.Component:
    """Four blocks of squares: the full rows and the last row, of all pieces and of those made."""
    return rx.el.span(
        _squares("", sheet.rows, sheet.rest),
        _squares("made", sheet.made_rows, sheet.made_rest),
        class_name=rx.cond(sheet.large, "sheet-of large", "sheet-of"),
        custom_attrs={"aria-hidden": "true"},
    )


def _squares(look: str, rows: rx.Var[int], rest: rx.Var[int]) -> rx.Component:
    return rx.el.span(
        rx.el.i(style={"--n": rows.to_string()}, class_name="rows"),
        rx.el.i(style={"--n": rows.to_string(), "--r": rest.to_string()}, class_name="rest"),
        class_name=look,
    )


def _key() -> rx.Component:
    return rx.el.div(
        rx.el.p("How to read it", class_name="kick"),
        *[
            rx.el.p(rx.el.i(class_name=f"sq {look}"), word)
            for look, word in (("done", "Made"), ("part", "Under way"), ("none", "Not made yet"))
        ],
        rx.el.p("A square is one piece. Press a stage to open its room.", class_name="sm mute"),
        class_name="reading",
    )
