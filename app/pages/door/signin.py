"""Sign in."""

import reflex as rx

from app.page import page
from components.door.page import sign_in_page
from state.door import DoorState
from state.session import SessionState


@page("/signin", title="Sign in", load=[SessionState.welcome, DoorState.signing_in])
def signin() -> rx.Component:
    return sign_in_page()
