"""The two pages at the door: a poster on the left, the form on the right."""

from __future__ import annotations

import reflex as rx

from components.door.fields import field, password, problem
from components.layout.frame import framed
from components.ui.icon import icon, logo
from components.ui.secret import strength
from state.door import DoorState


def sign_in_page() -> rx.Component:
    """/signin."""
    form = rx.el.form(
        problem(),
        field("email", "Email", DoorState.email, first=True, type="email", auto_complete="username"),
        password("Password", complete="current-password"),
        _next(),
        _go("Sign in"),
        method="post",
        action="/auth/sign-in",
        on_submit=None,  # else Reflex would keep the browser from sending it
    )
    return _door(
        _head("Sign in", "Your reels are where you left them."),
        form,
        rx.cond(
            DoorState.closed,
            rx.el.p("No account? Ask whoever runs this studio.", class_name="b"),
            rx.el.p(
                "New here? ",
                rx.el.a("Make an account", href="/signup" + DoorState.carried, class_name="link"),
                class_name="b",
            ),
        ),
        look="back",
        poster=_poster(("Back", "to one."), "/landing/1g.webp", "Over the shoulder: a woman looks up, startled"),
        foot="The Last Ferry, scene 1, shot G. She says: everybody has to be somewhere tonight.",
    )


def sign_up_page() -> rx.Component:
    """/signup."""
    return _door(
        _head(
            "Make your account",
            rx.cond(
                DoorState.loaded,
                rx.match(
                    DoorState.first,
                    (
                        True,
                        "This server is new. The first account is its owner; the others make theirs after you.",
                    ),
                    "One account for every film you make here. It stays on this server.",
                ),
                rx.el.span(class_name="sk line"),
            ),
        ),
        rx.cond(DoorState.closed, _closed(), _sign_up_form()),
        rx.cond(
            DoorState.first,
            rx.el.p("No keys are asked for. Everything works without them.", class_name="sm mute"),
            rx.el.p(
                "Been here before? ",
                rx.el.a("Sign in", href="/signin" + DoorState.carried, class_name="link"),
                class_name="b",
            ),
        ),
        look="fresh",
        poster=_poster(
            ("Quiet", "on set."),
            "/landing/1e-large.webp",
            "Two people at the rail of a pier: he pleads, she folds her arms",
        ),
        foot="Reel 1, take 1. Everything you make stays on this server.",
    )


def _sign_up_form() -> rx.Component:
    return rx.el.form(
        problem(),
        rx.cond(
            DoorState.asks_code,
            field(
                "setup_code",
                "Set-up code, printed where the studio was started",
                DoorState.setup_code,
                auto_complete="off",
            ),
        ),
        field("display_name", "Your name", DoorState.name, first=True, auto_complete="name", max_length=120),
        field("email", "Email", DoorState.email, type="email", auto_complete="username"),
        password("Password", complete="new-password", hint=strength()),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="sample",
                value="yes",
                default_checked=DoorState.first,
                class_name="sr",
                key="sample-" + DoorState.first.to_string(),
            ),
            rx.el.span(icon("check"), class_name="tick"),
            rx.el.span(
                rx.el.b("Put the sample film in my projects"),
                rx.el.span(
                    "The Last Ferry: 3 scenes, 32 shots, drawn while you watch. Put it away any time.",
                    class_name="sm mute",
                ),
            ),
            class_name="box pad sample",
        ),
        _next(),
        _go("Make my account"),
        method="post",
        action="/auth/sign-up",
        on_submit=None,  # else Reflex would keep the browser from sending it
    )


def _closed() -> rx.Component:
    return rx.el.div(
        rx.el.p("This studio takes no new accounts.", class_name="b h20"),
        rx.el.p("Ask whoever runs it. If you have an account already, sign in with it."),
        class_name="box pad6 col g3",
    )


def _door(*content: rx.Component, look: str, poster: rx.Component, foot: str) -> rx.Component:
    return framed(
        rx.el.div(
            rx.el.aside(
                poster,
                rx.el.div(rx.el.div(class_name="sprk"), rx.el.p(foot, class_name="mono sm"), class_name="edge"),
                class_name=f"poster ground {look}",
            ),
            rx.el.main(logo(), *content, id="main", class_name="fm"),
            class_name="sides",
        ),
        look="paper door",
    )


def _head(title: str, words: str | rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.h1(title, class_name="h44"), rx.el.p(words, class_name="h16"), class_name="hd")


def _poster(words: tuple[str, str], src: str, look: str) -> rx.Component:
    return rx.fragment(
        rx.el.p(words[0], rx.el.br(), words[1], class_name="shout", custom_attrs={"aria-hidden": "true"}),
        rx.el.div(rx.el.img(src=src, alt=look, width="1280", height="720"), class_name="pic duo"),
    )


def _next() -> rx.Component:
    return rx.el.input(type="hidden", name="next", value=DoorState.next_path, read_only=True)


def _go(label: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name="btn go full send")
