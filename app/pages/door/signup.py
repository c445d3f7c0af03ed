"""Make an account."""

import reflex as rx

from app.page import page
from components.door.page import sign_up_page
from state.door import DoorState
from state.session import SessionState


@page("/signup", title="Make your account", load=[SessionState.welcome, DoorState.signing_up])
def signup() -> rx.Component:
    return sign_up_page()
