"""Renders in a project, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.renders import repository
from studio.renders import service as renders
from studio.renders.views import Piece, RenderView
from studio.runs import service as runs
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.film import Board, make_board, make_timeline
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def cut(database: str, tmp_path: Path) -> tuple[Board, TimelineDetail]:
    return make_timeline(tmp_path)


def submit(board: Board, detail: TimelineDetail, preset: str = "720p") -> RenderView:
    with unit_of_work() as uow:
        return renders.submit_render(uow, board.actor, detail.id, preset)


def parts(detail: TimelineDetail) -> tuple[tuple[Piece, ...], str]:
    pieces = renders.pieces(detail.timeline, "720p", workers=2, encoder_version="x")
    return pieces, renders.sound_key(detail.timeline, "720p", encoder_version="x")


def ask(board: Board, render: RenderView, detail: TimelineDetail) -> int:
    with unit_of_work() as uow:
        return renders.request_pieces(uow, board.actor, render, *parts(detail))


def test_the_pieces_cover_the_film_exactly(cut: tuple[Board, TimelineDetail]) -> None:
    pieces, _ = parts(cut[1])
    assert sum(p.span.frames for p in pieces) == cut[1].timeline.frames
    assert [p.span.start for p in pieces] == [sum(q.span.frames for q in pieces[:i]) for i in range(len(pieces))]


def test_only_what_the_cache_lacks_is_asked_for(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    pieces, sound = parts(detail)
    first = submit(board, detail)
    assert ask(board, first, detail) == len(pieces) + 1
    with unit_of_work() as uow:
        for piece in pieces[1:]:
            renders.add_segment(uow, piece.key, frames=piece.span.frames, size=1)
        renders.add_segment(uow, sound, frames=1, size=1)
    assert ask(board, submit(board, detail), detail) == 1


def test_a_repeated_step_asks_for_nothing_twice(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    render = submit(board, detail)
    ask(board, render, detail)
    ask(board, render, detail)
    with reading() as uow:
        assert len(runs.list_children(uow, render.run_id)) == len(parts(detail)[0]) + 1


def test_an_unknown_preset_is_refused_with_the_known_ones(cut: tuple[Board, TimelineDetail]) -> None:
    with pytest.raises(Invalid, match="720p"):
        submit(*cut, preset="8k")


def test_a_film_needs_shots_and_a_cut_needs_pictures(database: str) -> None:
    board = make_board()
    with pytest.raises(Conflict, match="no picture yet"), unit_of_work() as uow:
        timelines.build_animatic(uow, board.actor, board.script_id, music=(), card=None)


def test_a_stranger_finds_neither_timeline_nor_render(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    render = submit(board, detail)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    for look in (
        lambda uow: timelines.get_timeline(uow, stranger, detail.id),
        lambda uow: renders.get_render(uow, stranger, render.run_id),
        lambda uow: renders.submit_render(uow, stranger, detail.id, "720p"),
    ):
        with pytest.raises(NotFound), unit_of_work() as uow:
            look(uow)


def long_ago(keys: list[str], seconds: float) -> None:
    """As if these had last been used so long ago."""
    with unit_of_work() as uow:
        for key in keys:
            segment = repository.find_segment(uow, key)
            assert segment is not None
            segment.used_at -= seconds
            uow.session.add(segment)


def test_the_cache_forgets_what_was_used_longest_ago_and_no_more_than_it_must(
    cut: tuple[Board, TimelineDetail],
) -> None:
    names = [f"segments/{n}.mp4" for n in range(5)]
    with unit_of_work() as uow:
        for name in names:
            renders.add_segment(uow, name, frames=30, size=100)
    for n, name in enumerate(names):
        long_ago([name], 10_000 - 1_000 * n)
    with unit_of_work() as uow:
        assert renders.forget_segments(uow, 500) == ()
        assert renders.forget_segments(uow, 250) == tuple(names[:3])
    with reading() as uow:
        assert renders.known_segments(uow, names) == set(names[3:])


def test_a_render_under_way_keeps_every_piece_it_found(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    pieces, _ = parts(detail)
    keys = [piece.key for piece in pieces]
    with unit_of_work() as uow:
        for name in (*keys, "segments/another.mp4"):
            renders.add_segment(uow, name, frames=30, size=100)
    long_ago([*keys, "segments/another.mp4"], 10_000)
    render = submit(board, detail)
    assert ask(board, render, detail) == 1  # the sound
    with unit_of_work() as uow:
        assert renders.forget_segments(uow, 0) == ("segments/another.mp4",)
    with unit_of_work() as uow:
        runs.cancel_run(uow, board.actor, render.run_id)
    long_ago(keys, 10_000)
    with unit_of_work() as uow:
        assert set(renders.forget_segments(uow, 0)) == set(keys)


def test_only_files_that_were_not_made_again_go_from_the_store(
    cut: tuple[Board, TimelineDetail], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobs.renders import trim_cache
    from studio.core.settings import settings
    from studio.core.storage import storage

    file = tmp_path / "piece"
    file.write_bytes(b"x" * 1000)
    for name in ("segments/old.mp4", "segments/back.mp4", "segments/new.mp4"):
        storage().put(name, file)
        with unit_of_work() as uow:
            renders.add_segment(uow, name, frames=30, size=1 << 30)
    long_ago(["segments/old.mp4", "segments/back.mp4"], 10_000)
    forget = renders.forget_segments

    def made_again(uow: UnitOfWork, budget: int) -> tuple[str, ...]:
        gone = forget(uow, budget)
        renders.add_segment(uow, "segments/back.mp4", frames=30, size=1000)
        return gone

    monkeypatch.setattr(renders, "forget_segments", made_again)
    monkeypatch.setenv("INKREEL_CACHE_GB", "1")
    settings.cache_clear()
    assert trim_cache() == 1
    there = [storage().exists(f"segments/{name}.mp4") for name in ("old", "back", "new")]
    assert there == [False, True, True]
