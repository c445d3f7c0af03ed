"""The chain: what is written is found again in order, and whoever edits a row is found out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.audit.models import AuditEntry
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import NotFound
from studio.projects import service as projects
from tests.factories.studio import make_place, make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def written(database: str) -> tuple[Actor, str]:
    """A project with 230 entries: more than are read at once."""
    place = make_place()
    with unit_of_work() as uow:
        projects.mark_changed(uow, place.actor, place.project_id)
        for i in range(230):
            audit.append(
                uow,
                place.actor,
                place.project_id,
                entity="board",
                entity_id="b" * 36 if i % 2 else "a" * 36,
                action="change",
                label=f"lens of {i}",
                before={"lens": i / 7, "words": "é\ud83d\ude00"},
                after={"lens": None},
                inverse={"act": "put_back"},
            )
    return place.actor, place.project_id


def test_a_chain_as_it_was_written_is_whole(written: tuple[Actor, str]) -> None:
    with reading() as uow:
        found = audit.verify(uow, written[1])
    assert (found.entries, found.broken, len(found.head)) == (230, None, 64)


class Seen(Exception):
    """Nothing of what was broken is kept."""


def test_an_entry_changed_or_removed_behind_our_back_is_named(written: tuple[Actor, str]) -> None:
    fifth = col(AuditEntry.seq) == 5
    for broken in (
        update(AuditEntry).where(fifth).values(label="nothing"),
        update(AuditEntry).where(fifth).values(before={"lens": 1}),
        update(AuditEntry).where(fifth).values(reverses=1),
        update(AuditEntry).where(fifth).values(prev_hash="0" * 64),
        delete(AuditEntry).where(fifth),
    ):
        with suppress(Seen), unit_of_work() as uow:
            uow.session.execute(broken)
            found = audit.verify(uow, written[1])
            assert (found.broken, found.entries, "5" in found.why) == (5, 4, True), broken
            raise Seen


def test_a_history_is_read_newest_first_by_whoever_may_see_the_project(written: tuple[Actor, str]) -> None:
    actor, project_id = written

    def listed(uow: UnitOfWork, **asked: object) -> list[int]:
        return [e.seq for e in audit.list_entries(uow, actor, project_id, **asked).items]

    with reading() as uow:
        assert listed(uow, limit=3) == [230, 229, 228]
        assert listed(uow, page=2, limit=2) == [228, 227]
        assert listed(uow, entity_id="a" * 36, limit=2) == [229, 227]
        page = audit.list_entries(uow, actor, project_id, entity_id="a" * 36)
        assert (page.total, page.items[0].label, bool(page.items[0].by)) == (115, "lens of 228", True)
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound), reading() as uow:
        audit.list_entries(uow, other, project_id)
