"""Renders in a project, on both databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.presets import Order
from studio.engine.report import Finding, report_of
from studio.renders import repository
from studio.renders import service as renders
from studio.renders.views import Piece, RenderView, SoundPiece
from studio.runs import service as runs
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.film import Board, make_board, make_timeline, stored_file
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def cut(database: str, tmp_path: Path) -> tuple[Board, TimelineDetail]:
    return make_timeline(tmp_path)


def submit(board: Board, detail: TimelineDetail, preset: Order | str = "720p") -> RenderView:
    with unit_of_work() as uow:
        return renders.submit_render(uow, board.actor, detail.id, preset)


def parts(detail: TimelineDetail, order: Order | str = "720p") -> tuple[tuple[Piece, ...], tuple[SoundPiece, ...]]:
    pieces = renders.pieces(detail.timeline, order, workers=2, encoder_version="x")
    return pieces, renders.sounds(detail.timeline, order, encoder_version="x")


def ask(board: Board, render: RenderView, detail: TimelineDetail) -> int:
    with unit_of_work() as uow:
        return renders.request_pieces(uow, board.actor, render, *parts(detail))


def test_the_pieces_cover_the_film_exactly(cut: tuple[Board, TimelineDetail]) -> None:
    pieces, _ = parts(cut[1])
    assert sum(p.span.frames for p in pieces) == cut[1].timeline.frames
    assert [p.span.start for p in pieces] == [sum(q.span.frames for q in pieces[:i]) for i in range(len(pieces))]


def test_only_what_the_cache_lacks_is_asked_for(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    pieces, (sound,) = parts(detail)
    first = submit(board, detail)
    assert ask(board, first, detail) == len(pieces) + 1
    with unit_of_work() as uow:
        for piece in pieces[1:]:
            renders.add_segment(uow, piece.key, frames=piece.span.frames, size=1)
        renders.add_segment(uow, sound.key, frames=1, size=1)
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
    from jobs.steps.renders import trim_cache
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


def test_an_order_is_kept_with_its_render_and_frames_are_those_of_its_range(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    order = Order("vertical", "burned", "cover", start=24, end=120)
    render = submit(board, detail, order)
    assert (render.order, render.frames) == (order, 96)
    with reading() as uow:
        card = renders.get_film(uow, board.actor, render.run_id)
    assert (card.order, card.frames, card.width, card.height, card.suffix) == (order, 96, 1080, 1920, "mp4")
    assert card.estimated_s > 0
    assert card.estimated_bytes > 0


def test_pieces_lie_within_the_parts_of_an_order(cut: tuple[Board, TimelineDetail]) -> None:
    _, detail = cut
    whole, _ = parts(detail)
    middle, (sound,) = parts(detail, Order("720p", start=100, end=400))
    assert (middle[0].span.start, middle[-1].span.end) == (100, 400)
    assert set(middle[1:-1]) <= set(whole)
    assert (sound.part.start, sound.part.frames) == (100, 300)
    split, sounds = parts(detail, Order("720p", split=True))
    edges = {m.frame for m in detail.timeline.markers}
    assert edges <= {p.span.start for p in split}
    assert sum(p.span.frames for p in split) == detail.timeline.frames
    assert len({s.key for s in sounds}) == len(sounds) == len(edges | {0})
    stills, none = parts(detail, "stills")
    assert {p.span.frames for p in stills} == {1}
    assert none == ()
    assert parts(detail, "mp3")[0] == ()


def test_every_preset_has_segments_of_its_own(cut: tuple[Board, TimelineDetail]) -> None:
    keys = [parts(cut[1], name)[0][0].key for name in ("1080p", "hevc", "av1", "webm", "prores", "vertical", "square")]
    assert len(set(keys)) == len(keys)
    assert keys[4].endswith(".mov")


def test_a_sidecar_is_timed_as_the_film_is_cut(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    first = detail.timeline.captions()[0]
    render = submit(board, detail, Order("720p", "file", start=first.start))
    with reading() as uow:
        words = renders.get_sidecar(uow, board.actor, render.run_id, "srt")
        web = renders.get_sidecar(uow, board.actor, render.run_id, "vtt")
    assert words.startswith("1\n00:00:00,000 --> ")
    assert web.startswith("WEBVTT")


def test_what_renders_took_is_what_the_next_is_expected_to_take(
    cut: tuple[Board, TimelineDetail], tmp_path: Path
) -> None:
    board, detail = cut
    with reading() as uow:
        (before,) = renders.list_presets(uow, board.actor, board.project_id, ("720p",))
    assert before.learned == 0
    for _ in range(2):
        render = submit(board, detail)
        with unit_of_work() as uow:
            run = runs.submit_run(
                uow, board.actor, board.project_id, "segment", {"frames": 100}, parent_id=render.run_id
            )
            claim = runs.claim_run(uow, run.id, "w")
            assert claim
            runs.complete_run(uow, claim, {})
            film = replace(stored_file(tmp_path, "film.mp4", b"x"), size=3_000_000)
            renders.finish_render(uow, board.actor, render.run_id, film, 5)
    with reading() as uow:
        (after,) = renders.list_presets(uow, board.actor, board.project_id, ("720p",))
    seconds = float(detail.timeline.rate.seconds(detail.timeline.frames))
    assert after.learned == 2
    assert after.bytes_a_second == pytest.approx(3_000_000 / seconds, abs=1)
    assert after.cpu_seconds_a_frame < before.cpu_seconds_a_frame


def test_a_report_is_kept_with_its_film_and_shown_where_one_film_is_asked_for(
    cut: tuple[Board, TimelineDetail], tmp_path: Path
) -> None:
    board, detail = cut
    render = submit(board, detail)
    black = Finding("black", "warn", 10, 60, "Black for 2 s.", 2.1, 2.0)
    report = report_of([Finding("frames", "ok", 0, 0, "It has exactly 9 frames.", 9, 9), black], {"LUFS": -14.0})
    with unit_of_work() as uow:
        renders.finish_render(uow, board.actor, render.run_id, stored_file(tmp_path, "f.mp4", b"x"), 5, report)
    with reading() as uow:
        card = renders.get_film(uow, board.actor, render.run_id)
        (listed,) = renders.list_renders(uow, board.actor, board.project_id).items
    assert card.report == report
    assert report.findings[0] == black
    assert (listed.level, listed.report) == ("warn", None)
