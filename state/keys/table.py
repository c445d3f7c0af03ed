"""The keys of whoever is at this tab, as every page shows and hears them."""

from __future__ import annotations

import reflex as rx

from state.bridge import read
from studio.accounts import service as accounts
from studio.accounts.keys.act import Act
from studio.accounts.keys.acts import ACTS, BY_ID, ROOM_NAMES, of_room
from studio.accounts.views import KeyTable

__all__ = ["ACTS", "BY_ID", "ROOM_NAMES", "Act", "KeysState", "of_room"]


class KeysState(rx.State):
    """Acts by id with their keys; Inkreel's own until it is known who is here."""

    keys: dict[str, list[str]] = {act.id: list(act.keys) for act in ACTS}

    async def _fill(self) -> None:
        self._take(await read(accounts.get_keys))

    def _take(self, table: KeyTable) -> None:
        keys = {act: list(held) for act, held in table.keys.items()}
        if keys != self.keys:
            self.keys = keys
