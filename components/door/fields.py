"""The fields of the forms at the door: plain HTML that a password manager understands, with the problem said beside its field."""

from __future__ import annotations

from typing import Any

import reflex as rx

from state.door import DoorState

_SHOW = rx.Var(
    "(e) => { const f = e.target.form.elements[e.target.dataset.of]; const shown = f.type === 'text';"
    " f.type = shown ? 'password' : 'text'; e.target.textContent = shown ? 'Show' : 'Hide';"
    " e.target.setAttribute('aria-pressed', String(!shown)); f.focus(); }",
    _var_type=rx.EventChain,
)


def field(name: str, label: str, kept: rx.Var[str] | str, *, first: bool = False, **props: Any) -> rx.Component:
    """A labelled input holding what was typed before; `first` is where typing begins unless another field has a problem."""
    slip = DoorState.slip
    here = slip.field == name
    begins = here | ((slip.field == "") & first) if first else here

    def box(**more: Any) -> rx.Component:
        return rx.el.input(
            id=name,
            name=name,
            class_name="in",
            auto_focus=begins,
            required=True,
            custom_attrs={"aria-invalid": rx.cond(here, "true", "false"), "aria-describedby": f"{name}-slip"},
            **more,
            **props,
        )

    return rx.el.div(
        rx.el.label(label, html_for=name),
        # A default, even an empty one, would wipe what was typed before the page's script woke up.
        rx.cond(kept != "", box(default_value=kept, key=f"{name}-" + DoorState.returned), box()),
        _slip(name),
        class_name="fld",
    )


def password(label: str, *, complete: str, hint: rx.Component | None = None, name: str = "password") -> rx.Component:
    """A password with its Show button; `complete` is current-password or new-password."""
    here = DoorState.slip.field == name
    new = {"min_length": 10, "max_length": 200} if complete == "new-password" else {}
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.div(
            rx.el.input(
                id=name,
                name=name,
                type="password",
                auto_complete=complete,
                required=True,
                class_name="in mono",
                placeholder=" ",
                auto_focus=here,
                custom_attrs={
                    "aria-invalid": rx.cond(here, "true", "false"),
                    "aria-describedby": f"{name}-slip {name}-hint",
                    "spellCheck": False,
                    "autoCapitalize": "none",
                },
                key=f"{name}-" + DoorState.returned,
                **new,
            ),
            show_button(name),
            hint or rx.fragment(),
            class_name="pw",
        ),
        _slip(name),
        class_name="fld",
    )


def show_button(name: str) -> rx.Component:
    """Shows the password of the same form; nothing leaves the browser."""
    return rx.el.button(
        "Show",
        type="button",
        class_name="show",
        on_click=_SHOW,
        custom_attrs={"data-of": name, "aria-pressed": "false", "aria-label": "Show the password"},
    )


def strength(name: str = "password") -> rx.Component:
    """How long the password is so far, in words and in a bar; the browser's own :valid drives it."""
    return rx.el.div(
        rx.el.span(*[rx.el.i() for _ in range(4)], class_name="bar", custom_attrs={"aria-hidden": "true"}),
        rx.el.span("At least 10 characters. Long beats clever.", class_name="short"),
        rx.el.span("Long enough. Longer is better still.", class_name="enough"),
        class_name="strength sm b",
        id=f"{name}-hint",
    )


def _slip(name: str) -> rx.Component:
    said = rx.cond(DoorState.slip.field == name, DoorState.slip.text, "")
    return rx.el.p(said, id=f"{name}-slip", class_name="slip", custom_attrs={"role": "alert"})


def problem() -> rx.Component:
    """What concerns no single field, above the form."""
    return rx.cond(
        (DoorState.slip.field == "") & (DoorState.slip.text != ""),
        rx.el.p(DoorState.slip.text, class_name="slip over", custom_attrs={"role": "alert"}),
    )
