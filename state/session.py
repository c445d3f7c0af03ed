"""Who is at this tab, as the pages show it."""

from __future__ import annotations

import reflex as rx

from state import gate
from state.gate import handler
from state.keys.table import KeysState
from studio.accounts.views import UserRole


class SessionState(rx.State):
    """The signed-in person, for showing only: what they may do is asked of the services at every event."""

    user_id: str = ""
    name: str = ""
    initials: str = ""
    email: str = ""
    is_admin: bool = False

    @handler()
    async def enter(self) -> None:
        """Fill in who is here; anybody without a session is sent to sign in."""
        await self._fill()

    async def _fill(self) -> None:
        user = gate.session().user
        self.user_id, self.name, self.email = user.id, user.display_name, user.email
        self.initials = initials(user.display_name)
        self.is_admin = user.role is UserRole.ADMIN
        await (await self.get_state(KeysState))._fill()

    @handler(access="anyone")
    async def welcome(self) -> rx.event.EventSpec | None:
        """On the pages for people without a session: those who have one go to their projects."""
        return rx.redirect("/projects") if gate.signed_in() else None


def initials(name: str) -> str:
    """Two letters for a square: first and last word's, or the first two of a single word."""
    words = name.split()
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return name.strip()[:2].upper() or "?"
