"""Two people changed the same words: both texts side by side, and the choice."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from state.script.writing import WritingState


def clash() -> rx.Component:
    """Stands over the room until one has chosen; nothing is lost either way."""
    it = WritingState.clash
    return rx.cond(
        it.scene_id != "",
        rx.el.div(
            rx.el.div(
                rx.el.h2("Two people wrote here", class_name="hd14", id="clash-title"),
                rx.el.p("Scene ", it.heading, ". Both texts are kept until you choose.", class_name="q"),
                rx.el.div(
                    _side("Theirs", it.theirs, "theirs", "Keep theirs"),
                    _side("Yours", it.mine, "mine", "Keep mine"),
                    class_name="texts",
                ),
                rx.el.div(
                    button(
                        "Keep both", kind="go", glyph="combine", on_click=WritingState.choose("both"), auto_focus=True
                    ),
                    rx.el.span("Where they differ theirs stands first, then yours.", class_name="q"),
                    class_name="row",
                ),
                class_name="box",
                custom_attrs={"role": "alertdialog", "aria-modal": "true", "aria-labelledby": "clash-title"},
            ),
            class_name="clash",
        ),
    )


def _side(title: str, text: rx.Var[str], which: str, label: str) -> rx.Component:
    return rx.el.section(
        rx.el.h3(title, class_name="hd"),
        rx.el.pre(text, tab_index=0),
        button(label, on_click=WritingState.choose(which)),
    )
