"""The command palette: Ctrl+K over acts of the room, rooms, projects, scenes, shots and people."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.keycaps import caps
from components.ui.link import link
from state.palette import ActHit, Hit, PaletteState

_COMMANDS = (
    ("folder-open", "Projects", "/projects"),
    ("user", "Account", "/account"),
)


def palette(room: str = "") -> rx.Component:
    """A native popover with a search box; arrows walk the list, Enter opens or does the first. `room` is the one one is in."""
    return rx.el.div(
        rx.el.label("Find anything", html_for="find-box", class_name="sr"),
        rx.el.input(
            id="find-box",
            type="text",  # a search box would keep the first Esc for itself
            placeholder="What to do, a scene, a shot, a person"
            if room == "cut"
            else "A project, a scene, a shot, a person",
            on_change=lambda text: PaletteState.find(text, room).debounce(120),
            auto_complete="off",
            custom_attrs={"data-stop": "", "maxLength": 120},
        ),
        rx.el.div(
            rx.cond(
                PaletteState.asked,
                rx.fragment(
                    rx.cond(
                        PaletteState.acts.length() > 0,
                        rx.fragment(rx.el.h3("Do"), rx.foreach(PaletteState.acts, _act)),
                    ),
                    rx.cond(
                        PaletteState.hits.length() > 0,
                        rx.fragment(rx.el.h3("Found"), rx.foreach(PaletteState.hits, _hit)),
                        rx.cond(
                            PaletteState.acts.length() == 0,
                            rx.el.p(
                                "Nothing is called that. Try a scene heading, a shot number or a name.",
                                class_name="none",
                            ),
                        ),
                    ),
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


def _act(act: ActHit) -> rx.Component:
    """A button that does what the act's key does; the palette closes over it."""
    unsaid = rx.Var("undefined")
    return rx.el.button(
        icon("chevrons-right"),
        rx.el.span(act.words),
        rx.el.span(act.group, class_name="d"),
        rx.cond(act.key != "", caps(act.key)),
        type="button",
        class_name="hit",
        custom_attrs={
            "data-stop": "",
            "data-close": "",
            "data-cut": rx.cond(act.by == "cut", act.name, unsaid),
            "data-play": rx.cond(act.by == "play", act.name, unsaid),
            "data-press": rx.cond(act.by == "press", act.id, unsaid),
        },
        key=act.id,
    )


def _hit(hit: Hit) -> rx.Component:
    glyph = rx.match(
        hit.kind,
        ("room", icon("corner-down-right")),
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
