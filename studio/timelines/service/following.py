"""The cut follows the board: in the transaction of every change of a board, the one cut of its script is made of it anew."""

from __future__ import annotations

from studio.audit import service as audit
from studio.core import clock, events
from studio.core.db import UnitOfWork
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, to_document
from studio.projects.events import ProjectChanged
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.assemble import SceneText, assembled, title_frames
from studio.timelines.by_hand import applied, hand_from
from studio.timelines.models import TimelineRow
from studio.timelines.score import placed, score_from

_OF_A_BOARD = frozenset({"board", "panel", "voice"})
_STEPS = 50
"""Revisions of which it is remembered where the history stood."""


def keep_in_step(uow: UnitOfWork, happened: ProjectChanged) -> None:
    """Make the cuts of a project anew if one of its boards has changed; without a cut nothing is done."""
    if happened.what in _OF_A_BOARD:
        uow.session.flush()
        for row in repository.list_live(uow, happened.project_id):
            renew(uow, row)


def renew(uow: UnitOfWork, row: TimelineRow) -> Timeline:
    """Write a cut as its board, its score and what people set make it; its revision counts up where that is something new."""
    assert row.script_id is not None
    rate, score = Rate.parse(row.rate), score_from(row.score)
    shots = storyboards.shots_for_cut(uow, row.script_id, rate)
    lead = title_frames(score.card is not None, rate)
    timeline = assembled(
        row.name,
        shots,
        [SceneText(heading, False, "") for heading in scripts.headings_of(uow, row.script_id)],
        placed(score, shots, lead),
        card=score.card,
        rate=rate,
        width=row.width,
        height=row.height,
    )
    timeline = applied(hand_from(row.by_hand), timeline)
    document = to_document(timeline)
    if document != row.document:
        row.revision += 1
        row.document, row.frames, row.changed_at = document, timeline.frames, clock.now()
        row.steps = [*row.steps, [row.revision, audit.last_seq(uow, row.project_id)]][-_STEPS:]
        uow.session.add(row)
        uow.session.flush()
    return timeline


events.attend(ProjectChanged, keep_in_step)
