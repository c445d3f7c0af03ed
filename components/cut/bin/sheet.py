"""What can be done to a file of the bin: its name, its folder, made ready again, taken out."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from state.cut.bin import BinState

_SHUT = rx.Var('() => document.getElementById("bin-file")?.hidePopover()')


def file_sheet() -> rx.Component:
    """The sheet of the file that was chosen last; every change in it is kept at once."""
    item = BinState.chosen
    return rx.el.div(
        rx.el.h2(item.name, class_name="cut1"),
        rx.el.p(item.told, " ", item.used, class_name="q num"),
        rx.cond(item.problem != "", rx.el.p(icon("triangle-alert", "s14"), item.problem, class_name="told-bad")),
        _line("Name", item.name, BinState.rename, item.sha256 + item.name),
        _line("Folder", item.folder, BinState.move, item.sha256 + item.folder + "/", offers="bin-folders"),
        rx.el.datalist(
            rx.foreach(BinState.folders, lambda name: rx.el.option(value=name)),
            id="bin-folders",
        ),
        rx.cond(
            BinState.asks != "",
            rx.el.div(
                rx.el.p(BinState.asks, role="alert"),
                button("Take it out all the same", kind="stl", on_click=BinState.remove(True)),
                class_name="asks",
            ),
        ),
        rx.el.div(
            rx.cond(item.state == "failed", button("Prepare it again", glyph="refresh-cw", on_click=BinState.prepare)),
            button("Take out of the bin", glyph="trash-2", on_click=BinState.remove(False)),
            button("Close", kind="light end", custom_attrs={"onClick": _SHUT}),
            class_name="row wrap",
        ),
        id="bin-file",
        class_name="sheet bin-file",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "About this file"},
    )


def _line(
    label: str, value: rx.Var[str], change: rx.EventHandler, key: rx.Var[str], *, offers: str = ""
) -> rx.Component:
    more = {"list": offers} if offers else {}
    return rx.el.label(
        rx.el.span(label, class_name="q"),
        rx.el.input(
            default_value=value,
            key=key,
            on_blur=change,
            max_length=200,
            auto_complete="off",
            class_name="in t",
            custom_attrs={"onKeyDown": ENTER_LEAVES, **more},
        ),
        class_name="line",
    )
