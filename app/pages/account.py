"""A person's own page."""

import reflex as rx

from app.page import page
from components.account.page import account_page
from components.layout.shell import paper_page
from state.account import AccountState


@page("/account", title="Your account", load=AccountState.load)
def account() -> rx.Component:
    return paper_page(account_page(), active="account")
