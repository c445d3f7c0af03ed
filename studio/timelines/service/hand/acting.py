"""One act on a cut by hand: nobody else acts on it meanwhile, and what it came to is written down with the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.editing import Edit, from_json, to_json
from studio.engine.editing.patch import Patch, difference, patched, rest_of
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, from_document
from studio.engine.timeline.reach import Available
from studio.media import service as media
from studio.projects import service as projects
from studio.timelines import journal, repository
from studio.timelines.asked import media_in
from studio.timelines.edits import difference as by_clip
from studio.timelines.models import TimelineEditRow, TimelineRow
from studio.timelines.service import documents
from studio.timelines.views import ClipChange, Place, TimelineEdit

WHOLE_EVERY = 200
"""Acts after which a document is kept whole, so that going back is never far."""

_NO_LONGER = 300


class Acting:
    """A cut by hand and what is done to it now. A `trial` keeps nobody waiting, and keeps nothing."""

    def __init__(self, uow: UnitOfWork, actor: Actor, timeline_id: str, *, trial: bool = False) -> None:
        """Raises: NotFound, Forbidden, Conflict (code "not_by_hand": it follows its board, or is a film's own copy)."""
        self.uow, self.actor, self.trial = uow, actor, trial
        self.row = repository.get_head(uow, timeline_id)
        projects.editable_project(uow, actor, self.row.project_id)
        if self.row.status != repository.EDIT:
            raise Conflict(_NOT_BY_HAND.get(self.row.status, _NOT_BY_HAND[repository.KEPT]), code="not_by_hand")
        if not trial:
            projects.mark_changed(uow, actor, self.row.project_id, "cut")
            uow.session.refresh(self.row)
            repository.get_head(uow, timeline_id)
        self.timeline = documents.timeline_of(uow, self.row)
        self._base: tuple[dict[str, Any] | None] | None = None

    def merged_with(self, base: dict[str, Any] | None) -> None:
        """Say what the cut was last merged with, after this act."""
        self._base = (base,)

    def available(self, *held: Any) -> Available:
        """How long all media is that the cut and these edits name."""
        hashes = {sha256 for sha256, _ in media_in((self.timeline, *held))}
        return available(self.uow, self.row.project_id, hashes, self.timeline.rate)

    def keep(
        self, after: Timeline, *, kind: str, label: str, edit: dict[str, Any], of: int | None = None
    ) -> TimelineEdit:
        """Make this the cut, and write down how it came about; where nothing is different, nothing is written."""
        before, row = self.timeline, self.row
        patch = difference(before, after)
        revision, new = row.revision, patch != Patch()
        if self._base is not None and self._base[0] != row.base and not self.trial:
            edit = {**edit, "base": row.base}
            row.base = self._base[0]
            self.uow.session.add(row)
        if new and not self.trial:
            self._write(after, patch, kind=kind, label=label, edit=edit, of=of)
        return TimelineEdit(
            timeline_id=row.id,
            revision=row.revision,
            from_revision=revision,
            patch=plain(patch),
            label=label,
            frames_before=before.frames,
            frames=after.frames,
            changes=changes_of(before, after),
            seq=row.revision if new and not self.trial else None,
            kept=not self.trial,
        )

    def made(self, key: str, *, after: int) -> TimelineEdit | None:
        """What an act of the actor came to that was sent with this key and led to a revision after this one; None without."""
        found = journal.find_sent(self.uow, self.row.id, self.actor.user_id, key, after=after)
        if found is None:
            return None
        then = state_at(self.uow, self.row, self.timeline, found.revision)
        before = patched(then, patch_from(found.inverse))
        return TimelineEdit(
            timeline_id=self.row.id,
            revision=found.revision,
            from_revision=found.revision - 1,
            patch=found.patch,
            label=found.label,
            frames_before=before.frames,
            frames=then.frames,
            changes=changes_of(before, then),
            seq=found.revision,
            kept=True,
        )

    def _write(
        self, after: Timeline, patch: Patch, *, kind: str, label: str, edit: dict[str, Any], of: int | None
    ) -> None:
        row = self.row
        row.revision += 1
        row.frames, row.changed_at = after.frames, clock.now()
        documents.write(self.uow, row, after)
        row.name, row.width, row.height = after.name[:_NO_LONGER], after.width, after.height
        act = TimelineEditRow(
            timeline_id=row.id,
            revision=row.revision,
            actor_id=self.actor.user_id,
            kind=kind,
            label=label[:200],
            edit=edit,
            patch=plain(patch),
            inverse=plain(difference(after, self.timeline)),
            of=of,
            document=row.document if row.revision % WHOLE_EVERY == 0 else None,
        )
        self.uow.session.add(row)
        self.uow.session.add(act)
        self.uow.session.flush()


def plain(patch: Patch) -> dict[str, Any]:
    """A patch as it is stored and sent."""
    return to_json(Edit("patch", {"patch": patch}))["patch"]


def patch_from(stored: dict[str, Any]) -> Patch:
    """A patch from its stored form. Raises: Invalid."""
    return from_json({"op": "patch", "patch": stored}).fields["patch"]


def state_at(uow: UnitOfWork, row: TimelineRow, now: Timeline, revision: int) -> Timeline:
    """A cut by hand as it was at a revision: from the next document kept whole, or from `now`, step by step back.

    Raises:
        NotFound: there was no such revision.
    """
    if not 1 <= revision <= row.revision:
        raise NotFound("This cut has no such revision.")
    if revision == row.revision:
        return now
    whole = journal.find_whole(uow, row.id, revision)
    start, timeline = (whole[0], from_document(whole[1])) if whole else (row.revision, now)
    for stored in journal.list_ways_back(uow, row.id, revision, start):
        timeline = patched(timeline, patch_from(stored))
    return timeline


def available(uow: UnitOfWork, project_id: str, hashes: Iterable[str], rate: Rate) -> Available:
    """How many frames these media have at a rate, None for stills; of what nobody has read yet nothing is said."""
    wanted = sorted(hashes)
    found: dict[str, int | None] = {
        sha256: None if facts.kind == "still" else facts.lasting(rate)
        for sha256, facts in media.facts_of(uow, wanted).items()
    }
    files = media.files_of(uow, project_id, [each for each in wanted if each not in found])
    found |= {sha256: None for sha256, file in files.items() if file.mime.startswith("image/")}
    return found


def refuse_foreign(uow: UnitOfWork, project_id: str, held: Any, known: Timeline) -> None:
    """Refuse media that is not the project's; what is in the cut already may stay in it. Raises: Invalid."""
    named = dict(media_in(held))
    there = {sha256 for sha256, _ in media_in(known)} if named else set[str]()
    new = {sha256: name for sha256, name in named.items() if sha256 not in there}
    missing = new.keys() - media.sizes_of(uow, project_id, sorted(new)).keys()
    if missing:
        name = new[min(missing)]
        raise Invalid(
            f"The file of {name or 'a clip'} is not in this project. Add it to the project first.",
            field="media",
            code="not_in_project",
        )


def changes_of(before: Timeline, after: Timeline) -> tuple[ClipChange, ...]:
    """What became of each clip; those that were only pushed along are left out."""
    before, after = _touched(before, after)
    told = by_clip(before, after)
    known = {change.clip for change in told}
    was = {clip.id: (track.id, clip) for track in before.tracks for clip in track.clips}
    more, rest = list[ClipChange](), rest_of(Clip)
    for track in after.tracks:
        for clip in track.clips:
            if clip.id in known or clip.id not in was:
                continue
            home, old = was[clip.id]
            if old is clip:
                continue
            if home != track.id:
                more.append(ClipChange(clip.id, clip.name, "moved", _place(old), _place(clip)))
            elif rest(old) != rest(clip):
                more.append(ClipChange(clip.id, clip.name, "changed", _place(old), _place(clip)))
    return told + tuple(more)


def _touched(before: Timeline, after: Timeline) -> tuple[Timeline, Timeline]:
    """Both without the tracks that are the very same in them, if those stand in the same order."""
    was, now = ([id(track) for track in each.tracks] for each in (before, after))
    same = {*was} & {*now}
    if [each for each in was if each in same] != [each for each in now if each in same]:
        return before, after
    first, second = (
        replace(each, tracks=tuple(track for track in each.tracks if id(track) not in same)) for each in (before, after)
    )
    return first, second


def names_of(uow: UnitOfWork, user_ids: Iterable[str]) -> dict[str, str]:
    """What people are called, by their ids."""
    return {user_id: user.display_name for user_id, user in accounts.list_people(uow, set(user_ids)).items()}


def told_since(uow: UnitOfWork, timeline_id: str, revision: int, most: int = 5, *, before: int | None = None) -> str:
    """Who did what since a revision, and before another one, the newest first: "Ben: trim 2B; Mara: mute Music"."""
    marks = journal.list_marks(uow, timeline_id, limit=most, after=revision, before=before)
    people = names_of(uow, {mark[1] for mark in marks})
    undone = {"undo": "undid ", "redo": "did again: "}
    return "; ".join(f"{people.get(mark[1], 'Somebody')}: {undone.get(mark[2], '')}{mark[3]}" for mark in marks)


def _place(clip: Clip) -> Place:
    return Place(clip.start, clip.frames)


_NOT_BY_HAND = {
    repository.LIVE: "This cut follows its board and is edited with it. Make a cut by hand of it to edit it for itself.",
    repository.KEPT: "This is a film's own copy of the cut and stays as it was filmed. Edit the cut it was made of.",
}
