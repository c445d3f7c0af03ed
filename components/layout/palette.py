"""The command palette: Ctrl+K over projects, scenes, shots, people and commands."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.palette import Hit, PaletteState

_COMMANDS = (
    ("folder-open", "Projects", "/projects"),
    ("user", "Account", "/account"),
)


def palette() -> rx.Component:
    """A native popover with a search box; arrows walk the list, Enter opens the first."""
    return rx.el.div(
        rx.el.label("Find anything", html_for="find-box", class_name="sr"),
        rx.el.input(
            id="find-box",
            type="text",  # a search box would keep the first Esc for itself
            placeholder="A project, a scene, a shot, a person",
            on_change=PaletteState.find.debounce(120),
            auto_complete="off",
            custom_attrs={"data-stop": "", "maxLength": 120},
        ),
        rx.el.div(
            rx.cond(
                PaletteState.asked,
                rx.cond(
                    PaletteState.hits.length() > 0,
                    rx.foreach(PaletteState.hits, _hit),
                    rx.el.p("Nothing is called that. Try a scene heading, a shot number or a name.", class_name="none"),
                ),
            ),
            rx.el.h3("Go to"),
            *[link(icon(g), label, href=href, custom_attrs={"data-stop": ""}) for g, label, href in _COMMANDS],
            rx.el.button(
                icon("list-checks"),
                "Show the jobs",
                type="button",
                class_name="hit",
                custom_attrs={"data-stop": "", "popoverTarget": "jobs"},
            ),
            rx.el.button(
                icon("keyboard"),
                "Keys",
                type="button",
                class_name="hit",
                custom_attrs={"data-stop": "", "popoverTarget": "keys"},
            ),
            class_name="list",
        ),
        id="palette",
        class_name="palette",
        custom_attrs={"popover": "auto", "data-list": "", "role": "dialog", "aria-label": "Find anything"},
    )


def _hit(hit: Hit) -> rx.Component:
    glyph = rx.match(
        hit.kind,
        ("project", icon("folder-open")),
        ("scene", icon("clapperboard")),
        ("shot", icon("image")),
        icon("user"),
    )
    return link(
        glyph,
        rx.el.span(hit.title),
        rx.el.span(hit.detail, class_name="d"),
        href=hit.href,
        custom_attrs={"data-stop": ""},
        key=hit.id,
    )
