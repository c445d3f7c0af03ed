"""A person's own page: name, password, where they are signed in, the look of the studio, the way out."""

from __future__ import annotations

import reflex as rx
from reflex.style import color_mode, set_color_mode

from components.ui.button import button, link_button
from components.ui.icon import icon
from components.ui.secret import secret, strength
from state.account import AccountState, Place
from state.session import SessionState

_LOOKS = (("system", "As this device", "monitor"), ("light", "Paper", "sun"), ("dark", "Night", "moon"))


def account_page() -> rx.Component:
    """Everything on it."""
    return rx.el.div(
        rx.el.header(
            rx.el.div(
                rx.el.p("INT. YOUR TRAILER - DAY", class_name="scr b"),
                rx.el.h1("You", class_name="h72"),
            ),
            rx.el.form(
                button("Sign out", glyph="log-out", type="submit"),
                rx.el.input(type="hidden", name="next", value="/signin", read_only=True),
                method="post",
                action="/auth/sign-out",
                on_submit=None,  # else Reflex would keep the browser from sending it
            ),
            class_name="row between wrap g4 hd",
        ),
        rx.el.div(
            rx.el.div(_who(), _password(), _keys(), class_name="col"),
            rx.el.div(_places(), _look(), class_name="col"),
            class_name="halves",
        ),
        class_name="mine",
    )


def _who() -> rx.Component:
    return _part(
        "Your name",
        rx.el.p("What others see beside your work. You sign in as ", rx.el.b(SessionState.email), "."),
        rx.el.form(
            rx.el.label("Name", html_for="display_name"),
            rx.el.div(
                rx.el.input(
                    id="display_name",
                    name="display_name",
                    default_value=SessionState.name,
                    required=True,
                    max_length=120,
                    auto_complete="name",
                    class_name="in",
                    key=SessionState.name,
                ),
                button("Save", type="submit"),
                class_name="row g3",
            ),
            on_submit=AccountState.rename,
        ),
    )


def _password() -> rx.Component:
    return _part(
        "Password",
        rx.cond(
            AccountState.password_changed,
            rx.el.p(
                icon("check", "s"),
                "Changed. Everywhere else you are signed out.",
                class_name="done",
                custom_attrs={"role": "status"},
            ),
            rx.el.p("Changing it signs you out everywhere else."),
        ),
        rx.cond(
            (AccountState.slip.text != "") & (AccountState.slip.field == ""),
            rx.el.p(AccountState.slip.text, class_name="slip", custom_attrs={"role": "alert"}),
        ),
        rx.el.form(
            rx.el.input(
                type="text",
                name="username",
                value=SessionState.email,
                auto_complete="username",
                read_only=True,
                class_name="sr",
                tab_index=-1,
                custom_attrs={"aria-hidden": "true"},
            ),
            _secret("current", "Your present password", "current-password"),
            _secret("new", "The new one", "new-password"),
            rx.el.button("Change the password", type="submit", class_name="btn"),
            method="post",
            action="/auth/password",
            on_submit=None,  # else Reflex would keep the browser from sending it
        ),
    )


def _secret(name: str, label: str, complete: str) -> rx.Component:
    new = complete == "new-password"
    slip = AccountState.slip
    here = slip.field == ("password" if new else "current")
    hint = strength(name) if new else None
    return secret(name, label, complete, here, slip.text, AccountState.returned, hint=hint)


def _places() -> rx.Component:
    return _part(
        "Where you are signed in",
        rx.cond(
            AccountState.loaded,
            rx.el.ul(rx.foreach(AccountState.places, _place), class_name="places"),
            rx.el.div(*[rx.el.div(class_name="sk") for _ in range(2)], class_name="places"),
        ),
    )


def _place(place: Place) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(place.device), rx.el.span(place.detail, class_name="sm mute num"), class_name="col grow"),
        rx.cond(
            place.here,
            rx.el.span("This one", class_name="tag ok"),
            rx.el.button(
                "Sign out there",
                type="button",
                class_name="btn s",
                on_click=AccountState.sign_out_there(place.id),
                custom_attrs={"aria-label": "Sign out there: " + place.device},
            ),
        ),
        key=place.id,
    )


def _look() -> rx.Component:
    def choice(mode: str, label: str, glyph: str) -> rx.Component:
        return rx.el.button(
            icon(glyph, "s"),
            label,
            type="button",
            class_name=rx.cond(color_mode == mode, "chip on", "chip"),
            on_click=set_color_mode(mode),
            custom_attrs={"aria-pressed": rx.cond(color_mode == mode, "true", "false")},
        )

    return _part(
        "The look of the studio",
        rx.el.p("The working rooms are always dark; this is for the light pages. Kept in this browser."),
        rx.el.div(
            *[choice(*c) for c in _LOOKS], class_name="row wrap", custom_attrs={"role": "group", "aria-label": "Look"}
        ),
    )


def _keys() -> rx.Component:
    return _part(
        "Keys",
        rx.el.p("What each key does in the rooms, or the keys of the program you come from."),
        link_button("Your keys", "/account/keys", glyph="keyboard"),
    )


def _part(title: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(title, class_name="h20"), *content, class_name="box4 part")
