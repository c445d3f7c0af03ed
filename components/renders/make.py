"""The left pane: what the film can be made as, and the one button that makes it."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.project import ProjectState
from state.renders.renders import Preset, RendersState


def make_pane() -> rx.Component:
    """Presets with their time and size, priced for this film."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Make", class_name="hd14"),
            rx.el.span("from the board as it stands", class_name="q"),
            class_name="phead",
        ),
        rx.el.div(rx.foreach(RendersState.presets, _preset), class_name="presets"),
        rx.el.div(_button(), class_name="mk"),
        class_name="pane pres",
        custom_attrs={"aria-label": "Make a film"},
    )


def _preset(kind: Preset) -> rx.Component:
    on = RendersState.chosen == kind.name
    return rx.el.button(
        rx.el.span(
            rx.cond(
                ProjectState.poster != "",
                rx.el.img(src=ProjectState.poster, alt="", loading="lazy"),
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


def _button() -> rx.Component:
    return rx.cond(
        ProjectState.may_edit,
        rx.fragment(
            rx.el.p(
                "Voices, music, cut and captions are made for you; panels that are missing are drawn first.",
                class_name="q",
            ),
            rx.el.button(
                icon("film"),
                rx.cond(RendersState.making.length() > 0, "Being made", "Make the " + RendersState.chosen + " film"),
                type="button",
                class_name="btn go",
                disabled=(RendersState.making.length() > 0) | ~RendersState.ready,
                on_click=RendersState.make,
                id="make-film",
            ),
        ),
        rx.el.p("You can watch and download here. Making films is for the project's editors.", class_name="q"),
    )
