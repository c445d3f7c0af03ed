"""The front page."""

import reflex as rx

from app.page import page
from components.landing.bands import bands
from components.landing.hero import front_bar, hero, open_studio
from components.landing.proof import ending, footer, proofs
from components.layout.frame import framed

_ABOUT = (
    "Inkreel turns a screenplay into panels, voices, music and a finished film, in the browser, on your own machine."
)


@page("/", title="Write a script, leave with a film", about=_ABOUT)
def landing() -> rx.Component:
    return framed(
        front_bar(),
        rx.el.main(hero(), bands(), proofs(), ending(open_studio("go")), id="main"),
        footer(),
        rx.el.div(*[rx.el.i() for _ in range(5)], class_name="bar prints", custom_attrs={"aria-hidden": "true"}),
        look="paper landing",
    )
