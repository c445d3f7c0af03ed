"""What the open cut lacks, over the files of the bin: each with the file that is to take its place."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.bin import MissingState
from state.cut.bin.missing import MissingItem


def missing_files() -> rx.Component:
    """Nothing while every file is here."""
    return rx.cond(
        MissingState.items.length() > 0,
        rx.el.section(
            rx.el.h3(icon("unplug", "s14"), "Missing in this cut", class_name="hd"),
            rx.foreach(MissingState.items, _missing),
            class_name="lacks",
            custom_attrs={"aria-label": "Missing in this cut"},
        ),
    )


def _missing(item: MissingItem) -> rx.Component:
    return rx.el.div(
        rx.el.b(item.name, class_name="cut1", title=item.name),
        rx.el.span(item.told, class_name="q"),
        rx.cond(
            may_edit,
            rx.fragment(
                rx.el.select(
                    rx.el.option("Choose what takes its place", value=""),
                    rx.foreach(item.options, lambda each: rx.el.option(each.words, value=each.code)),
                    value=item.chosen,
                    on_change=lambda sha256: MissingState.choose(item.key, sha256),
                    custom_attrs={"aria-label": "What takes the place of " + item.name},
                ),
                rx.cond(
                    item.chosen != "",
                    rx.fragment(
                        rx.el.p(item.differs, class_name=rx.cond(item.fits, "q", "told-bad")),
                        button(
                            "Relink",
                            kind="s full",
                            glyph="link",
                            on_click=MissingState.relink(item.key),
                            disabled=~item.fits,
                        ),
                    ),
                ),
            ),
        ),
        key=item.key,
        class_name="lack",
    )
