"""Scripts in a project, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, NotFound
from studio.projects.models import Member
from studio.providers.voice.casting import cast as cast_voice
from studio.scripts import service as scripts
from studio.scripts.models import Character, Scene, Script
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = pytest.mark.services
SAMPLE = Path(__file__).parents[3] / "assets" / "samples" / "the-last-ferry.fountain"


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def bring_in(place: Place, data: bytes, name: str = "a.fountain") -> str:
    with unit_of_work() as uow:
        return scripts.import_script(uow, place.actor, place.project_id, data=data, name=name).id


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.read_bytes(),
        b"\xef\xbb\xbfINT. A - DAY\r\n\r\n\xc3\x89LODIE\r\nBonjour.\r\n",
        "INT. ДОМ - НОЧЬ\n\nОЛЬГА\nДа.\n".encode("utf-16"),
        b"just words\rand more\n\n",
    ],
)
def test_what_comes_in_goes_out_byte_for_byte(place: Place, data: bytes) -> None:
    script_id = bring_in(place, data)
    with reading() as uow:
        assert scripts.export_script(uow, place.actor, script_id).data == data


def test_the_sample_has_three_scenes_and_two_people(place: Place) -> None:
    script_id = bring_in(place, SAMPLE.read_bytes())
    with reading() as uow:
        detail = scripts.get_script(uow, place.actor, script_id)
    assert (detail.title, len(detail.scenes), detail.characters) == ("The Last Ferry", 3, ("MARA", "BEN"))


def test_a_refused_script_leaves_nothing_behind(place: Place) -> None:
    for data in (b"", b"%PDF-1.4", b"Title: Only\nAuthor: Me\n"):
        with pytest.raises(Invalid):
            bring_in(place, data)
    with reading() as uow:
        assert [uow.session.query(t).count() for t in (Script, Scene, Character)] == [0, 0, 0]


def test_a_person_is_kept_across_the_scripts_of_a_project(place: Place) -> None:
    for _ in range(2):
        bring_in(place, SAMPLE.read_bytes())
    with reading() as uow:
        assert sorted(c.name for c in uow.session.query(Character)) == ["BEN", "MARA"]


def test_everybody_gets_a_voice_of_their_own_and_keeps_it(place: Place) -> None:
    bring_in(place, SAMPLE.read_bytes())

    class Caster:
        name = "test"
        cast = staticmethod(cast_voice)

    def cast() -> dict[str, str]:
        with unit_of_work() as uow:
            voices = scripts.cast_voices(uow, place.actor, place.project_id, Caster())
            return {name: voice.id for name, voice in voices.items()}

    first = cast()
    assert first["MARA"] != first["BEN"]
    assert cast() == first


def test_a_stranger_sees_no_script_and_a_viewer_changes_none(place: Place) -> None:
    script_id = bring_in(place, SAMPLE.read_bytes())
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow, pytest.raises(NotFound):
        scripts.get_script(uow, stranger, script_id)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=place.project_id, user_id=stranger.user_id, role="viewer"))
    with reading() as uow:
        assert scripts.get_script(uow, stranger, script_id).id == script_id
    with pytest.raises(Forbidden), unit_of_work() as uow:
        scripts.import_script(uow, stranger, place.project_id, data=b"INT. A - DAY\n\nB.\n", name="b.txt")
