"""What stands where no page is."""

from __future__ import annotations

import reflex as rx

from components.layout.frame import framed
from components.ui.button import link_button
from components.ui.icon import logo


def lost_page() -> rx.Component:
    """404: a clock, ten past ten, and the way back."""
    return framed(
        rx.el.header(logo(), class_name="top"),
        rx.el.main(
            rx.el.div(
                rx.el.p("EXT. NOWHERE - NIGHT", class_name="scr b h20"),
                rx.el.h1("Not in this reel."),
                rx.el.p(
                    "There is no page at this address. It may have been moved, or the link lost a piece on its way "
                    "here.",
                    class_name="lede",
                ),
                rx.el.div(
                    link_button("To your projects", "/projects", kind="go"),
                    link_button("To the front page", "/"),
                    class_name="row wrap g4 acts",
                ),
                class_name="said",
            ),
            rx.el.div(
                rx.el.img(
                    src="/landing/2h.webp", alt="A clock on a wall, long past closing", width="640", height="360"
                ),
                class_name="pic duo",
            ),
            id="main",
        ),
        rx.el.div(class_name="sprk"),
        look="paper nowhere",
    )
