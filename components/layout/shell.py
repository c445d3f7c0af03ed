"""The two shells: paper (lists, home) and room (dark working rooms), with their bars, rail and phone bar."""

from __future__ import annotations

import reflex as rx

from components.layout.frame import framed
from components.layout.jobs import jobs_drawer, jobs_sign
from components.layout.palette import palette
from components.ui.icon import icon, logo, mark
from components.ui.keycaps import key_of, titled
from components.ui.link import link
from state.live import Guest, LiveState
from state.project import Pip, ProjectState
from state.session import SessionState

ROOMS = (
    ("home", "Thread", "git-branch", ""),
    ("script", "Script", "file-text", "/script"),
    ("breakdown", "Sheets", "clipboard-list", "/breakdown"),
    ("board", "Board", "layout-grid", "/board"),
    ("cut", "Cut", "scissors", "/cut"),
    ("renders", "Renders", "film", "/renders"),
)
_SETTINGS = ("settings", "Settings", "settings", "/settings")


def paper_page(*content: rx.Component, active: str = "") -> rx.Component:
    """A light page outside any project; `active` is projects or account."""
    return framed(
        _paper_top(active),
        rx.el.main(*content, id="main"),
        _studio_bottom(active),
        jobs_drawer(),
        palette(),
        look="paper",
    )


def project_page(*content: rx.Component, room: str) -> rx.Component:
    """A light page of the open project, beside the rail of rooms."""
    return framed(
        _paper_top("projects", project=True),
        rx.el.div(_rail(room), rx.el.main(_found(*content), id="main"), class_name="app"),
        _rooms_bottom(room),
        jobs_drawer(),
        palette(),
        look="paper",
    )


def room_page(
    *content: rx.Component,
    room: str,
    rail: rx.Component | None = None,
    sign: rx.Component | None = None,
    keys: str = "",
) -> rx.Component:
    """A dark working room of the open project. Content fills the space right of the rail and scrolls inside its panes.

    `rail` stands in place of the rail of rooms, `sign` in the top bar; `keys` is the room whose keys it has.
    """
    return framed(
        _room_top(sign),
        rail or _rail(room),
        rx.el.main(_found(*content), id="main", style={"minWidth": 0, "minHeight": 0, "display": "grid"}),
        _rooms_bottom(room),
        jobs_drawer(),
        palette(room),
        look="room shell",
        keys=keys,
    )


def _found(*content: rx.Component) -> rx.Component:
    return rx.cond(
        ProjectState.found,
        rx.fragment(*content),
        rx.el.div(
            rx.el.p("EXT. NOWHERE - NIGHT", class_name="scr"),
            rx.el.h1("No such project"),
            rx.el.p("It is not there, or it is not shared with you."),
            link("Back to the projects", href="/projects", class_name="btn go"),
            class_name="lost",
        ),
    )


def _paper_top(active: str, *, project: bool = False) -> rx.Component:
    here = {"aria-current": "page"}
    return rx.el.header(
        logo(),
        *(
            [
                rx.cond(
                    ProjectState.name != "",
                    link(ProjectState.name, href="/p/" + ProjectState.open_id, class_name="btn flat s now wide-only"),
                )
            ]
            if project
            else []
        ),
        rx.el.nav(
            link(
                "Projects",
                href="/projects",
                class_name="on" if active == "projects" else "",
                custom_attrs={"data-go": "projects", **(here if active == "projects" else {})},
            ),
            class_name="wide-only",
            custom_attrs={"aria-label": "Main"},
        ),
        rx.el.span(class_name="grow"),
        *([_people("avas", "ava")] if project else []),
        rx.el.button(
            icon("search", "s"),
            rx.el.span("Find anything", class_name="grow"),
            key_of("shell.palette"),
            type="button",
            class_name="cmd wide-only",
            custom_attrs={"popoverTarget": "palette"},
        ),
        rx.el.button(
            icon("search"),
            type="button",
            class_name="ic phone-only",
            custom_attrs={"popoverTarget": "palette", "aria-label": "Find"},
        ),
        jobs_sign("ic jobs-sign"),
        link(
            SessionState.initials,
            href="/account",
            class_name="ava",
            custom_attrs={"aria-label": "Your account", "title": SessionState.name},
        ),
        class_name="top",
    )


def _room_top(sign: rx.Component | None) -> rx.Component:
    return rx.el.header(
        link(
            mark(28),
            href="/projects",
            class_name="mark",
            custom_attrs={"aria-label": "Inkreel, all projects", "data-go": "projects"},
        ),
        link(
            rx.cond(
                ProjectState.poster != "",
                rx.el.span(rx.el.img(src=ProjectState.poster, alt=""), class_name="pic"),
            ),
            rx.el.b(ProjectState.name, class_name="cut1"),
            href="/p/" + ProjectState.open_id,
            class_name="proj",
        ),
        rx.el.nav(rx.foreach(ProjectState.pips, _pip), class_name="thread", custom_attrs={"aria-label": "The thread"}),
        rx.el.div(
            rx.el.button(
                icon("search"),
                rx.el.span("Find or run", class_name="grow cut1"),
                key_of("shell.palette"),
                type="button",
                custom_attrs={"popoverTarget": "palette"},
            ),
            class_name="find",
        ),
        rx.el.span(class_name="grow phone-only"),
        sign or rx.fragment(),
        rx.cond(
            ProjectState.open_id != "",
            rx.cond(
                ProjectState.may_edit,
                "",
                rx.el.span(icon("eye"), rx.el.span("Looking only", class_name="wide-only"), class_name="topstat"),
            ),
        ),
        jobs_sign("topstat"),
        rx.el.div(
            _people("people", "av here"),
            link(
                SessionState.initials,
                href="/account",
                class_name="av mr",
                custom_attrs={"aria-label": "Your account", "title": SessionState.name},
            ),
            class_name="who",
        ),
        class_name="top",
    )


def _people(box: str, square: str) -> rx.Component:
    def person(guest: Guest) -> rx.Component:
        told = guest.name + ", in " + guest.room
        return rx.el.span(
            guest.initials,
            class_name=f"{square} " + guest.tint,
            custom_attrs={"title": told, "aria-label": told, "role": "img"},
            key=guest.user_id,
        )

    return rx.el.span(
        rx.foreach(LiveState.here, person), class_name=box, custom_attrs={"aria-label": "Here now", "role": "group"}
    )


def _pip(pip: Pip, index: int) -> rx.Component:
    state = rx.match(pip.state, ("done", "pip full"), ("part", "pip part"), "pip")
    return rx.fragment(
        rx.cond(index > 0, rx.el.i()),
        link(rx.el.span(class_name=state), pip.name, href=pip.href, custom_attrs={"title": pip.told}),
    )


def _rail(room: str) -> rx.Component:
    return rx.el.nav(
        *[_room_link(r, room) for r in ROOMS],
        _room_link(_SETTINGS, room, low=True),
        class_name="rail",
        custom_attrs={"aria-label": "Rooms"},
    )


def _rooms_bottom(room: str) -> rx.Component:
    return rx.el.nav(
        *[_room_link(r, room) for r in (*ROOMS, _SETTINGS)],
        class_name="bottom",
        custom_attrs={"aria-label": "Rooms, phone"},
    )


def _room_link(entry: tuple[str, str, str, str], room: str, *, low: bool = False) -> rx.Component:
    """A room of the open project. Until it is known which that is, the link leads nowhere, and its key waits for it."""
    name, label, glyph, path = entry
    on, known = name == room, ProjectState.open_id != ""
    return link(
        icon(glyph, "s20"),
        label,
        href=rx.cond(known, "/p/" + ProjectState.open_id + path, ""),
        class_name=" ".join(c for c in ("on" if on else "", "low" if low else "") if c),
        custom_attrs={
            "data-go": rx.cond(known, name, ""),
            "title": titled(label, f"shell.go-{name}"),
            **({"aria-current": "page"} if on else {}),
        },
    )


def _studio_bottom(active: str) -> rx.Component:
    entries = (("projects", "Projects", "clapperboard", "/projects"), ("account", "You", "user", "/account"))
    return rx.el.nav(
        *[
            link(icon(glyph), label, href=href, class_name="on" if name == active else "")
            for name, label, glyph, href in entries
        ],
        class_name="bottom",
        custom_attrs={"aria-label": "Main, phone"},
    )
