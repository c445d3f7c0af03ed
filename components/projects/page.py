"""The projects page put together: heading and filters, the ways to begin, the cards; or the empty wall."""

from __future__ import annotations

import reflex as rx

from components.projects.begin import (
    KINDS,
    band,
    boards_form,
    drop_page,
    file_form,
    file_input,
    new_sheet,
    paste_dialog,
    problem,
    sample_form,
)
from components.projects.cards import cards, legend
from components.projects.format import format_choice
from components.ui.icon import icon
from state.projects.projects import ProjectsState

_SCOPES = (("all", "All"), ("mine", "Mine"), ("shared", "Shared"), ("away", "Put away"))
_ORDERS = (("changed", "Last changed"), ("name", "By name"), ("created", "Newest"))
_NOTHING = {
    "all": "No projects here. Those that were put away wait under Put away.",
    "mine": "None of these is yours alone. Import a script and it will be.",
    "shared": "Nobody has shared a project with you yet. Its owner adds you by your e-mail.",
    "away": "Nothing is put away. A project's menu puts it here; nothing of it is lost.",
}


def page() -> rx.Component:
    """The list, or the wall when there is nothing at all."""
    total = ProjectsState.counts["all"] + ProjectsState.counts["away"]
    return rx.fragment(
        rx.cond(ProjectsState.loaded & (total == 0), empty_wall(), _filled()),
        paste_dialog(),
    )


def _filled() -> rx.Component:
    return drop_page(
        rx.el.header(
            rx.el.h1("Projects", class_name="h72"),
            rx.el.button(
                icon("plus"),
                "New",
                type="button",
                class_name="btn go phone-only",
                custom_attrs={"popoverTarget": "new"},
            ),
            _filters(),
            class_name="head",
        ),
        problem(),
        band(),
        new_sheet(),
        cards(),
        rx.cond(
            ProjectsState.loaded & (ProjectsState.cards.length() == 0),
            rx.el.p(rx.match(ProjectsState.scope, *_NOTHING.items(), ""), class_name="nothing lede"),
        ),
        rx.cond(ProjectsState.cards.length() > 0, legend()),
        class_name="projects",
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            *[
                rx.el.button(
                    label,
                    rx.el.span(ProjectsState.counts[scope], class_name="num"),
                    type="button",
                    class_name=rx.cond(ProjectsState.scope == scope, "chip on", "chip"),
                    on_click=ProjectsState.choose(scope),
                    custom_attrs={"aria-pressed": ProjectsState.scope == scope},
                )
                for scope, label in _SCOPES
            ],
            class_name="row g2 chips",
            custom_attrs={"role": "group", "aria-label": "Which projects"},
        ),
        rx.el.span(
            rx.el.select(
                *[rx.el.option(label, value=order) for order, label in _ORDERS],
                value=ProjectsState.order,
                on_change=ProjectsState.sort,
                class_name="chip",
                custom_attrs={"aria-label": "Order"},
            ),
            icon("chevron-down", "s"),
            class_name="order",
        ),
        class_name="filters",
    )


def empty_wall() -> rx.Component:
    """Nothing here yet: how it begins, and one true frame of the sample taped up."""
    return drop_page(
        rx.el.div(
            rx.el.p("INT. YOUR STUDIO - DAY", class_name="scr h20 b"),
            rx.el.h1("An empty wall."),
            rx.el.p(
                "Nothing here yet, so nothing to lose. Bring pages and the wall fills itself: "
                "scenes, shots, a first panel for each. Or bring footage and cut it.",
                class_name="lede",
            ),
            problem(),
            rx.el.div(rx.el.b("Begin a film"), format_choice(), class_name="row between g4 begin"),
            file_form(
                rx.el.div(
                    icon("upload", "l"),
                    rx.el.div(rx.el.b("Drop a script here"), rx.el.p(KINDS)),
                    class_name="row g4",
                ),
                rx.el.span("Choose a file", class_name="btn go", custom_attrs={"aria-hidden": "true"}),
                file_input("Choose a script to import"),
                class_name="drop",
            ),
            rx.el.div(
                rx.el.button(
                    icon("clipboard-paste", "l"), "Paste one", type="button", custom_attrs={"popoverTarget": "paste"}
                ),
                boards_form(icon("images", "l"), "Storyboard", class_name="other"),
                rx.el.button(icon("film", "l"), "Your footage", type="button", on_click=ProjectsState.cut_footage),
                sample_form(rx.el.button(icon("clapperboard", "l"), "Sample film", type="submit", class_name="sample")),
                class_name="others",
            ),
        ),
        _wall(),
        class_name="projects empty",
    )


def _wall() -> rx.Component:
    return rx.el.div(
        *[rx.el.i(class_name=f"f{n}") for n in range(1, 7)],
        rx.el.div(
            rx.el.div(
                rx.el.img(src="/projects/first-panel.webp", alt="", width=640, height=360),
                class_name="pic",
            ),
            rx.el.div(rx.el.b("1E"), rx.el.span("Sample film, waiting for you"), class_name="row between mono sm"),
            rx.el.i(class_name="tape"),
            class_name="fr",
        ),
        class_name="wall",
        custom_attrs={"aria-hidden": "true"},
    )
