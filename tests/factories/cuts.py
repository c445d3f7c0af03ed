"""A cut as it should be: made of a whole board, and the laws that make it one with the board."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

from sqlmodel import col, select

from studio.core.db import UnitOfWork, unit_of_work
from studio.engine.time import Rate
from studio.storyboards import service as storyboards
from studio.storyboards.models import Line, Shot
from studio.timelines import service as timelines
from studio.timelines.assemble import title_frames
from studio.timelines.views import TimelineDetail
from tests.factories.film import Board, draw_all, stored_file, voice_all

RATE = Rate(24)
_CARD = title_frames(True, RATE)
_COMPOSED = "b" * 64


def cut_of(board: Board, folder: Path) -> TimelineDetail:
    """A board drawn, voiced, with music and a title card, and its cut."""
    draw_all(board, folder)
    voice_all(board, folder, 1.5)
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
        music = tuple((cue, _COMPOSED) for cue in timelines.plan_score(uow, board.actor, board.script_id))
        card = stored_file(folder, "card.png", b"card")
        return timelines.build_animatic(uow, board.actor, board.script_id, music=music, card=card)


def seen(uow: UnitOfWork, board: Board) -> TimelineDetail:
    found = timelines.find_cut(uow, board.actor, board.script_id)
    assert found is not None
    return found


def assert_one(uow: UnitOfWork, board: Board) -> None:
    """Order, numbers, lengths, voices, captions and music of the cut are those of the board's rows, to the frame."""
    cut = seen(uow, board).timeline
    shots = list(
        uow.session.scalars(select(Shot).where(col(Shot.script_id) == board.script_id).order_by(col(Shot.position)))
    )
    picture = [list(clips) for _, clips in groupby(list(cut.clips("picture"))[1:], key=lambda clip: clip.link)]
    assert [(c[0].link, c[0].name.partition("/")[0], sum(each.frames for each in c)) for c in picture] == [
        (f"shot:{s.id}", s.number, s.frames) for s in shots
    ]
    assert cut.frames == _CARD + sum(s.frames for s in shots)
    starts = {s.id: c[0].start for s, c in zip(shots, picture, strict=True)}
    assert sorted((c.id, c.start) for c in cut.clips("voice")) == sorted(_voices(uow, shots, starts))
    for track in cut.tracks:
        assert all(a.end <= b.start for a, b in pairwise(track.clips))
    assert next(cut.clips("picture")).start == 0
    assert all(a.end == b.start for a, b in pairwise(cut.clips("picture")))
    assert all(a.end <= b.start for a, b in pairwise(cut.captions()))
    assert {c.start for c in cut.captions()} <= set(range(cut.frames)) or not shots
    music = list(cut.clips("music"))
    assert all(a.end <= b.start for a, b in pairwise(music))
    assert all(c.media == _COMPOSED and c.end <= cut.frames for c in music)


def _voices(uow: UnitOfWork, shots: list[Shot], starts: dict[str, int]) -> list[tuple[str, int]]:
    """(clip, frame) of every voiced line: 0.4 s before the first, 0.25 s between two, and the pauses of the shot."""
    found: list[tuple[str, int]] = []
    lines = uow.session.scalars(select(Line).where(col(Line.shot_id).in_(starts)).order_by(col(Line.position)))
    spoken: dict[str, list[Line]] = {}
    for line in lines:
        spoken.setdefault(line.shot_id, []).append(line)
    for shot in shots:
        now = 0.4
        for line, pause in zip(spoken.get(shot.id, []), shot.holds, strict=False):
            assert line.voice_seconds is not None
            found.append((f"line-{line.id}", starts[shot.id] + RATE.frames(now + pause)))
            now += pause + line.voice_seconds + 0.25
    return found
