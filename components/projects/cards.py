"""The cards of the projects page: poster, name, thread, people, and a menu."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from state.projects.projects import Card, Dot, Face, ProjectsState


def cards() -> rx.Component:
    """All cards of the page, or skeletons of their size."""
    return rx.cond(
        ProjectsState.loaded,
        rx.el.div(rx.foreach(ProjectsState.cards, _card), class_name="gr"),
        rx.el.div(*[_skeleton() for _ in range(6)], class_name="gr", custom_attrs={"aria-busy": "true"}),
    )


def legend() -> rx.Component:
    """How to read the dots, and the way to the next page."""
    marks = (("done", "done"), ("part", "under way"), ("none", "not started"))
    return rx.el.footer(
        rx.el.p(
            rx.el.b("Four dots: "),
            "script, board, cut, film",
            *[
                rx.el.span(rx.el.span(rx.el.i(class_name=state), class_name="dots"), word, class_name="key")
                for state, word in marks
            ],
            class_name="sm",
        ),
        rx.cond(
            ProjectsState.pages > 1,
            rx.el.nav(
                button(
                    "Before",
                    kind="s",
                    glyph="arrow-left",
                    on_click=ProjectsState.turn(ProjectsState.page - 1),
                    disabled=ProjectsState.page <= 1,
                ),
                rx.el.span(ProjectsState.span, class_name="sm b num"),
                button(
                    "After",
                    kind="s",
                    glyph="arrow-right",
                    on_click=ProjectsState.turn(ProjectsState.page + 1),
                    disabled=ProjectsState.page >= ProjectsState.pages,
                ),
                class_name="row g3",
                custom_attrs={"aria-label": "Pages"},
            ),
        ),
        class_name="legend",
    )


def _card(card: Card) -> rx.Component:
    return rx.el.article(
        rx.el.div(_poster(card), _work(card), *_corners(card), class_name="pic duo " + card.tint),
        rx.el.div(
            rx.el.div(
                rx.el.h2(link(card.name, href=card.href), class_name="grow"), _menu_button(card), class_name="row name"
            ),
            rx.el.div(
                rx.el.span(
                    rx.foreach(card.dots, _dot),
                    class_name="dots",
                    custom_attrs={"role": "img", "aria-label": card.told},
                ),
                rx.el.span(
                    rx.foreach(card.faces, _face),
                    rx.cond(card.more > 0, rx.el.span("+", card.more, class_name="ava a5")),
                    class_name="avas",
                ),
                class_name="row between",
            ),
            rx.el.p(card.changed, class_name="sm mute"),
            class_name="tt",
        ),
        _menu(card),
        class_name="card",
        key=card.id,
    )


def _poster(card: Card) -> rx.Component:
    return rx.cond(
        card.poster != "",
        rx.el.img(src=card.poster, alt="", loading="lazy", width=640, height=360),
        rx.el.span(card.letters, class_name="letters", custom_attrs={"aria-hidden": "true"}),
    )


def _work(card: Card) -> rx.Component:
    busy = ProjectsState.busy[card.id]
    return rx.cond(
        ProjectsState.busy.contains(card.id),
        rx.fragment(
            rx.el.span(busy.told, class_name="ov tp num"),
            rx.el.span(
                rx.el.i(style={"width": busy.percent.to_string() + "%"}),
                class_name="share",
                custom_attrs={
                    "role": "progressbar",
                    "aria-valuenow": busy.percent,
                    "aria-valuemin": 0,
                    "aria-valuemax": 100,
                    "aria-label": "Work on " + card.name,
                },
            ),
        ),
        rx.cond(card.away, rx.el.span("Put away", class_name="ov tp away")),
    )


def _corners(card: Card) -> tuple[rx.Component, rx.Component]:
    return (
        rx.cond(card.lasts != "", rx.el.span(card.lasts, class_name="ov")),
        rx.el.span(card.aspect, class_name="ov rr"),
    )


def _menu_button(card: Card) -> rx.Component:
    return rx.cond(
        card.may_rename | card.may_put_away,
        rx.el.button(
            icon("ellipsis"),
            type="button",
            class_name="dots-menu",
            custom_attrs={"popoverTarget": "menu-" + card.id, "aria-label": "Rename or put away " + card.name},
        ),
    )


def _menu(card: Card) -> rx.Component:
    return rx.el.div(
        rx.cond(
            card.may_rename,
            rx.el.form(
                rx.el.input(type="hidden", name="project_id", value=card.id, read_only=True),
                rx.el.label("Name", html_for="name-" + card.id),
                rx.el.div(
                    rx.el.input(
                        id="name-" + card.id,
                        name="name",
                        default_value=card.name,
                        key=card.name,
                        class_name="in",
                        auto_complete="off",
                        custom_attrs={"maxLength": 200},
                    ),
                    button("Rename", type="submit", custom_attrs={"data-close": ""}),
                    class_name="row",
                ),
                on_submit=ProjectsState.rename,  # which project stands in the form: a form's own handler cannot see the loop
            ),
        ),
        rx.cond(
            card.may_put_away,
            rx.cond(
                card.away,
                button(
                    "Bring it back",
                    kind="full",
                    glyph="archive-restore",
                    on_click=ProjectsState.bring_back(card.id),
                    custom_attrs={"data-close": ""},
                ),
                button(
                    "Put away",
                    kind="full",
                    glyph="archive",
                    on_click=ProjectsState.put_away(card.id),
                    custom_attrs={"data-close": ""},
                ),
            ),
        ),
        id="menu-" + card.id,
        class_name="menu",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Menu of " + card.name},
    )


def _dot(dot: Dot) -> rx.Component:
    return rx.el.i(class_name=dot.state, custom_attrs={"title": dot.name})


def _face(face: Face) -> rx.Component:
    return rx.el.span(
        face.initials,
        class_name="ava " + face.tint,
        custom_attrs={"title": face.name, "role": "img", "aria-label": face.name},
    )


def _skeleton() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="pic sk"),
        rx.el.div(
            rx.el.div(class_name="sk l1"), rx.el.div(class_name="sk l2"), rx.el.div(class_name="sk l3"), class_name="tt"
        ),
        class_name="card",
    )
