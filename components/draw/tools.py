"""The tools of the drawing room: a rail with their keys, and below the sheet the size and colour of the one in hand."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.drawing import DrawState

_PENS = (
    ("light", "Light pencil", "pencil-line", "1"),
    ("brush", "Brush", "brush", "2"),
    ("tone", "Tone", "paintbrush", "3"),
    ("pencil", "Pencil", "pencil", "4"),
    ("pen", "Pen", "pen-tool", "5"),
    ("note", "Note pen", "sticky-note", "6"),
    ("eraser", "Eraser", "eraser", "7"),
)
_SHAPES = (
    ("line", "Line", "minus", "i"),
    ("rect", "Rectangle", "square", "r"),
    ("ellipse", "Ellipse", "circle", "e"),
    ("arrow", "Arrow", "move-up-right", "a"),
    ("text", "Words", "type", "t"),
)
_HANDS = (
    ("fill", "Fill", "paint-bucket", "b"),
    ("pick", "Take a colour", "pipette", "c"),
    ("marquee", "Select", "lasso-select", "l"),
    ("move", "Move", "move", "v"),
)
_COLOURS = (
    ("#000000", "Ink", "8"),
    ("#fffdf7", "Paper", "9"),
    ("#3e7cb1", "Blue", "0"),
    ("#ff6b35", "Orange", ""),
    ("#f7b801", "Yellow", ""),
    ("#d7263d", "Red", ""),
    ("#b07a4f", "Skin", ""),
    ("#5b5b57", "Grey", ""),
)


def tool_rail() -> rx.Component:
    """Instead of the rail of rooms."""
    return rx.el.nav(
        link(
            icon("arrow-left", "s20"),
            href=DrawState.board,
            class_name="tool back",
            custom_attrs={"aria-label": "Back to the board", "title": "Back to the board", "data-key": "b"},
        ),
        *[_tool(*tool) for tool in _PENS],
        rx.el.hr(),
        *[_tool(*tool) for tool in _SHAPES],
        rx.el.hr(),
        *[_tool(*tool) for tool in _HANDS],
        rx.el.hr(),
        _aid("depth", "Lines that meet where the pen is", "ruler", "p"),
        _aid("mirror", "Draw both sides", "square-split-horizontal", "m"),
        rx.el.button(
            icon("keyboard", "s20"),
            rx.el.kbd("?"),
            type="button",
            class_name="tool end2",
            custom_attrs={"popoverTarget": "keys", "aria-label": "Keys", "title": "Keys"},
        ),
        class_name="rail tools",
        custom_attrs={"aria-label": "Tools"},
    )


def _tool(name: str, label: str, glyph: str, key: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s20"),
        rx.el.kbd(key),
        type="button",
        class_name="tool",
        custom_attrs={
            "data-tool": name,
            "data-hit": key,
            "aria-label": label,
            "title": label,
            "aria-pressed": "true" if name == "pen" else "false",
        },
    )


def _aid(act: str, label: str, glyph: str, key: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s20"),
        rx.el.kbd(key),
        type="button",
        class_name="tool",
        custom_attrs={
            "data-draw": act,
            "data-hit": key,
            "aria-label": label,
            "title": label,
            "aria-pressed": "false",
        },
    )


def pen_bar() -> rx.Component:
    """Size and colour of the tool in hand."""
    return rx.el.div(
        rx.el.span(id="draw-tool", class_name="q name"),
        rx.el.span(
            rx.el.span(id="draw-px"),
            key_button("thinner", "Thinner", "{", also="["),
            key_button("thicker", "Thicker", "}", also="]"),
            class_name="in",
        ),
        rx.el.input(
            id="draw-size",
            type="range",
            min="1.6",
            max="7.6",
            step="0.01",
            custom_attrs={"aria-label": "Size"},
        ),
        rx.el.span(class_name="sep"),
        rx.el.span(*[_colour(*colour) for colour in _COLOURS], class_name="pal"),
        rx.el.input(
            id="draw-colour", type="color", custom_attrs={"aria-label": "Another colour", "title": "Another colour"}
        ),
        rx.el.button(
            icon("trash-2"),
            "Delete",
            type="button",
            class_name="btn",
            hidden=True,
            custom_attrs={"data-draw": "delete", "data-hit": "Delete Backspace", "title": "Delete what is selected"},
        ),
        rx.el.span(id="draw-said", class_name="said", custom_attrs={"role": "status"}),
        class_name="bctl",
        custom_attrs={"role": "group", "aria-label": "Pen"},
    )


def _colour(value: str, label: str, key: str) -> rx.Component:
    told = f"{label} ({key})" if key else label
    return rx.el.button(
        type="button",
        style={"background": value},
        custom_attrs={
            "data-colour": value,
            "aria-label": label,
            "title": told,
            "aria-pressed": "false",
            **({"data-hit": key} if key else {}),
        },
    )


def key_button(act: str, label: str, key: str, *, also: str = "") -> rx.Component:
    """A small button that shows the key it stands for."""
    return rx.el.button(
        rx.el.kbd(key),
        type="button",
        class_name="kb",
        custom_attrs={"data-draw": act, "data-hit": f"{key} {also}".strip(), "aria-label": label, "title": label},
    )
