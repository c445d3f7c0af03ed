"""What a file of the bin is, where it is used, and what can be done to it: its name, its folder, its parts, taken out."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from components.ui.link import link
from state.cut.bin import AboutState, BinState, SourceState
from state.cut.bin.about import Fact, UseItem

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
        rx.cond(item.parts.length() > 0, _parts()),
        rx.el.dl(rx.foreach(AboutState.facts, _fact), class_name="facts"),
        rx.cond(AboutState.uses.length() > 0, _uses()),
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


def _parts() -> rx.Component:
    """The parts of the file that have names, to be renamed and forgotten."""
    return rx.el.div(
        rx.el.h3("Sub-clips", class_name="hd"),
        rx.foreach(
            BinState.chosen.parts,
            lambda part: rx.el.div(
                rx.el.input(
                    default_value=part.name,
                    key=part.id + part.name,
                    on_blur=lambda name: SourceState.rename(part.id, name),
                    max_length=200,
                    auto_complete="off",
                    class_name="in t grow",
                    custom_attrs={"onKeyDown": ENTER_LEAVES, "aria-label": "Name of the sub-clip"},
                ),
                rx.el.span(part.lasts, class_name="q num"),
                square("trash-2", "Remove this sub-clip", kind="flat", on_click=SourceState.remove(part.id)),
                key=part.id,
                class_name="row",
            ),
        ),
        class_name="col",
    )


def _fact(fact: Fact) -> rx.Component:
    return rx.fragment(rx.el.dt(fact.label, class_name="q"), rx.el.dd(fact.value, class_name="num"))


def _uses() -> rx.Component:
    """Clips of the file: those of the open cut are gone to at once."""
    return rx.el.div(
        rx.el.h3("Used", class_name="hd"),
        rx.foreach(AboutState.uses, _use),
        rx.cond(AboutState.more > 0, rx.el.span("and ", AboutState.more, " more", class_name="q")),
        class_name="col uses",
    )


def _use(use: UseItem) -> rx.Component:
    inside = (rx.el.span(use.told, class_name="cut1 grow"), rx.el.span(use.at, class_name="q num"))
    seek = {"data-seek": use.frame.to(str), "popoverTarget": "bin-file", "popoverTargetAction": "hide"}
    return rx.cond(
        use.here,
        rx.el.button(icon("corner-down-right", "s14"), *inside, type="button", class_name="use", custom_attrs=seek),
        link(icon("arrow-up-right", "s14"), *inside, href=use.link, class_name="use"),
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
