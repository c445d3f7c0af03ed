"""The password field: plain HTML that a password manager understands, a Show button, and the problem said beside it."""

from __future__ import annotations

import reflex as rx

_SHOW = rx.Var(
    "(e) => { const f = e.target.form.elements[e.target.dataset.of]; const shown = f.type === 'text';"
    " f.type = shown ? 'password' : 'text'; e.target.textContent = shown ? 'Show' : 'Hide';"
    " e.target.setAttribute('aria-pressed', String(!shown)); f.focus(); }",
    _var_type=rx.EventChain,
)


def secret(
    name: str,
    label: str,
    complete: str,
    here: rx.Var[bool],
    problem: rx.Var[str],
    returned: rx.Var[str],
    *,
    hint: rx.Component | None = None,
) -> rx.Component:
    """A password; `complete` is current-password or new-password, `here` whether the problem is this field's.

    `returned` changes when the form comes back, so that the browser begins anew.
    """
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
                key=f"{name}-" + returned,
                **new,
            ),
            _show_button(name),
            hint or rx.fragment(),
            class_name="pw",
        ),
        rx.el.p(rx.cond(here, problem, ""), id=f"{name}-slip", class_name="slip", custom_attrs={"role": "alert"}),
        class_name="fld",
    )


def _show_button(name: str) -> rx.Component:
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
