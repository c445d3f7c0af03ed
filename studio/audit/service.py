"""Use cases of audit: write an entry, read a project's history, look over its chain."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.audit import repository
from studio.audit.chain import FIELDS, GENESIS, as_kept, entry_hash
from studio.audit.models import AuditEntry
from studio.audit.views import EntryMark, EntryPage, EntryRecord, EntryView, Verified
from studio.core import clock, events
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.projects.events import ProjectEdited

_MOST = 100
_LONGEST_LABEL = 200


def append(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    *,
    entity: str,
    entity_id: str,
    action: str,
    label: str,
    before: dict[str, Any],
    after: dict[str, Any],
    inverse: dict[str, Any],
    reverses: int | None = None,
) -> int:
    """Write down a change in the transaction that makes it; the entry's `seq`.

    The caller has checked that the actor may, and has marked the project as changed before looking at it: that keeps every
    other change of the project waiting, so that the chain has no forks. While something is being undone (`undoing`), the
    entry says that.
    """
    if uow.undoing and reverses is None:
        (reverses, label), action = uow.undoing, "undo"
    last = repository.find_last(uow, project_id)
    fields: dict[str, Any] = {
        "project_id": project_id,
        "seq": last.seq + 1 if last else 1,
        "actor_id": actor.user_id,
        "entity": entity,
        "entity_id": entity_id,
        "action": action,
        "label": label[:_LONGEST_LABEL],
        "before": as_kept(before),
        "after": as_kept(after),
        "inverse": as_kept(inverse),
    }
    at = clock.now()
    prev = last.hash if last else GENESIS
    hashed = entry_hash(fields, at=at, reverses=reverses, prev_hash=prev)
    uow.session.add(AuditEntry(**fields, created_at=at, reverses=reverses, prev_hash=prev, hash=hashed))
    uow.session.flush()
    return int(fields["seq"])


@contextmanager
def undoing(uow: UnitOfWork, entry: EntryRecord) -> Generator[None]:
    """What is written down within undoes this entry."""
    uow.undoing = (entry.seq, entry.label)
    try:
        yield
        uow.settle()
    finally:
        uow.undoing = None


def last_seq(uow: UnitOfWork, project_id: str) -> int:
    """The `seq` of a project's newest entry; 0 before the first. The caller has checked who asks."""
    last = repository.find_last(uow, project_id)
    return last.seq if last else 0


def list_entries(
    uow: UnitOfWork, actor: Actor, project_id: str, *, entity_id: str | None = None, page: int = 1, limit: int = 20
) -> EntryPage:
    """A page (at most 100) of a project's history, or of one thing in it, newest first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    limit = max(1, min(limit, _MOST))
    rows, total = repository.list_page(uow, project_id, entity_id, offset=(max(1, page) - 1) * limit, limit=limit)
    people = accounts.list_people(uow, {row.actor_id for row in rows})
    return EntryPage(
        tuple(
            EntryView(
                seq=row.seq,
                at=row.created_at,
                actor_id=row.actor_id,
                by=people[row.actor_id].display_name if row.actor_id in people else "Somebody",
                entity=row.entity,
                entity_id=row.entity_id,
                action=row.action,
                label=row.label,
                reverses=row.reverses,
            )
            for row in rows
        ),
        total,
    )


def newest_of(uow: UnitOfWork, entity: str, entity_id: str, *, limit: int) -> tuple[EntryMark, ...]:
    """The newest acts on one thing, newest first. The caller has checked who asks."""
    return tuple(EntryMark(*row) for row in repository.list_marks(uow, entity, entity_id, limit=limit))


def newest_in(uow: UnitOfWork, project_id: str, *, limit: int) -> tuple[EntryMark, ...]:
    """The newest acts in a project, newest first. The caller has checked who asks."""
    return tuple(EntryMark(*row) for row in repository.list_marks_in(uow, project_id, limit=limit))


def find_record(uow: UnitOfWork, project_id: str, seq: int) -> EntryRecord | None:
    """One entry of a project with what it changed. The caller has checked who asks."""
    entry = repository.find_entry(uow, project_id, seq)
    return _record(entry) if entry else None


def records_after(uow: UnitOfWork, record: EntryRecord) -> tuple[EntryRecord, ...]:
    """What changed of the same thing since an entry, in order. The caller has checked who asks."""
    return tuple(_record(e) for e in repository.list_after(uow, record.entity, record.entity_id, record.seq))


def records_of(uow: UnitOfWork, entity_id: str, seqs: Collection[int]) -> dict[int, EntryRecord]:
    """What some acts on one thing changed, by their `seq`. The caller has checked who asks."""
    return {e.seq: _record(e) for e in repository.list_by_seq(uow, entity_id, sorted(seqs))}


def changes_since(uow: UnitOfWork, entity: str, entity_id: str, at: datetime, *, limit: int) -> tuple[EntryRecord, ...]:
    """The changes of one thing after a moment, newest first. The caller has checked who asks."""
    return tuple(_record(entry) for entry in repository.list_since(uow, entity, entity_id, at, limit=limit))


def verify(uow: UnitOfWork, project_id: str) -> Verified:
    """Look over a project's whole chain, as whoever has the data folder at hand may; the first entry that is wrong is named."""
    count, head = 0, GENESIS
    for entry in repository.each_entry(uow, project_id):
        if entry.seq != count + 1:
            return Verified(count, head, count + 1, f"Entry {count + 1} is missing.")
        if entry.prev_hash != head:
            return Verified(count, head, entry.seq, f"Entry {entry.seq} does not follow the one before it.")
        fields = {name: getattr(entry, name) for name in FIELDS}
        if entry_hash(fields, at=entry.created_at, reverses=entry.reverses, prev_hash=head) != entry.hash:
            return Verified(count, head, entry.seq, f"Entry {entry.seq} is not as it was written.")
        count, head = entry.seq, entry.hash
    return Verified(count, head, None, "")


def _record(e: AuditEntry) -> EntryRecord:
    told = (e.seq, e.created_at, e.actor_id, e.action, e.label, e.before, e.after, e.reverses)
    return EntryRecord(*told, entity=e.entity, entity_id=e.entity_id)


def write_down(uow: UnitOfWork, happened: ProjectEdited) -> None:
    """Put a change of a project itself into its history, in the transaction that makes it."""
    append(
        uow,
        accounts.actor_of(uow, happened.actor_id),
        happened.project_id,
        entity="project",
        entity_id=happened.project_id,
        action=happened.action,
        label=happened.label,
        before=happened.before,
        after=happened.after,
        inverse={"act": "put_back"},
    )


events.attend(ProjectEdited, write_down)
