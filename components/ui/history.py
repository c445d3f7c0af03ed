"""What the histories of the board and of a cut share: the button, the head of the drawer, an act and who did it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.button import square
from components.ui.icon import icon


def history_button(drawer: str, title: str, *, on_click: Any, act: str = "") -> rx.Component:
    """Opens the drawer of that id; `act` names what a key would do, where there may be one for it."""
    return rx.el.button(
        icon("history"),
        rx.el.span("History", class_name="sr"),
        type="button",
        class_name="btn sq",
        on_click=on_click,
        custom_attrs={"popoverTarget": drawer, "title": title, **({"data-hit": act} if act else {})},
    )


def drawer_head(title: str, drawer: str) -> rx.Component:
    """The title of a drawer and what closes it."""
    closes = {"popoverTarget": drawer, "popoverTargetAction": "hide"}
    return rx.el.header(rx.el.h2(title), square("x", "Close", kind="flat", custom_attrs=closes))


def act_told(entry: Any) -> rx.Component:
    """Whose act, what it was and when: `entry` has initials, told, by and when."""
    return rx.fragment(
        rx.el.span(entry.initials, class_name="av sm", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(
            rx.el.b(entry.told), rx.el.span(entry.by, ", ", entry.when, class_name="q num"), class_name="col grow"
        ),
    )
