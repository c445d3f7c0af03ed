"""Keys: the table is without contradictions, a person's changes stand above it, and a taken key is never lost silently."""

from __future__ import annotations

from collections import defaultdict

import pytest

from studio.accounts import service as accounts
from studio.accounts.keys.acts import ACTS, BY_ID, meet
from studio.accounts.keys.names import checked, elsewhere, named
from studio.accounts.keys.presets import PRESETS, table_of
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound

PASSWORD = "the ferry at dawn"


def test_every_act_has_one_id_and_every_key_of_the_table_is_named_as_the_browser_names_it() -> None:
    assert len(BY_ID) == len(ACTS)
    for act in ACTS:
        assert act.words
        for key in act.keys:
            assert key == (f"{act.lead} {named(key.split()[-1])}" if act.lead else named(key)), act.id
            if not act.fixed and not act.lead:
                assert checked(key) == key


@pytest.mark.parametrize("preset", PRESETS)
def test_in_no_table_a_key_means_two_things_and_all_the_preset_says_is_in_it(preset: str) -> None:
    table = table_of(preset, {})
    assert set(table) == set(BY_ID)
    holders: dict[str, list[str]] = defaultdict(list)
    for act_id, keys in table.items():
        for key in keys:
            holders[key].append(act_id)
    for key, acts in holders.items():
        several = [BY_ID[act] for act in acts if not BY_ID[act].fixed]
        assert not any(meet(one, other) for one in several for other in several), (key, acts)
    for act_id, keys in PRESETS[preset].keys.items():
        assert table[act_id] == keys
        assert [checked(named(key)) for key in keys] == list(keys)


def test_the_keys_of_the_guide_are_those_of_the_table() -> None:
    table = table_of("inkreel", {})
    assert table["cut.toggle"] == ("Space",)
    assert table["cut.clear-marks"] == ("Alt X",)
    assert table["cut.lift"][0] == "Del"
    assert table["cut.ripple-delete"][0] == "Shift Del"
    assert table["cut.duplicate"] == ("Alt D",)
    assert table["cut.freeze"] == ("Shift F",)
    assert table["shell.palette"] == ("Ctrl K",)
    assert table["shell.go-cut"] == ("G C",)


@pytest.mark.parametrize(
    ("spelt", "name"),
    [
        ("ctrl+shift+z", "Ctrl Shift Z"),
        ("Shift Ctrl z", "Ctrl Shift Z"),
        ("Meta+K", "Ctrl K"),
        ("ArrowLeft", "←"),
        ("shift left", "Shift ←"),
        ("delete", "Del"),
        ("+", "+"),
        ("ctrl++", "Ctrl +"),
        ("Shift ?", "?"),
        ("f9", "F9"),
        ("pageup", "PageUp"),
    ],
)
def test_a_key_has_one_name_however_it_is_spelt(spelt: str, name: str) -> None:
    assert named(spelt) == name


@pytest.mark.parametrize("spelt", ["", "Hyper X", "Ctrl", "ä", "Ctrl Shift", "F13", "ab", "Z Ctrl", "\x07"])
def test_what_is_no_key_is_refused_with_a_sentence(spelt: str) -> None:
    with pytest.raises(Invalid):
        named(spelt)


@pytest.mark.parametrize("key", ["Ctrl W", "Ctrl T", "Ctrl N", "F5", "F11", "Ctrl D", "Tab", "Shift Tab", "Enter"])
def test_what_the_browser_keeps_is_refused_and_what_it_shares_is_told(key: str) -> None:
    with pytest.raises(Invalid, match=r"browser|Enter and Tab"):
        checked(key)
    assert "prints" in elsewhere("Ctrl P")
    assert elsewhere("S") == ""


@pytest.fixture
def mara(database: str) -> Actor:
    return accounts.register(email="mara@example.com", password=PASSWORD, display_name="Mara").session.actor


@pytest.mark.services
def test_a_changed_key_is_kept_for_its_owner_alone(mara: Actor) -> None:
    ben = accounts.register(email="ben@example.com", password=PASSWORD, display_name="Ben").session.actor
    with unit_of_work() as uow:
        accounts.set_key(uow, mara, "cut.list", "Shift L")
        accounts.set_key(uow, mara, "cut.split", "ctrl+b", also=True)
    with reading() as uow:
        mine, his = accounts.get_keys(uow, mara), accounts.get_keys(uow, ben)
    assert (mine.keys["cut.list"], mine.keys["cut.split"]) == (("Shift L",), ("S", "Ctrl B"))
    assert set(mine.own) == {"cut.list", "cut.split"}
    assert (his.keys["cut.list"], his.own) == ((), ())


@pytest.mark.services
def test_a_taken_key_is_refused_by_the_name_of_the_act_and_given_when_it_is_taken(mara: Actor) -> None:
    with unit_of_work() as uow:
        with pytest.raises(Conflict, match="Split at the playhead") as refused:
            accounts.set_key(uow, mara, "cut.slide", "S")
        assert refused.value.code == "key_taken"
        after = accounts.set_key(uow, mara, "cut.slide", "S", take=True)
        assert (after.keys["cut.slide"], after.keys["cut.split"]) == (("S",), ())
        assert after.keys["draw.line"] == ("I",)
        accounts.set_key(uow, mara, "draw.line", "S")  # another room: both can have it
        still = accounts.reset_keys(uow, mara, "cut.split")
        assert still.keys["cut.split"] == ()
        assert "Slide" in still.told
        assert accounts.reset_keys(uow, mara).keys == table_of("inkreel", {})


@pytest.mark.services
def test_a_key_of_every_page_is_taken_in_every_room(mara: Actor) -> None:
    with unit_of_work() as uow:
        with pytest.raises(Conflict, match="Find anything"):
            accounts.set_key(uow, mara, "cut.list", "Ctrl K")
        with pytest.raises(Conflict, match="Split"):
            accounts.set_key(uow, mara, "shell.jobs", "S")
        with pytest.raises(Invalid, match="room"):
            accounts.set_key(uow, mara, "cut.list", "G", take=True)
        with pytest.raises(Invalid, match="always Esc"):
            accounts.set_key(uow, mara, "cut.nothing", "X")
        with pytest.raises(NotFound):
            accounts.set_key(uow, mara, "cut.dance", "X")


@pytest.mark.services
def test_the_letter_of_a_room_comes_after_g(mara: Actor) -> None:
    with unit_of_work() as uow:
        assert accounts.set_key(uow, mara, "shell.go-cut", "t").keys["shell.go-cut"] == ("G T",)
        with pytest.raises(Conflict, match="board"):
            accounts.set_key(uow, mara, "shell.go-cut", "G B")
        with pytest.raises(Invalid):
            accounts.set_key(uow, mara, "shell.go-cut", "Ctrl B")


@pytest.mark.services
def test_a_preset_takes_the_place_of_what_was_changed(mara: Actor) -> None:
    with unit_of_work() as uow:
        accounts.set_key(uow, mara, "cut.list", "Shift L")
        table = accounts.use_preset(uow, mara, "premiere")
        assert (table.preset, table.own, table.keys["cut.razor"], table.keys["cut.list"]) == (
            "premiere",
            (),
            ("C",),
            (),
        )
        assert table.keys["cut.trim"] == ("B", "N")
        none = accounts.set_key(uow, mara, "cut.razor", "")
        assert none.keys["cut.razor"] == ()
        assert accounts.reset_keys(uow, mara, "cut.razor").keys["cut.razor"] == ("C",)
        with pytest.raises(NotFound):
            accounts.use_preset(uow, mara, "wordstar")
