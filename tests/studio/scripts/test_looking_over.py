"""A file looked over: counts, paragraphs, other types by hand, and what is kept of it."""

from __future__ import annotations

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.core.storage import media_key, storage
from studio.media.models import Media
from studio.scripts import service as scripts
from studio.scripts.elements import Kind
from studio.scripts.models import Script, ScriptImport
from studio.scripts.views import ImportView
from studio.thread import service as thread
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]

FDX = b"""<?xml version="1.0" encoding="UTF-8"?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Type="Scene Heading" Number="7"><Text>INT. KITCHEN - DAY</Text></Paragraph>
<Paragraph Type="Action"><Text>Mara pours the tea.</Text></Paragraph>
<Paragraph Type="Action"><Text>MARA</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Sit </Text><Text>down.</Text></Paragraph>
</Content></FinalDraft>
"""
WORDS = b"Title: The Tea\r\n\r\nINT. KITCHEN - DAY\r\n\r\nMara pours.\r\n\r\nMARA\r\nSit down.\r\n"


def begun(place: Place, data: bytes, name: str, project_id: str | None = None) -> ImportView:
    return scripts.begin_import(place.actor, data=data, name=name, project_id=project_id)


def test_a_final_draft_file_is_looked_over_retagged_and_kept_with_the_file_itself() -> None:
    place = make_place()
    seen = begun(place, FDX, "tea.fdx", place.project_id)
    assert (seen.format, seen.scenes, seen.paragraphs, seen.project_id) == ("fdx", 1, 4, place.project_id)
    before = seen.cues
    with unit_of_work() as uow:
        after = scripts.retag(uow, place.actor, seen.id, {2: Kind.CHARACTER})
    assert (before, after.cues, after.characters) == (0, 1, ("MARA",))
    with reading() as uow:
        lines, total = scripts.list_paragraphs(uow, place.actor, seen.id, limit=3)
    assert total == 4
    assert [(p.index, p.kind, p.text, p.number) for p in lines] == [
        (0, Kind.SCENE_HEADING, "INT. KITCHEN - DAY", "7"),
        (1, Kind.ACTION, "Mara pours the tea.", ""),
        (2, Kind.CHARACTER, "MARA", ""),
    ]
    started = thread.finish_import(place.actor, seen.id)
    assert started.project_id == place.project_id
    with reading() as uow:
        script = uow.session.get_one(Script, started.script_id)
        original = uow.session.query(Media).filter(Media.sha256 == script.original_sha256).one()
        assert (script.format, original.name) == ("fdx", "tea.fdx")
        assert storage().fetch(media_key(original.sha256)).read_bytes() == FDX
        assert "MARA\nSit down." in script.source
        with pytest.raises(NotFound):
            scripts.get_import(uow, place.actor, seen.id)


def test_fountain_that_nobody_retagged_is_kept_byte_for_byte() -> None:
    place = make_place()
    started = thread.finish_import(place.actor, begun(place, WORDS, "tea.fountain").id, title="Another name")
    with reading() as uow:
        assert scripts.export_script(uow, place.actor, started.script_id).data == WORDS
        assert thread.get_card(uow, place.actor, started.project_id).name == "Another name"


def test_an_import_is_its_uploaders_alone() -> None:
    place = make_place()
    seen = begun(place, WORDS, "tea.fountain", place.project_id)
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with reading() as uow, pytest.raises(NotFound):
        scripts.get_import(uow, other, seen.id)
    with unit_of_work() as uow, pytest.raises(NotFound):
        scripts.retag(uow, other, seen.id, {0: Kind.ACTION})
    with pytest.raises(NotFound):
        thread.finish_import(other, seen.id)
    with pytest.raises(NotFound):
        begun(Place(other, place.project_id), WORDS, "tea.fountain", place.project_id)


@pytest.mark.parametrize(
    "changes", [{9: Kind.ACTION}, {-1: Kind.ACTION}, {1: Kind.BLANK}, dict.fromkeys(range(4), Kind.BONEYARD)]
)
def test_a_type_that_cannot_be_changes_nothing(changes: dict[int, Kind]) -> None:
    place = make_place()
    seen = begun(place, FDX, "tea.fdx")
    with unit_of_work() as uow, pytest.raises(Invalid):
        scripts.retag(uow, place.actor, seen.id, changes)
    with reading() as uow:
        assert scripts.get_import(uow, place.actor, seen.id) == seen


def test_a_project_with_a_script_merges_the_next_draft() -> None:
    place = make_place()
    thread.finish_import(place.actor, begun(place, WORDS, "one.fountain", place.project_id).id)
    longer = WORDS + b"\r\nEXT. GARDEN - NIGHT\r\n\r\nRain.\r\n"
    seen = begun(place, longer, "two.fountain", place.project_id)
    with pytest.raises(Conflict, match="has a script already"):
        thread.finish_import(place.actor, seen.id)
    with reading() as uow:
        plan = thread.plan_import(uow, place.actor, seen.id)
    assert [s.fate for s in plan.scenes] == ["kept", "new"]
    script_id = thread.merge_import(place.actor, seen.id, {}, expected_revision=plan.revision)
    with reading() as uow:
        assert [s.heading for s in scripts.list_scenes(uow, place.actor, script_id)] == [
            "INT. KITCHEN - DAY",
            "EXT. GARDEN - NIGHT",
        ]
        assert scripts.export_script(uow, place.actor, script_id).data == longer


def test_what_is_refused_leaves_nothing() -> None:
    place = make_place()
    for data, name in ((b"", "a.fountain"), (b"%PDF-1.4 broken", "a.pdf"), (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a.fdx")):
        with pytest.raises(Invalid):
            begun(place, data, name)
    with reading() as uow:
        assert uow.session.query(ScriptImport).count() == 0
