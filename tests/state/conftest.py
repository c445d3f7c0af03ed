"""States without a browser: a tab is a root state whose socket came with a session cookie."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import pytest
import reflex as rx
from reflex.state import State

from state.hub import hub
from studio.accounts import passwords
from studio.accounts import service as accounts
from studio.accounts.views import SignedIn
from studio.core.settings import settings

S = TypeVar("S", bound=rx.State)


@dataclass
class Tab:
    """One browser tab. `get` gives a state of it, `call` sends it an event as the browser would."""

    root: State

    def get(self, kind: type[S]) -> S:
        return asyncio.run(self.root.get_state(kind))

    def call(self, kind: type[rx.State], handler: str, /, **arguments: Any) -> Any:
        """The handler's answer (redirects and the like); what it changed is in the states."""

        async def sent() -> Any:
            state = await self.root.get_state(kind)
            return await kind.event_handlers[handler].fn(state, **arguments)

        return asyncio.run(sent())


def tab(token: str = "", path: str = "/projects", **params: str) -> Tab:
    """A tab at an address, with this session secret in its cookie jar; `params` are the dynamic parts of the address."""
    root = State(_reflex_internal_init=True)
    root.router_data = {
        "pathname": path,
        "query": params,
        "token": "tab-1",
        "sid": "sid-1",
        "headers": {"cookie": f"{settings().session_cookie}={token}", "origin": settings().origin},
        "ip": "127.0.0.1",
    }
    root._update_router_vars(root.router_data, {})
    for name, value in params.items():
        if name not in type(root).__dict__:
            State.setup_dynamic_args({name: "arg_single"})
        del value
    return Tab(root)


def asked(page: Tab, op: str, *, key: str = "", **fields: Any) -> bool:
    """Ask for an edit or a wish as the controls of the Cut room do, of the cut as the page has it; whether it was made."""
    from state.cut.room import CutRoomState

    room = page.get(CutRoomState)
    page.call(CutRoomState, "edit", revision=room._revision, ops=[{"op": op, **fields}], label="", ticket=1, key=key)
    return not room.feed["refused"]


hashed_once = lru_cache(passwords.hashed)


@pytest.fixture
def person(database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], SignedIn]:
    """Registers people by name, on both databases; they all have the same password, whose hash is made once."""
    monkeypatch.setattr(passwords, "hashed", hashed_once)

    def registered(name: str) -> SignedIn:
        return accounts.register(
            email=f"{name}@example.com",
            password="correct horse battery",
            display_name=name.title(),
            agent="test",
            address="127.0.0.1",
        )

    return registered


@pytest.fixture(autouse=True)
def quiet_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Redis here: pages are not followed, nobody else is present."""

    async def nothing(*_args: object) -> None:
        return None

    async def nobody(_project_id: str) -> list[object]:
        return []

    monkeypatch.setattr(hub, "watch", nothing)
    monkeypatch.setattr(hub, "here", nobody)
