"""The fields of the forms at the door: plain HTML that a password manager understands, with the problem said beside its field."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.secret import secret
from state.door import DoorState


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
    slip = DoorState.slip
    return secret(name, label, complete, slip.field == name, slip.text, DoorState.returned, hint=hint)


def _slip(name: str) -> rx.Component:
    said = rx.cond(DoorState.slip.field == name, DoorState.slip.text, "")
    return rx.el.p(said, id=f"{name}-slip", class_name="slip", custom_attrs={"role": "alert"})


def problem() -> rx.Component:
    """What concerns no single field, above the form."""
    return rx.cond(
        (DoorState.slip.field == "") & (DoorState.slip.text != ""),
        rx.el.p(DoorState.slip.text, class_name="slip over", custom_attrs={"role": "alert"}),
    )
