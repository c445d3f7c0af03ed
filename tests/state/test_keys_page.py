"""The keys page: a key pressed anew, one that is taken, and that every page has them at once; acts in the palette."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.keys.choosing import KeyPageState
from state.keys.table import KeysState
from state.palette import PaletteState
from studio.accounts import service as accounts
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


def _page(who: SignedIn) -> Tab:
    it = tab(who.token, "/account/keys")
    it.call(KeyPageState, "load")
    return it


def _shown(it: Tab) -> dict[str, list[str]]:
    return {row.id: row.held for group in it.get(KeyPageState).groups for row in group.rows}


def test_a_pressed_key_is_kept_and_every_page_has_it(person: Register) -> None:
    mara = person("mara")
    it = _page(mara)
    assert _shown(it)["cut.split"] == ["S"]
    it.call(KeyPageState, "press", form={"act": "cut.list", "key": "Shift L"})
    assert _shown(it)["cut.list"] == ["Shift L"]
    assert it.get(KeysState).keys["cut.list"] == ["Shift L"]
    assert it.get(KeyPageState).changed == 1
    with reading() as uow:
        assert accounts.get_keys(uow, mara.session.actor).keys["cut.list"] == ("Shift L",)


def test_a_taken_key_says_whose_it_is_and_is_taken_only_when_one_says_so(person: Register) -> None:
    it = _page(person("mara"))
    it.call(KeyPageState, "press", form={"act": "cut.list", "key": "S"})
    clash = it.get(KeyPageState).clash
    assert (clash.act, clash.takes) == ("cut.list", True)
    assert "Split at the playhead" in clash.text
    assert _shown(it)["cut.split"] == ["S"]
    it.call(KeyPageState, "take")
    assert (_shown(it)["cut.list"], _shown(it)["cut.split"]) == (["S"], [])
    assert it.get(KeyPageState).clash.text == ""
    it.call(KeyPageState, "put_back", act="")
    assert (_shown(it)["cut.list"], _shown(it)["cut.split"]) == ([], ["S"])


def test_what_the_browser_keeps_is_refused_beside_the_act(person: Register) -> None:
    it = _page(person("mara"))
    it.call(KeyPageState, "press", form={"act": "cut.list", "key": "Ctrl W"})
    clash = it.get(KeyPageState).clash
    assert (clash.act, clash.takes) == ("cut.list", False)
    assert "closes the tab" in clash.text
    it.call(KeyPageState, "press", form={"act": "cut.list", "key": "Ctrl P"})
    assert "prints the page" in it.get(KeyPageState).clash.text
    assert _shown(it)["cut.list"] == ["Ctrl P"]


def test_acts_are_found_by_words_in_every_room_and_by_what_their_key_is(person: Register) -> None:
    it = _page(person("mara"))
    it.call(KeyPageState, "search", words="onion")
    assert list(_shown(it)) == ["draw.onion"]
    it.call(KeyPageState, "search_key", form={"act": "", "key": "S"})
    assert set(_shown(it)) == {"cut.split", "shell.go-script"}
    it.call(KeyPageState, "show", room="board")
    assert all(act.startswith("board.") for act in _shown(it))


def test_the_palette_finds_acts_of_the_cut_room_with_the_keys_one_has(person: Register) -> None:
    mara = person("mara")
    with unit_of_work() as uow:
        accounts.set_key(uow, mara.session.actor, "cut.split", "Ctrl B")
    it = _page(mara)
    it.call(PaletteState, "find", text="spl", room="cut")
    acts = it.get(PaletteState).acts
    assert [(act.id, act.by, act.key) for act in acts] == [("cut.split", "cut", "Ctrl B")]
    it.call(PaletteState, "find", text="mar", room="cut")
    assert {"cut.marker", "cut.mark-in"} <= {act.id for act in it.get(PaletteState).acts}
    it.call(PaletteState, "find", text="spl", room="board")
    assert it.get(PaletteState).acts == []
