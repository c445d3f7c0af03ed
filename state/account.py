"""A person's own page: their name, their password's last answer, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state import gate
from state.bridge import read, write
from state.door import Slip, slip
from state.gate import handler
from state.live import LiveState, ago
from state.notices import NoticesState
from state.session import SessionState, initials
from studio.accounts import service as accounts
from studio.accounts.views import SessionRow
from studio.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Place:
    """One device somebody is signed in on."""

    id: str
    device: str
    detail: str
    here: bool


class AccountState(rx.State):
    """The account page."""

    loaded: bool = False
    returned: str = ""
    places: list[Place] = []
    slip: Slip = Slip()
    password_changed: bool = False

    @handler()
    async def load(self) -> None:
        """Fill the page; a password form that came back brings its answer in the address."""
        await (await self.get_state(SessionState))._fill()
        await (await self.get_state(LiveState))._follow([], "")
        given = self.router.url.query_parameters
        self.slip = account_slip(given.get("problem", ""), given.get("field", ""))
        self.returned = new_id() if self.slip.text else ""
        self.password_changed = given.get("done", "") == "password"
        await self._look()
        self.loaded = True

    @handler()
    async def rename(self, form: dict[str, str]) -> None:
        """Change the name others see."""
        user = await write(accounts.update_profile, display_name=form.get("display_name", ""))
        me = await self.get_state(SessionState)
        me.name, me.initials = user.display_name, initials(user.display_name)
        (await self.get_state(NoticesState))._tell("ok", f"From now on you are {user.display_name}.")

    @handler()
    async def sign_out_there(self, session_id: str) -> None:
        """End one of the other sessions."""
        await write(accounts.revoke_session, session_id)
        await self._look()
        (await self.get_state(NoticesState))._tell("ok", "Signed out there.")

    async def _look(self) -> None:
        rows = await read(accounts.list_sessions, current_id=gate.session().id)
        self.places = [_place(r) for r in rows]


_SLIPS = {
    "current": "This is not your present password.",
    "password": "Choose another: at least 10 characters, not your name or e-mail, and not one everybody uses.",
}


def account_slip(code: str, field: str) -> Slip:
    """The sentence for a password form that came back, and the field it stands beside."""
    if code == "invalid" and field in _SLIPS:
        return Slip(field, _SLIPS[field])
    return slip(code, field) if code else Slip()


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """A browser's long name in the words of its owner: "Firefox on Linux"."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return " on ".join(part for part in (browser, system) if part) or "Unknown device"


def _place(row: SessionRow) -> Place:
    seen = "in use now" if row.current else f"last seen {ago(row.seen_at)}"
    return Place(row.id, device(row.agent), f"{row.address or 'this machine'} · {seen}", row.current)
