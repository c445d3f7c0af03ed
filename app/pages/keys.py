"""A person's keys."""

import reflex as rx

from app.page import page
from components.account.keys import keys_page
from components.layout.shell import paper_page
from state.keys.choosing import KeyPageState


@page("/account/keys", title="Your keys", load=KeyPageState.load)
def keys() -> rx.Component:
    return paper_page(keys_page(), active="account")
