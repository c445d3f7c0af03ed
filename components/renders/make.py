"""The left pane: what the film can be made as, and the one button that makes it."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.project import ProjectState
from state.renders.asking import AskingState
from state.renders.cut import CutState
from state.renders.renders import Preset, RendersState

_picture = rx.cond(AskingState.picture != "", AskingState.picture, ProjectState.poster)
"""A frame of the cut, else what the project shows of itself."""


def make_pane() -> rx.Component:
    """Presets with their time and size, priced for this film."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Make", class_name="hd14"),
            _of_what(),
            class_name="phead",
        ),
        rx.el.div(
            rx.foreach(RendersState.presets, lambda kind: rx.cond(kind.front, _preset(kind))),
            rx.el.details(
                rx.el.summary("More formats"),
                rx.el.div(rx.foreach(RendersState.presets, lambda kind: rx.cond(kind.front, "", _more(kind)))),
                class_name="more",
                id="more-formats",
            ),
            rx.cond(ProjectState.may_edit, _wishes()),
            rx.cond(AskingState.found.length() > 0, _before()),
            class_name="presets",
        ),
        rx.el.div(_button(), class_name="mk"),
        class_name="pane pres",
        custom_attrs={"aria-label": "Make a film"},
    )


def _of_what() -> rx.Component:
    """The board's own cut or one by hand, where there is one."""
    return rx.cond(
        AskingState.cuts.length() > 0,
        rx.el.label(
            rx.el.span("Which cut", class_name="sr"),
            rx.el.select(
                rx.cond(CutState.scenes.length() > 0, rx.el.option("from the board as it stands", value="")),
                rx.foreach(AskingState.cuts, lambda cut: rx.el.option(cut.name, value=cut.id)),
                value=AskingState.cut,
                on_change=RendersState.make_of,
                id="which-cut",
            ),
            class_name="pick grow",
        ),
        rx.el.span("from the board as it stands", class_name="q"),
    )


def _preset(kind: Preset) -> rx.Component:
    on = RendersState.chosen == kind.name
    return rx.el.button(
        rx.el.span(
            rx.cond(
                _picture != "",
                rx.el.img(src=_picture, alt="", loading="lazy"),
                icon("film", "l"),
            ),
            class_name="pbx",
        ),
        rx.el.b(kind.title),
        rx.el.span(kind.detail, class_name="q"),
        rx.el.span(
            rx.el.span(kind.time, custom_attrs={"title": "Time it takes here, about"}),
            rx.el.span(kind.size),
            class_name="num pm",
        ),
        type="button",
        class_name=rx.cond(on, "pre on", "pre"),
        on_click=RendersState.choose(kind.name),
        custom_attrs={"aria-pressed": on},
        key=kind.name,
    )


def _more(kind: Preset) -> rx.Component:
    """One line of the other kinds, under its group's heading where it is the first."""
    on = RendersState.chosen == kind.name
    return rx.fragment(
        rx.cond(kind.heading != "", rx.el.h3(kind.heading, class_name="hd")),
        rx.el.button(
            rx.el.span(rx.el.b(kind.title), rx.el.span(kind.detail, class_name="q"), class_name="col"),
            rx.el.span(kind.time, custom_attrs={"title": "Time it takes here, about"}, class_name="num end"),
            rx.el.span(kind.size, class_name="num"),
            type="button",
            class_name=rx.cond(on, "line on", "line"),
            on_click=RendersState.choose(kind.name),
            custom_attrs={"aria-pressed": on},
        ),
    )


def _wishes() -> rx.Component:
    """Captions, shape and range: closed until somebody wants other than the whole film with captions to turn on."""
    ask = AskingState
    return rx.el.details(
        rx.el.summary("Captions and range"),
        rx.cond(
            ask.pictured,
            rx.el.label(
                rx.el.span("Captions"),
                rx.el.select(
                    rx.cond(ask.worded, rx.el.option("To turn on", value="track")),
                    rx.el.option("In the picture", value="burned"),
                    rx.cond(ask.worded, rx.el.option("As a file beside it", value="file")),
                    rx.el.option("None", value="none"),
                    value=ask.captions,
                    on_change=ask.caption,
                    id="ask-captions",
                ),
            ),
        ),
        rx.cond(
            ask.shaped,
            rx.el.label(
                rx.el.input(type="checkbox", checked=ask.fill, on_change=ask.lay, id="ask-fill"),
                rx.el.span("Fill the frame; the sides are cut off"),
                class_name="tick",
            ),
        ),
        rx.el.div(
            rx.el.label(rx.el.span("From"), _time(ask.first, ask.begin, "ask-first", "start")),
            rx.el.label(rx.el.span("To"), _time(ask.last, ask.end, "ask-last", "end")),
            class_name="two",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=ask.split, on_change=ask.part, id="ask-split"),
            rx.el.span("A file for each scene"),
            class_name="tick",
        ),
        class_name="more wishes",
        id="wishes",
    )


def _time(value: rx.Var[str], typed: rx.EventHandler, name: str, empty: str) -> rx.Component:
    return rx.el.input(
        default_value=value,
        on_blur=typed,
        placeholder=empty,
        auto_complete="off",
        id=name,
        key=name + value.to(str),
        custom_attrs={"maxLength": 12, "title": "Seconds and frames, such as 4:07, or m:ss:ff"},
    )


def _before() -> rx.Component:
    """What is wrong before the film is made, each a press away from its place."""
    return rx.el.section(
        rx.el.h3("Before the film", class_name="hd"),
        rx.foreach(
            AskingState.found,
            lambda each: link(
                icon("triangle-alert", "s14"),
                rx.el.span(each.told, class_name="grow"),
                rx.cond(each.times > 1, rx.el.b("× " + each.times.to_string(), class_name="num")),
                rx.el.span(each.time, class_name="num q"),
                href=each.link,
                class_name=rx.cond(each.grave, "bad", "warn"),
            ),
        ),
        class_name="before",
        custom_attrs={"aria-label": "Before the film"},
    )


def _button() -> rx.Component:
    return rx.cond(
        ProjectState.may_edit,
        rx.fragment(
            rx.el.p(
                rx.cond(
                    AskingState.cut != "",
                    "The cut as it is now. What is edited later is in the next film.",
                    "Voices, music, cut and captions are made for you; panels that are missing are drawn first.",
                ),
                class_name="q",
            ),
            rx.el.button(
                icon("film"),
                rx.cond(RendersState.making.length() > 0, "Being made", "Make the " + AskingState.title),
                type="button",
                class_name="btn go",
                disabled=(RendersState.making.length() > 0) | ~RendersState.ready,
                on_click=RendersState.make,
                id="make-film",
            ),
        ),
        rx.el.p("You can watch and download here. Making films is for the project's editors.", class_name="q"),
    )
