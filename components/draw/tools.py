"""The tools of the drawing room: a rail with their keys, and below the sheet the size and colour of the one in hand."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.keycaps import cap, titled
from components.ui.link import link
from state.drawing import DrawState

_PENS = (
    ("light", "Light pencil", "pencil-line"),
    ("brush", "Brush", "brush"),
    ("tone", "Tone", "paintbrush"),
    ("pencil", "Pencil", "pencil"),
    ("pen", "Pen", "pen-tool"),
    ("note", "Note pen", "sticky-note"),
    ("eraser", "Eraser", "eraser"),
)
_SHAPES = (
    ("line", "Line", "minus"),
    ("rect", "Rectangle", "square"),
    ("ellipse", "Ellipse", "circle"),
    ("arrow", "Arrow", "move-up-right"),
    ("text", "Words", "type"),
)
_HANDS = (
    ("fill", "Fill", "paint-bucket"),
    ("pick", "Take a colour", "pipette"),
    ("marquee", "Select", "lasso-select"),
    ("move", "Move", "move"),
)
_COLOURS = (
    ("#000000", "Ink", "ink"),
    ("#fffdf7", "Paper", "paper"),
    ("#3e7cb1", "Blue", "blue"),
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
            custom_attrs={"aria-label": "Back to the board", "title": "Back to the board", "data-go": "board"},
        ),
        *[_tool(*tool) for tool in _PENS],
        rx.el.hr(),
        *[_tool(*tool) for tool in _SHAPES],
        rx.el.hr(),
        *[_tool(*tool) for tool in _HANDS],
        rx.el.hr(),
        _aid("depth", "Lines that meet where the pen is", "ruler"),
        _aid("mirror", "Draw both sides", "square-split-horizontal"),
        rx.el.button(
            icon("keyboard", "s20"),
            cap("shell.keys"),
            type="button",
            class_name="tool end2",
            custom_attrs={"popoverTarget": "keys", "aria-label": "Keys", "title": "Keys"},
        ),
        class_name="rail tools",
        custom_attrs={"aria-label": "Tools"},
    )


def _tool(name: str, label: str, glyph: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s20"),
        cap(f"draw.{name}"),
        type="button",
        class_name="tool",
        custom_attrs={
            "data-tool": name,
            "data-hit": f"draw.{name}",
            "aria-label": label,
            "title": titled(label, f"draw.{name}"),
            "aria-pressed": "true" if name == "pen" else "false",
        },
    )


def _aid(act: str, label: str, glyph: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s20"),
        cap(f"draw.{act}"),
        type="button",
        class_name="tool",
        custom_attrs={
            "data-draw": act,
            "data-hit": f"draw.{act}",
            "aria-label": label,
            "title": titled(label, f"draw.{act}"),
            "aria-pressed": "false",
        },
    )


def pen_bar() -> rx.Component:
    """Size and colour of the tool in hand."""
    return rx.el.div(
        rx.el.span(id="draw-tool", class_name="q name"),
        rx.el.span(
            rx.el.span(id="draw-px"),
            key_button("thinner", "Thinner", "−"),
            key_button("thicker", "Thicker", "+"),
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
            custom_attrs={"data-draw": "delete", "data-hit": "draw.delete", "title": "Delete what is selected"},
        ),
        rx.el.span(id="draw-said", class_name="said", custom_attrs={"role": "status"}),
        class_name="bctl",
        custom_attrs={"role": "group", "aria-label": "Pen"},
    )


def _colour(value: str, label: str, act: str) -> rx.Component:
    return rx.el.button(
        type="button",
        style={"background": value},
        custom_attrs={
            "data-colour": value,
            "aria-label": label,
            "title": titled(label, f"draw.{act}") if act else label,
            "aria-pressed": "false",
            **({"data-hit": f"draw.{act}"} if act else {}),
        },
    )


def key_button(act: str, label: str, sign: str) -> rx.Component:
    """A small button that shows the key it stands for, or a sign where it has none."""
    return rx.el.button(
        cap(f"draw.{act}", sign),
        type="button",
        class_name="kb",
        custom_attrs={"data-draw": act, "data-hit": f"draw.{act}", "aria-label": label, "title": label},
    )
