"""Films as pages see them, from the first panel to the file, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, NotFound
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.projects.models import Member
from studio.projects.views import FilmFormat
from studio.renders import service as renders
from studio.renders.models import Render
from studio.renders.views import RenderCard
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.film import Board, make_board, make_timeline, stored_file
from tests.factories.laid import a_solid
from tests.factories.studio import make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services


@pytest.fixture
def cut(database: str, tmp_path: Path) -> tuple[Board, TimelineDetail]:
    return make_timeline(tmp_path)


def ask(board: Board, preset: str = "720p") -> RunView:
    with unit_of_work() as uow:
        return renders.submit_film(uow, board.actor, board.script_id, preset)


def finish(board: Board, detail: TimelineDetail, run: RunView, film: StoredFile) -> None:
    with unit_of_work() as uow:
        made = renders.submit_render(uow, board.actor, detail.id, "720p", parent_id=run.id)
        renders.finish_render(uow, board.actor, made.run_id, film, 5)


def listed(board: Board, **page: int) -> tuple[RenderCard, ...]:
    with reading() as uow:
        return renders.list_renders(uow, board.actor, board.project_id, **page).items


def test_a_film_is_in_the_list_from_the_moment_it_is_asked_for(
    cut: tuple[Board, TimelineDetail], tmp_path: Path
) -> None:
    board, detail = cut
    run = ask(board)
    (card,) = listed(board)
    assert (card.id, card.sha256, card.timeline_id, card.preset) == (run.id, None, None, "720p")
    assert (card.width, card.height, card.length_s > 60) == (1280, 720, True)
    finish(board, detail, run, stored_file(tmp_path, "film.mp4", b"a film"))
    (card,) = listed(board)
    assert (card.id, card.size_bytes, card.segments) == (run.id, 6, 5)
    assert card.timeline_id
    with reading() as uow:  # a film keeps the cut it was made of
        kept = timelines.get_timeline(uow, board.actor, card.timeline_id)
    assert (kept.live, kept.timeline) == (False, detail.timeline)
    assert (card.frames, card.completeness) == (detail.timeline.frames, "stand-in")
    assert card.poster_sha256
    with reading() as uow:
        assert renders.get_film(uow, board.actor, run.id) == card
        assert renders.counts_by_project(uow, [board.project_id]) == {board.project_id: 1}


def test_a_film_and_its_project_show_a_picture_of_the_film_where_one_is_kept(
    cut: tuple[Board, TimelineDetail], tmp_path: Path
) -> None:
    board, detail = cut
    film, sound = stored_file(tmp_path, "film.mp4", b"a film"), stored_file(tmp_path, "film.mp3", b"its sound")
    finish(board, detail, ask(board), film)
    with unit_of_work() as uow:
        media.keep_form(uow, film.sha256, media.THUMBNAIL, {})
    finish(board, detail, ask(board, "1080p"), sound)
    newest, first = listed(board)
    assert (first.poster_sha256, newest.poster_sha256 != sound.sha256) == (film.sha256, True)
    with reading() as uow:
        assert renders.posters_by_project(uow, [board.project_id, "other"]) == {board.project_id: film.sha256}
        assert renders.posters_by_project(uow, []) == {}


def test_a_film_that_failed_or_was_stopped_stays_with_its_message(cut: tuple[Board, TimelineDetail]) -> None:
    board, _ = cut
    stopped, failed = ask(board), ask(board, "1080p")
    with unit_of_work() as uow:
        runs.cancel_run(uow, board.actor, stopped.id)
        claim = runs.claim_run(uow, failed.id, "w")
        assert claim
        runs.fail_run(uow, claim, "encoder_failed", "The encoder stopped.", retry=False)
    newest, oldest = listed(board)
    assert (newest.run.state, newest.run.error_message) == (RunState.FAILED, "The encoder stopped.")
    assert (oldest.run.state, oldest.run.error_message) == (RunState.CANCELLED, "Stopped on request.")


def test_asking_twice_for_the_same_film_makes_one(cut: tuple[Board, TimelineDetail]) -> None:
    board, _ = cut
    first = ask(board)
    assert ask(board).id == first.id
    assert ask(board, "1080p").id != first.id
    with unit_of_work() as uow:
        runs.cancel_run(uow, board.actor, first.id)
    assert ask(board).id != first.id


def test_a_render_without_a_film_is_listed_too_and_its_pieces_are_not(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    with unit_of_work() as uow:
        made = renders.submit_render(uow, board.actor, detail.id, "720p")
        runs.submit_run(uow, board.actor, board.project_id, "segment", {}, parent_id=made.run_id)
    (card,) = listed(board)
    assert (card.id, card.frames, card.completeness) == (made.run_id, detail.timeline.frames, "stand-in")


def test_a_film_of_a_cut_with_a_rate_and_a_size_of_its_own_is_told_by_these(
    cut: tuple[Board, TimelineDetail],
) -> None:
    board, _ = cut
    with unit_of_work() as uow:
        mine = timelines.create_timeline(
            uow, board.actor, board.project_id, name="Fast", begin="empty", rate=Rate(50), width=1080, height=1080
        )
        timelines.edit_timeline(uow, board.actor, mine.id, [a_solid(150)], revision=1)
        made = renders.submit_render(uow, board.actor, mine.id, "720p")
    card = next(card for card in listed(board) if card.id == made.run_id)
    assert (card.rate, card.frames, card.length_s) == (Rate(50), 150, 3.0)
    assert card.width == card.height
    with reading() as uow:
        assert uow.session.scalars(select(Render.length_s).where(col(Render.run_id) == made.run_id)).one() == 3.0


def test_films_come_in_pages_with_a_fixed_number_of_queries(cut: tuple[Board, TimelineDetail], tmp_path: Path) -> None:
    board, detail = cut
    film = stored_file(tmp_path, "film.mp4", b"a film")
    for _ in range(5):
        run = ask(board)
        finish(board, detail, run, film)
        with unit_of_work() as uow:
            runs.cancel_run(uow, board.actor, run.id)

    def queries(limit: int) -> int:
        with reading() as uow, counted_queries() as sent:
            page = renders.list_renders(uow, board.actor, board.project_id, limit=limit)
            assert (len(page.items), page.total) == (limit, 5)
        return len(sent)

    assert queries(1) == queries(5)
    assert listed(board, limit=2) + listed(board, limit=2, page=2) + listed(board, limit=2, page=3) == listed(board)


def test_a_cut_tells_its_newest_and_its_chapters(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    with reading() as uow:
        card = timelines.latest(uow, board.actor, board.project_id)
        chapters = timelines.list_chapters(uow, board.actor, detail.id)
    assert card is not None
    assert (card.id, card.frames, card.script_id) == (detail.id, detail.timeline.frames, board.script_id)
    assert chapters[0].heading == "EXT. HARBOUR PIER - DUSK"
    assert [c.seconds for c in chapters] == [c.frame / 24 for c in chapters]
    assert len(chapters) == 3


def test_presets_take_the_shape_of_the_project(database: str) -> None:
    board = make_board()
    with unit_of_work() as uow:
        wide = projects.create_project(uow, board.actor, name="Wide", film=FilmFormat(width=2048, height=858))
    with reading() as uow:
        found = {p.name: p for p in renders.list_presets(uow, board.actor, board.project_id)}
        small, full = renders.list_presets(uow, board.actor, wide.id, ("720p", "1080p"))
    sizes = {name: (p.width, p.height) for name, p in found.items()}
    assert (sizes["720p"], sizes["1080p"], sizes["2160p"]) == ((1280, 720), (1920, 1080), (3840, 2160))
    assert (sizes["vertical"], sizes["square"], sizes["mp3"]) == ((1080, 1920), (1080, 1080), (0, 0))
    assert (small.height, small.width) == (720, 1718)
    assert full.estimate_s(1000) > small.estimate_s(1000) > 0
    assert full.estimate_bytes(60.0) > small.estimate_bytes(60.0) > 1_000_000


def test_a_stranger_finds_no_film_and_a_viewer_makes_none(cut: tuple[Board, TimelineDetail]) -> None:
    board, detail = cut
    run = ask(board)
    with unit_of_work() as uow:
        other = make_stranger(uow)
    for look in (
        lambda uow: renders.list_renders(uow, other, board.project_id),
        lambda uow: renders.get_film(uow, other, run.id),
        lambda uow: renders.submit_film(uow, other, board.script_id, "720p"),
        lambda uow: timelines.latest(uow, other, board.project_id),
        lambda uow: timelines.list_chapters(uow, other, detail.id),
    ):
        with pytest.raises(NotFound), unit_of_work() as uow:
            look(uow)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))
    with reading() as uow:
        assert renders.list_renders(uow, other, board.project_id).total == 1
        with pytest.raises(Forbidden):
            renders.submit_film(uow, other, board.script_id, "720p")


def test_a_run_that_is_no_film_is_not_found_as_one(cut: tuple[Board, TimelineDetail]) -> None:
    board, _ = cut
    with unit_of_work() as uow:
        other = runs.submit_run(uow, board.actor, board.project_id, "board", {})
    with pytest.raises(NotFound), reading() as uow:
        renders.get_film(uow, board.actor, other.id)
