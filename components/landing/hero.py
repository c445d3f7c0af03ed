"""The top of the front page: the bar, the sentence, the button, and the strip that plays."""

from __future__ import annotations

import reflex as rx

from components.landing.sample import PIER, Shot, timecode
from components.ui.button import link_button
from components.ui.icon import logo
from components.ui.link import link

_LEAD, _TRAIL = 5, 4
"""Shots shown again before and after the scene, so that the strip has no end in either direction."""
_STILL = 740
"""The frame under the playhead when nothing moves."""


def front_bar() -> rx.Component:
    """The bar of the front page."""
    return rx.el.header(
        logo(),
        rx.el.span(class_name="grow"),
        rx.el.nav(
            rx.el.a("How it works", href="#write", class_name="wide-only"),
            rx.el.a("Host it yourself", href="#host", class_name="wide-only"),
            link("Sign in", href="/signin"),
            custom_attrs={"aria-label": "Main"},
        ),
        class_name="nav",
    )


def open_studio(kind: str) -> rx.Component:
    """The one button."""
    return link_button("Open the studio", "/projects", kind=f"xl {kind}", glyph="play")


def hero() -> rx.Component:
    """The sentence and the strip."""
    return rx.el.section(
        rx.el.h1(rx.el.span("Write a script, ", class_name="a"), rx.el.span("leave with a film.", class_name="c")),
        rx.el.div(
            rx.el.p(
                "Inkreel breaks your pages into shots, draws every one of them, speaks the lines, scores the scenes "
                "and cuts a finished film. In the browser, on your own machine."
            ),
            open_studio("night"),
            class_name="row1",
        ),
        strip(),
        class_name="hero ground",
    )


def strip() -> rx.Component:
    """The first scene of the sample film as it is cut: every frame as wide as it is long, its words below it."""
    lead = sum(s.frames for s in PIER[-_LEAD:])
    whole = sum(s.frames for s in PIER)
    shots = [(s, False) for s in PIER[-_LEAD:]] + [(s, True) for s in PIER] + [(s, False) for s in PIER[:_TRAIL]]
    return rx.el.div(
        rx.el.style(_spotlights()),
        rx.el.div(
            rx.el.div(class_name="holes"),
            rx.el.div(*[_frame(s, live=live) for s, live in shots], class_name="frames"),
            rx.el.div(class_name="wave"),
            rx.el.div(class_name="holes"),
            class_name="reel",
        ),
        rx.el.i(class_name="heard"),
        rx.el.i(class_name="ahead"),
        rx.el.div(rx.el.b(class_name="tc mono", custom_attrs={"data-still": timecode(_STILL)}), class_name="playhead"),
        rx.el.label(
            rx.el.input(type="checkbox", class_name="sr"),
            rx.el.span("Pause", class_name="p"),
            rx.el.span("Play", class_name="q"),
            class_name="hold",
        ),
        class_name="strip",
        style={
            "--lead": str(lead),
            "--whole": str(whole),
            "--first": str(PIER[0].start),
            "--last": str(PIER[-1].end),
            "--still": str(_STILL),
            "--length": f"{whole / 24:g}s",
        },
        custom_attrs={"role": "group", "aria-label": "The first scene of The Last Ferry, playing"},
    )


def _frame(shot: Shot, *, live: bool) -> rx.Component:
    return rx.el.figure(
        rx.el.img(src=shot.picture, alt=shot.look if live else "", width="640", height="360"),
        rx.el.figcaption(rx.el.b(shot.number), rx.el.span(f"{shot.size} {shot.lens} · {shot.seconds}")),
        rx.el.p(shot.said, class_name="scr"),
        style={"--n": str(shot.frames), **({"--now": f"now-{shot.number}"} if live else {})},
        class_name="shot live" if live else "shot",
        custom_attrs={} if live else {"aria-hidden": "true"},
    )


def _spotlights() -> str:
    """For each shot the share of the scene during which it is under the playhead."""
    whole = sum(s.frames for s in PIER)
    rules: list[str] = []
    for shot in PIER:
        begin = (shot.start - PIER[0].start) / whole * 100
        end = (shot.end - PIER[0].start) / whole * 100
        on, off = "{outline-color:var(--yellow)}", "{outline-color:transparent}"
        first = f"0%{off}" if begin else ""
        rules.append(f"@keyframes now-{shot.number}{{{first}{begin:.3f}%{on}{end:.3f}%{off}}}")
    return "".join(rules)
