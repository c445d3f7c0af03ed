"""Notices at the lower right, with undo."""

from __future__ import annotations

import reflex as rx
from reflex.event import no_args_event_spec

from components.ui.icon import icon
from state.notices import Notice, NoticesState


class Fading(rx.el.Div):
    """A block that tells when its animation is over: a notice leaves by itself unless somebody points at it."""

    on_animation_end: rx.EventHandler[no_args_event_spec]


def notices() -> rx.Component:
    """All notices of this tab; read out by screen readers as they come."""
    return rx.el.div(
        rx.foreach(NoticesState.items, _notice),
        class_name="notices",
        custom_attrs={"role": "status", "aria-live": "polite"},
    )


def _notice(notice: Notice) -> rx.Component:
    gone = NoticesState.dismiss(notice.id)
    return Fading.create(
        rx.el.span(notice.text),
        rx.cond(
            notice.undo != "",
            rx.el.button(notice.undo, type="button", on_click=NoticesState.undo(notice.id)),
        ),
        rx.el.button(icon("x", "s"), type="button", on_click=gone, custom_attrs={"aria-label": "Dismiss"}),
        class_name="notice " + notice.kind.to(str),
        on_animation_end=gone,
        key=notice.id,
    )
