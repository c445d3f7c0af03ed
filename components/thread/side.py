"""Beside the thread: what is next, who is here, what happened, and the newest panels."""

from __future__ import annotations

import reflex as rx

from components.ui.button import link_button
from components.ui.link import link
from components.ui.meter import meter
from state.home.home import Fresh, Happening, HomeState
from state.live import Guest, LiveState
from state.session import SessionState


def side() -> rx.Component:
    """The right column; below the thread on narrow screens."""
    return rx.el.aside(
        _next(),
        _here(),
        _lately(),
        _fresh(),
        _made_by(),
        class_name="side",
        custom_attrs={"aria-label": "Around the project"},
    )


def _next() -> rx.Component:
    step = HomeState.step
    return rx.el.section(
        rx.el.h2("Next for you"),
        rx.cond(
            HomeState.loaded,
            rx.el.p(step.text, class_name="h20", custom_attrs={"aria-live": "polite"}),
            rx.el.div(class_name="sk two"),
        ),
        rx.cond(
            (step.kind == "wait") & (LiveState.running > 0),
            rx.el.div(
                meter(LiveState.percent, "Work under way", "track"),
                rx.cond(LiveState.left != "", rx.el.span(LiveState.left, " left", class_name="num b")),
                class_name="row g3",
            ),
        ),
        rx.cond(step.more != "", link_button(step.more, step.more_href, kind="full")),
        class_name="next",
    )


def _here() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Here now"),
        rx.el.ul(
            rx.el.li(
                rx.el.span(SessionState.initials, class_name="ava"),
                rx.el.span(SessionState.name, ", you", class_name="grow b"),
                rx.el.span("Thread", class_name="sm mute"),
                class_name="row",
            ),
            rx.foreach(LiveState.here, _guest),
        ),
    )


def _guest(guest: Guest, index: int) -> rx.Component:
    return rx.el.li(
        rx.el.span(guest.initials, class_name=f"ava a{(index % 4 + 2)}"),
        rx.el.span(guest.name, class_name="grow b"),
        rx.el.span(guest.room, class_name="sm mute"),
        class_name="row",
        key=guest.user_id,
    )


def _lately() -> rx.Component:
    return rx.cond(
        HomeState.lately.length() > 0,
        rx.el.section(rx.el.h2("Lately"), rx.el.ul(rx.foreach(HomeState.lately, _happening))),
    )


def _happening(event: Happening) -> rx.Component:
    return rx.el.li(
        rx.el.span(event.initials, class_name="ava " + event.tint, custom_attrs={"aria-hidden": "true"}),
        rx.el.div(rx.el.p(event.text, class_name="b"), rx.el.span(event.when, class_name="sm mute")),
        class_name="ev",
        key=event.id,
    )


def _fresh() -> rx.Component:
    return rx.cond(
        HomeState.fresh.length() > 0,
        rx.el.section(
            rx.el.h2("Fresh on the board"), rx.el.div(rx.foreach(HomeState.fresh, _panel), class_name="fresh")
        ),
    )


def _panel(panel: Fresh) -> rx.Component:
    return link(
        rx.el.span(
            rx.el.img(src=panel.picture, alt="Panel " + panel.number, loading="lazy", width=640, height=360),
            class_name="pic",
        ),
        rx.el.span(panel.number, class_name="mono sm b cap"),
        href=panel.href,
        key=panel.picture,
    )


def _made_by() -> rx.Component:
    return rx.cond(
        HomeState.made_by != "",
        rx.el.section(rx.el.h2("Made by"), rx.el.p(HomeState.made_by, class_name="sm")),
    )
