"""The pages for people without a session: what went wrong with the form they sent, what they had typed, who may come in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import reflex as rx

from state import bridge
from state.gate import handler
from studio.accounts import service as accounts
from studio.core.db import reading
from studio.core.ids import new_id
from studio.core.settings import settings

_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Slip:
    """What is said at the form: the field it stands beside ("" = above the form) and the sentence."""

    field: str = ""
    text: str = ""


_BY_FIELD = {
    "email": "That is not an e-mail address we can use. Check it for a slip of the finger.",
    "password": "Choose another: at least 10 characters, not your name or e-mail, and not one everybody uses.",
    "display_name": "Type the name the others will see, at most 120 characters.",
}
_BY_CODE = {
    "wrong_password": Slip("password", "The e-mail or the password is not right. Check both and try again."),
    "too_many_tries": Slip("", "Too many tries. Wait a few minutes, then try again."),
    "email_taken": Slip("email", "This e-mail already has an account. Sign in with it instead."),
    "setup_code": Slip("setup_code", "That is not the set-up code. It was printed where the studio was started."),
    "sign_up_closed": Slip("", "This studio takes no new accounts. Ask whoever runs it."),
    "sign_in_required": Slip("", "Sign in to go on."),
    "foreign_origin": Slip("", "That form came from another place. Fill in this one."),
}
_OTHER = Slip("", "That did not work. Check what you typed and try again.")
# The sentences stand here and not in the address: whoever makes a link cannot make this page say something.


class DoorState(rx.State):
    """The form of /signin or /signup. `returned` is new each time a form came back, "" on a first visit: its fields start over."""

    loaded: bool = False
    returned: str = ""
    slip: Slip = Slip()
    email: str = ""
    name: str = ""
    next_path: str = ""
    setup_code: str = ""
    first: bool = False
    closed: bool = False
    asks_code: bool = False
    carried: str = ""

    @handler(access="anyone")
    async def signing_in(self) -> rx.event.EventSpec | None:
        """/signin: fill the form; a studio without any account is set up first."""
        await self._open()
        return rx.redirect("/signup") if self.first and not self.slip.text else None

    @handler(access="anyone")
    async def signing_up(self) -> None:
        """/signup: fill the form."""
        await self._open()

    async def _open(self) -> None:
        self._fill()
        self.first = not await bridge.threaded(_any_account)
        self.closed = not self.first and settings().sign_up == "closed"
        self.asks_code = self.first and settings().needs_setup_code
        self.carried = f"?next={quote(self.next_path)}" if self.next_path else ""
        self.loaded = True

    def _fill(self) -> None:
        given = {k: v[:_LONGEST] for k, v in self.router.url.query_parameters.items()}
        self.email, self.name = given.get("email", ""), given.get("name", "")
        self.next_path, self.setup_code = given.get("next", ""), given.get("setup", "")
        code = given.get("problem", "")
        field = given.get("field", "")
        self.slip = slip(code, field) if code else Slip()
        self.returned = new_id() if code else ""


def slip(code: str, field: str) -> Slip:
    """The sentence for a problem a form came back with, and the field it stands beside."""
    if code == "invalid" and field in _BY_FIELD:
        return Slip(field, _BY_FIELD[field])
    return _BY_CODE.get(code, _OTHER)


def _any_account() -> bool:
    with reading() as uow:
        return accounts.any_account(uow)
