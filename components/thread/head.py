"""The head of a project's own page: poster, name, facts, and the one main act."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, link_button
from components.ui.icon import icon
from state.home.home import HomeState
from state.project import ProjectState

_ACTS = ("layout-grid", "upload", "pencil", "clapperboard", "play", "film", "scissors")


def head() -> rx.Component:
    """Poster, name and what to do."""
    return rx.el.header(
        rx.el.div(
            rx.cond(
                ProjectState.poster != "",
                rx.el.img(src=ProjectState.poster, alt="", width=640, height=360),
                rx.el.span(icon("image-off", "l"), class_name="blank"),
            ),
            class_name="pic duo d-nt",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h1(
                    rx.cond(HomeState.loaded, ProjectState.name, rx.el.span(class_name="sk name")), class_name="h44"
                ),
                _acts(),
                class_name="row between line",
            ),
            rx.el.div(
                rx.foreach(HomeState.tags, lambda tag: rx.el.span(tag, class_name="tag num")),
                rx.cond(ProjectState.may_edit, "", rx.cond(HomeState.loaded & ~ProjectState.away, _looking())),
                class_name="row wrap g2",
            ),
            class_name="t",
        ),
        class_name="ph",
    )


def put_away_band() -> rx.Component:
    """Said across the page while the project is put away."""
    return rx.cond(
        ProjectState.away,
        rx.el.section(
            icon("archive", "l"),
            rx.el.p(
                rx.el.b("This project is put away. "), "You can look at everything; to change it, bring it back first."
            ),
            rx.cond(ProjectState.may_manage, button("Bring it back", on_click=HomeState.bring_back)),
            class_name="away-band",
        ),
    )


def act(kind: str) -> rx.Component:
    """The button for the next step, in a look."""
    step = HomeState.step
    return rx.match(
        step.act,
        ("draw", button(step.label, kind=kind, glyph="pencil", on_click=HomeState.draw)),
        ("film", button(step.label, kind=kind, glyph="clapperboard", on_click=HomeState.make_film)),
        rx.match(
            step.glyph,
            *[(g, link_button(step.label, step.href, kind=kind, glyph=g)) for g in _ACTS],
            rx.fragment(),
        ),
    )


def _acts() -> rx.Component:
    at = "/p/" + ProjectState.open_id
    step = HomeState.step
    return rx.el.div(
        rx.cond(
            step.glyph == "layout-grid",
            link_button("Script", at + "/script", glyph="file-text", kind="wide-only"),
            link_button("Board", at + "/board", glyph="layout-grid", kind="wide-only"),
        ),
        act("go"),
        class_name="row g3 acts",
    )


def _looking() -> rx.Component:
    return rx.el.span(icon("eye", "s"), "Looking only", class_name="tag ye")
