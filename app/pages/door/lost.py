"""The page for addresses that lead nowhere."""

import reflex as rx

from app.page import page
from components.door.lost import lost_page


@page("404", title="Not in this reel")
def lost() -> rx.Component:
    return lost_page()
