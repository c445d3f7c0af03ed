"""Editing a cut: every edit is an act on its board, in the history of that and undone there; what it came to is told by clip."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound
from studio.engine.timeline import Clip, Timeline, from_document
from studio.projects import service as projects
from studio.storyboards import service as storyboards
from studio.storyboards.service.acts.acting import ROWS, Acting
from studio.storyboards.views import BoardEdit, ShotFields
from studio.timelines import repository
from studio.timelines.by_hand import hand_document, hand_from, with_setting
from studio.timelines.edits import Delete, Edit, FollowVoice, Gain, Move, Split, Trim, difference
from studio.timelines.models import TimelineRow
from studio.timelines.views import CutEdit

MOST_EDITS = 100
SOFTEST_DB, LOUDEST_DB = -60.0, 12.0
_SHOT = "shot:"
_TOLD = 5

ROWS["cut"] = repository.timelines_by_id


def edit_cut(
    uow: UnitOfWork,
    actor: Actor,
    timeline_id: str,
    edits: Sequence[Edit],
    *,
    revision: int,
    dry_run: bool = False,
) -> CutEdit:
    """Make edits of a cut, all or none, as one saw it at `revision`; with `dry_run` only to see what they would come to.

    Raises:
        Conflict: it has changed since that revision (code "cut_changed"); the message says what.
        Conflict: this is the copy kept of a film.
        Invalid, LimitReached: an edit does not fit, or there are none or more than 100.
        NotFound, Forbidden: there is no such clip, or the actor may not change the project.
    """
    row = repository.get_timeline(uow, timeline_id)
    projects.editable_project(uow, actor, row.project_id)
    if row.status != repository.LIVE or row.script_id is None:
        raise Conflict("This is a film's own copy of the cut and stays as it was filmed. Edit the cut of the script.")
    if not edits:
        raise Invalid("There is nothing to be done in this.", field="edits")
    if len(edits) > MOST_EDITS:
        raise LimitReached(f"At most {MOST_EDITS} edits are made at once. Send fewer.")
    projects.mark_changed(uow, actor, row.project_id, "cut")
    uow.session.refresh(row)
    if row.revision != revision:
        raise Conflict(_changed(uow, actor, row, revision), code="cut_changed")
    if not dry_run:
        return _edited(uow, actor, row, edits, kept=True)
    with uow.trial():
        return _edited(uow, actor, row, edits, kept=False)


def _edited(uow: UnitOfWork, actor: Actor, row: TimelineRow, edits: Sequence[Edit], *, kept: bool) -> CutEdit:
    before = from_document(row.document)
    acts = _Acts(uow, actor, row, before)
    done = [acts.do(edit) for edit in edits]
    uow.settle()
    after = from_document(row.document)
    return CutEdit(
        timeline_id=row.id,
        revision=row.revision,
        frames_before=before.frames,
        frames=after.frames,
        changes=difference(before, after),
        labels=tuple(act.label for act in done),
        seqs=tuple(act.seq for act in done if kept and act.seq is not None),
        kept=kept,
    )


class _Acts:
    """The acts on a board that edits of its cut stand for."""

    def __init__(self, uow: UnitOfWork, actor: Actor, row: TimelineRow, before: Timeline) -> None:
        self.uow, self.actor, self.row, self.before = uow, actor, row, before
        self.clips = {clip.id: clip for track in before.tracks for clip in track.clips}
        self.script_id = str(row.script_id)

    def do(self, edit: Edit) -> BoardEdit:
        """Raises: as `edit_cut`."""
        match edit:
            case Trim(clip, frames, edge):
                return self._change(clip, ShotFields(frames=frames, edge=edge))
            case FollowVoice(clip):
                return self._change(clip, ShotFields(timed=False))
            case Split(clip, at):
                return storyboards.split_shot(self.uow, self.actor, self._shot(clip), at=at)
            case Delete(clips):
                return storyboards.delete_shots(self.uow, self.actor, self.script_id, self._shots(clips))
            case Move():
                return self._move(edit)
            case Gain(clip, db):
                return self._gain(clip, db)

    def _change(self, clip: str, fields: ShotFields) -> BoardEdit:
        return storyboards.change_shot(self.uow, self.actor, self._shot(clip), fields)

    def _move(self, edit: Move) -> BoardEdit:
        if (edit.before is None) == (edit.after is None):
            raise Invalid("Say before or after which clip these go.", field="before")
        near = self._shot(edit.before or edit.after or "")
        moved = self._shots(edit.clips)
        if near in moved:
            raise Invalid("A clip cannot go before or after itself.", field="before")
        scene = storyboards.scene_of(self.uow, self.actor, near)
        place = {"before_id": near} if edit.before else {"after_id": near}
        return storyboards.move_shots(self.uow, self.actor, self.script_id, moved, scene, **place)

    def _gain(self, clip_id: str, db: float) -> BoardEdit:
        clip = self._clip(clip_id)
        if not any(clip_id == each.id for role in ("voice", "music") for each in self.before.clips(role)):
            raise Invalid(f"{clip.name} makes no sound.", field="clip")
        if not (math.isfinite(db) and SOFTEST_DB <= db <= LOUDEST_DB):
            raise Invalid(f"A gain is {SOFTEST_DB:g} to {LOUDEST_DB:g} dB.", field="db")
        act = Acting(self.uow, self.actor, self.script_id)
        hand = with_setting(hand_from(self.row.by_hand), clip_id, gain_db=round(db, 1))
        act.set("cut", self.row, by_hand=hand_document(hand, self.before))
        shot = clip.link.removeprefix(_SHOT)
        return act.finish("gain", f"loudness of {clip.name}", [shot] if shot in act.shots else [])

    def _shots(self, clips: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(self._shot(clip) for clip in clips))

    def _shot(self, clip_id: str) -> str:
        """The shot a clip of the picture shows."""
        clip = self._clip(clip_id)
        if not clip.link.startswith(_SHOT) or all(clip_id != each.id for each in self.before.clips("picture")):
            raise Invalid(f"{clip.name} is not a shot of the board.", field="clip")
        return clip.link.removeprefix(_SHOT)

    def _clip(self, clip_id: str) -> Clip:
        if clip_id not in self.clips:
            raise NotFound("There is no such clip in this cut.")
        return self.clips[clip_id]


def _changed(uow: UnitOfWork, actor: Actor, row: TimelineRow, revision: int) -> str:
    """In a sentence, what has changed in a cut since a revision."""
    seen = next((seq for at, seq in row.steps if at == revision), None)
    acts: list[str] = []
    if seen is not None:
        page = audit.list_entries(uow, actor, row.project_id, entity_id=row.script_id, limit=_TOLD)
        undone = {"undo": "undid ", "redo": "did again: "}
        acts = [f"{e.by}: {undone.get(e.action, '')}{e.label}" for e in page.items if e.seq > seen]
    what = "; ".join(acts) or "pictures, voices or words are new"
    return f"The cut has changed since you looked ({what}). Look at it again, then repeat your edit."
