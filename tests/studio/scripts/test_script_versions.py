"""Versions kept while a script is written, scenes as raw text, line ends and encodings that stay, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound
from studio.scripts import service as scripts
from studio.scripts.models import Script, ScriptVersion
from studio.scripts.source import MAX_BYTES
from studio.scripts.views import SceneEdit
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = pytest.mark.services

TEXT = "Title: A Door\r\n\r\nINT. HALL - DAY\r\n\r\nA bird sings.\r\n\r\nBEN\r\nListen.\r\n\r\nEXT. YARD - DAY\r\n\r\nNobody.\r\n"


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def brought_in(place: Place, data: bytes = TEXT.encode()) -> str:
    with unit_of_work() as uow:
        return scripts.import_script(uow, place.actor, place.project_id, data=data, name="a.fountain").id


def written(place: Place, script_id: str, position: int, old: str, new: str) -> SceneEdit:
    with unit_of_work() as uow:
        scene = scripts.read_texts(uow, place.actor, script_id, position, 1)[0]
        assert old in scene.text
        return scripts.edit_scene(
            uow, place.actor, script_id, scene.scene.id, text=scene.text.replace(old, new), revision=scene.revision
        )


def exported(place: Place, script_id: str) -> bytes:
    with reading() as uow:
        return scripts.export_script(uow, place.actor, script_id).data


def pass_minutes(minutes: int) -> None:
    """Make every version so much older."""
    with unit_of_work() as uow:
        for version in uow.session.query(ScriptVersion):
            version.created_at = clock.now() - timedelta(minutes=minutes)


def versions(place: Place, script_id: str) -> list[str]:
    with reading() as uow:
        return [v.origin for v in scripts.list_versions(uow, place.actor, script_id).items]


def test_line_ends_stay_and_only_what_was_written_changes(place: Place) -> None:
    script_id = brought_in(place)
    written(place, script_id, 0, "A bird sings.", "A bird sings.\n\nThen another.")
    assert exported(place, script_id) == TEXT.replace("sings.", "sings.\r\n\r\nThen another.").encode()


def test_a_scene_saved_as_it_is_changes_nothing(place: Place) -> None:
    script_id = brought_in(place)
    edit = written(place, script_id, 0, "A bird", "A bird")
    assert (edit.change, edit.text.revision) == (None, 1)
    assert exported(place, script_id) == TEXT.encode()


def test_a_letter_the_encoding_lacks_makes_the_script_utf_8(place: Place) -> None:
    script_id = brought_in(place)
    with unit_of_work() as uow:
        script = uow.session.get(Script, script_id)
        assert script is not None
        script.encoding = "cp1252"
    written(place, script_id, 0, "A bird", "Řehoř")
    assert "Řehoř sings." in exported(place, script_id).decode()


def test_a_version_is_kept_after_ten_quiet_minutes_and_not_before(place: Place) -> None:
    script_id = brought_in(place)
    assert written(place, script_id, 0, "bird", "gull").version_id is None
    assert written(place, script_id, 0, "gull", "crow").version_id is None
    pass_minutes(11)
    assert written(place, script_id, 0, "crow", "wren").version_id is not None
    assert written(place, script_id, 0, "wren", "owl").version_id is None
    assert versions(place, script_id) == ["edit", "import"]


def test_unnamed_versions_of_edits_are_thinned_and_others_stay(place: Place) -> None:
    script_id = brought_in(place)
    with unit_of_work() as uow:
        script = uow.session.get(Script, script_id)
        assert script is not None
        first = scripts.keep(uow, script, place.actor, "edit", "the first").id
        for _ in range(104):
            scripts.keep(uow, script, place.actor, "edit")
    with reading() as uow:
        assert uow.session.query(ScriptVersion).count() == 102
        assert uow.session.get(ScriptVersion, first) is not None
        page = scripts.list_versions(uow, place.actor, script_id, page=2, limit=100)
        assert (len(page.items), page.total) == (2, 102)


def test_what_changed_since_a_version_is_shown_word_by_word(place: Place) -> None:
    script_id = brought_in(place)
    with unit_of_work() as uow:
        script = uow.session.get(Script, script_id)
        assert script is not None
        version = scripts.keep(uow, script, place.actor, "edit").id
    written(place, script_id, 0, "A bird sings.", "A bird sings softly.")
    with reading() as uow:
        one, two = scripts.diff_versions(uow, place.actor, script_id, version)
        with pytest.raises(NotFound):
            scripts.diff_versions(uow, make_stranger(uow), script_id, version)
    assert (one.fate, two.fate) == ("edited", "kept")
    assert [r.text for r in one.runs if r.kind == "added"] == [" softly"]
    assert "".join(r.text for r in one.runs if r.kind != "added") == TEXT[15 : TEXT.index("EXT.")]


def test_a_version_is_named_by_who_may_write(place: Place) -> None:
    script_id = brought_in(place)
    with unit_of_work() as uow:
        script = uow.session.get(Script, script_id)
        assert script is not None
        version = scripts.keep(uow, script, place.actor, "edit").id
        assert scripts.name_version(uow, place.actor, version, "  The blue\ndraft ").name == "The blue draft"
        with pytest.raises(Invalid):
            scripts.name_version(uow, place.actor, version, "x" * 201)
        with pytest.raises(NotFound):
            scripts.name_version(uow, make_stranger(uow), version, "mine")


def test_text_that_cannot_be_kept_is_refused(place: Place) -> None:
    script_id = brought_in(place)
    with pytest.raises(Invalid):
        written(place, script_id, 0, "A bird", "A \0 bird")
    with pytest.raises(Invalid):
        written(place, script_id, 0, "A bird", "A \ud800 bird")
    with pytest.raises(LimitReached):
        written(place, script_id, 0, "A bird", "x" * MAX_BYTES)
    with pytest.raises(Invalid), unit_of_work() as uow:
        scripts.add_scene(uow, place.actor, script_id, after=0, heading=" - ")
    assert exported(place, script_id) == TEXT.encode()


def test_a_doubtful_scene_of_a_draft_is_cut_when_a_person_says_so(place: Place) -> None:
    was = "A bird sings.\r\n\r\nBEN\r\nListen."
    bird = "A bird sings on the lamp, twice, then thinks better of it and leaves by the open door."
    rain = "Rain hammers each window. Nobody comes. Dust, boxes, rope; some old clock ticks. Mice run along dark walls."
    draft = TEXT.replace(was, rain)
    script_id = brought_in(place, TEXT.replace(was, f"{bird}\r\n\r\nBEN\r\nListen.").encode())
    with reading() as uow:
        plan = scripts.plan_merge(uow, place.actor, script_id, draft)
    assert [(c.was_heading, c.heading) for c in plan.conflicts] == [("INT. HALL - DAY", "INT. HALL - DAY")]
    with pytest.raises(Invalid), unit_of_work() as uow:
        scripts.apply_merge(uow, place.actor, script_id, draft, {"x:0": "same"}, expected_revision=plan.revision)
    with unit_of_work() as uow:
        scripts.apply_merge(
            uow, place.actor, script_id, draft, {plan.conflicts[0].id: "apart"}, expected_revision=plan.revision
        )
    with reading() as uow:
        assert [s.text.split()[1] for s in scripts.list_drawer(uow, place.actor, script_id)] == ["HALL"]
        assert "A bird sings on" in scripts.list_drawer(uow, place.actor, script_id)[0].text
        assert exported(place, script_id) == draft.encode()


def test_a_scene_of_another_script_is_no_scene_of_this_one(place: Place) -> None:
    one, other = brought_in(place), brought_in(place)
    with reading() as uow:
        scene = scripts.read_texts(uow, place.actor, other, 0, 1)[0]
    with pytest.raises(NotFound), unit_of_work() as uow:
        scripts.edit_scene(uow, place.actor, one, scene.scene.id, text="INT. X - DAY", revision=1)
    with pytest.raises(NotFound), unit_of_work() as uow:
        scripts.restore_scene(uow, place.actor, one, scene.scene.id, to=0)
    with pytest.raises(NotFound), unit_of_work() as uow:
        scripts.cut_scene(uow, place.actor, one, scene.scene.id)


def test_an_older_text_without_its_base_is_never_written_over(place: Place) -> None:
    script_id = brought_in(place)
    written(place, script_id, 0, "bird", "gull")
    with reading() as uow:
        scene = scripts.read_texts(uow, place.actor, script_id, 0, 1)[0]
    with pytest.raises(Conflict) as refused, unit_of_work() as uow:
        scripts.edit_scene(uow, place.actor, script_id, scene.scene.id, text="INT. HALL - DAY\n\nMine.", revision=1)
    assert isinstance(refused.value, scripts.SceneChanged)
    assert "gull" in refused.value.theirs
