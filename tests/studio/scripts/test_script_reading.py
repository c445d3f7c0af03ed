"""Reading stored scripts as pages do, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import NotFound
from studio.providers.voice.casting import cast as cast_voice
from studio.scripts import fountain
from studio.scripts import service as scripts
from studio.scripts.service.reading import outline_of
from tests.factories.studio import Place, make_place, make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services
SAMPLE = Path(__file__).parents[3] / "assets" / "samples" / "the-last-ferry.fountain"
MARKED = """Title: Marked

# Act one

= Nobody sees this.

.THE **VAULT** - NIGHT #12A#

[[a note]]The _door_ opens. /* cut this */

!ACTION IN CAPITALS

@McKay (V.O.) ^
(quietly)
I *know*.

~La la la

> THE END <

> FADE OUT.
"""


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def bring_in(place: Place, data: bytes) -> str:
    with unit_of_work() as uow:
        return scripts.import_script(uow, place.actor, place.project_id, data=data, name="a.fountain").id


def test_a_scene_reads_as_printed_without_any_markup(place: Place) -> None:
    script_id = bring_in(place, MARKED.encode())
    with reading() as uow:
        page = scripts.read_scene(uow, place.actor, script_id, 0)
    assert [(e.kind, e.text) for e in page.elements] == [
        ("heading", "THE VAULT - NIGHT"),
        ("action", "The door opens."),
        ("action", "ACTION IN CAPITALS"),
        ("character", "McKay (V.O.)"),
        ("parenthetical", "(quietly)"),
        ("dialogue", "I know."),
        ("lyric", "La la la"),
        ("centered", "THE END"),
        ("transition", "FADE OUT."),
    ]
    assert (page.scene.number, page.scene.set_name, page.scene.time_of_day) == ("12A", "THE VAULT", "NIGHT")


def test_every_element_says_where_it_stands(place: Place) -> None:
    script_id = bring_in(place, SAMPLE.read_bytes())
    source = SAMPLE.read_text()
    with reading() as uow:
        pages = scripts.read_scenes(uow, place.actor, script_id, 0)
    elements = [e for page in pages for e in page.elements]
    assert len(pages) == 3
    assert all(source[e.start : e.end] == e.text.strip("()") for e in elements)
    assert [e.start for e in elements] == sorted(e.start for e in elements)


def test_at_most_twenty_scenes_are_read_at_once(place: Place) -> None:
    script_id = bring_in(place, "\n\n".join(f"INT. ROOM {i} - DAY\n\nA man." for i in range(30)).encode())
    with reading() as uow:
        assert len(scripts.read_scenes(uow, place.actor, script_id, 0, 1000)) == 20
        assert [p.scene.position for p in scripts.read_scenes(uow, place.actor, script_id, 28, 5)] == [28, 29]
        assert scripts.read_scenes(uow, place.actor, script_id, 99, 5) == ()
        with pytest.raises(NotFound):
            scripts.read_scene(uow, place.actor, script_id, 30)


def test_the_newest_script_is_the_latest_and_is_parsed_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading() as uow:
        assert scripts.latest_script(uow, place.actor, place.project_id) is None
    parsed: list[str] = []
    parse = fountain.parse

    def counting(text: str) -> object:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(fountain, "parse", counting)
    outline_of.cache_clear()
    fountain.remembered.cache_clear()
    bring_in(place, b"INT. OLD - DAY\n\nA man.\n")
    newest = bring_in(place, SAMPLE.read_bytes())
    for _ in range(2):
        with reading() as uow:
            found = scripts.latest_script(uow, place.actor, place.project_id)
            assert found is not None
            assert (found.id, len(found.scenes)) == (newest, 3)
            scripts.read_scenes(uow, place.actor, newest, 0)
    assert len(parsed) == 2


def test_cards_of_many_projects_take_one_query(place: Place) -> None:
    others = [make_place() for _ in range(4)]
    for each in others:
        bring_in(each, SAMPLE.read_bytes())
    ids = [p.project_id for p in (place, *others)]
    with reading() as uow, counted_queries() as sent:
        cards = scripts.latest_by_project(uow, ids)
    assert set(cards) == set(ids[1:])
    assert len(sent) == 1
    card = cards[ids[1]]
    assert (card.title, card.scenes, card.eighths, card.seconds) == ("The Last Ferry", 3, 14, 105.0)


def test_people_and_places_come_with_how_much_they_are_used(place: Place) -> None:
    bring_in(place, SAMPLE.read_bytes())

    class Caster:
        name = "test"
        cast = staticmethod(cast_voice)

    with reading() as uow:
        assert {p.voice for p in scripts.list_people(uow, place.actor, place.project_id)} == {None}
    with unit_of_work() as uow:
        voices = scripts.cast_voices(uow, place.actor, place.project_id, Caster())
    with reading() as uow:
        people = scripts.list_people(uow, place.actor, place.project_id)
        places = scripts.list_places(uow, place.actor, place.project_id)
    assert {p.name: p.voice for p in people} == {name: voice.id for name, voice in voices.items()}
    assert [p.lines for p in people] == sorted((p.lines for p in people), reverse=True)
    assert sum(p.lines for p in people) == 17
    assert ("HARBOUR PIER", 2) in [(p.name, p.scenes) for p in places]


def test_a_stranger_reads_nothing(place: Place) -> None:
    script_id = bring_in(place, SAMPLE.read_bytes())
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
        scene_id = scripts.list_scenes(uow, place.actor, script_id)[0].id

    def looks(uow: UnitOfWork, actor: Actor) -> None:
        for look in (
            lambda: scripts.get_card(uow, actor, script_id),
            lambda: scripts.list_scenes(uow, actor, script_id),
            lambda: scripts.get_scene(uow, actor, scene_id),
            lambda: scripts.read_scenes(uow, actor, script_id, 0),
            lambda: scripts.latest_script(uow, actor, place.project_id),
            lambda: scripts.list_people(uow, actor, place.project_id),
            lambda: scripts.list_places(uow, actor, place.project_id),
        ):
            with pytest.raises(NotFound):
                look()

    with reading() as uow:
        looks(uow, stranger)
