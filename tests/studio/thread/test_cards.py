"""Projects as cards and as their own page, on both databases; shapes and next steps without one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.projects import service as projects
from studio.projects.models import Member, Project
from studio.renders import service as renders
from studio.scripts.views import ScriptCard
from studio.storyboards.views import BoardCounts
from studio.thread import service as thread
from studio.thread.cards import aspect_of, next_step
from studio.thread.views import ProjectCard, ProjectHome
from tests.factories.film import Board, draw_all, make_board, make_timeline, stored_file
from tests.factories.studio import make_place, make_stranger
from tests.support.queries import counted_queries


def home_of(board: Board) -> ProjectHome:
    with reading() as uow:
        return thread.get_home(uow, board.actor, board.project_id)


def states(card: ProjectCard) -> list[tuple[str, str, int]]:
    return [(s.name, s.state, s.count) for s in card.stages]


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (1920, 1080, "16:9"),
        (3840, 2160, "16:9"),
        (1080, 1920, "9:16"),
        (2048, 858, "2.39:1"),
        (1998, 1080, "1.85:1"),
        (1440, 1080, "4:3"),
        (1080, 1080, "1:1"),
        (1500, 1000, "3:2"),
        (1920, 804, "2.39:1"),
        (1000, 998, "1:1"),
        (2000, 1130, "16:9"),
        (2222, 1000, "2.22:1"),
    ],
)
def test_a_shape_is_called_as_film_people_call_it(width: int, height: int, shape: str) -> None:
    assert aspect_of(width, height) == shape


def test_the_next_step_follows_from_what_is_there() -> None:
    script = ScriptCard("s", "p", "", "", "a", 3, 1, 1.0, clock.now())
    drawn = BoardCounts(5, 5, 100, 0, 0, "full", None)
    part = BoardCounts(5, 2, 100, 0, 0, "full", None)
    none = BoardCounts(0, 0, 0, 0, 0, "full", None)
    assert next_step(None, none, 0) == "import"
    assert [next_step(script, c, 0) for c in (none, part, drawn)] == ["board", "board", "film"]
    assert next_step(script, drawn, 1) == "watch"


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_page_of_cards_takes_as_many_queries_as_one_card(tmp_path: Path) -> None:
    board, detail = make_timeline(tmp_path)
    for _ in range(19):
        make_board(b"INT. ROOM - DAY\n\nANNA\nHello.\n")
    with unit_of_work() as uow:
        other = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))

    def queries(limit: int) -> tuple[tuple[ProjectCard, ...], int]:
        with reading() as uow, counted_queries() as sent:
            cards, total = thread.list_cards(uow, board.actor, limit=limit)
            assert (len(cards), total) == (limit, 20)
        return cards, len(sent)

    (_, one), (cards, twenty) = queries(1), queries(20)
    assert one == twenty <= 14
    full = next(c for c in cards if c.id == board.project_id)
    assert states(full) == [
        ("script", "done", 3),
        ("board", "done", board.shots),
        ("cut", "done", board.shots),
        ("render", "none", 0),
    ]
    assert (full.frames, full.member_count, full.changed_by) == (detail.timeline.frames, 2, "Owner")
    assert {m.role for m in full.members} == {"owner", "viewer"}
    assert full.poster_sha256
    assert full.length_s == full.frames / 24


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_home_grows_from_nothing_to_a_film(tmp_path: Path) -> None:
    place = make_place()
    with reading() as uow:
        empty = thread.get_home(uow, place.actor, place.project_id)
    assert (empty.script, empty.next_step, empty.recent, empty.made_by) == (None, "import", (), None)
    board = make_board()
    home = home_of(board)
    assert (home.scenes, home.shots, home.panels_drawn, home.lines, home.next_step) == (3, board.shots, 0, 17, "board")
    assert states(home.card)[1] == ("board", "none", 0)
    draw_all(board, tmp_path)
    home = home_of(board)
    assert (home.panels_drawn, home.next_step, len(home.recent)) == (board.shots, "film", 8)
    assert home.made_by
    assert (home.made_by.image, home.made_by.completeness) == ("test artist", "stand-in")


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_finished_film_is_what_to_watch(tmp_path: Path) -> None:
    board, detail = make_timeline(tmp_path)
    with unit_of_work() as uow:
        film = renders.submit_film(uow, board.actor, board.script_id, "720p")
        made = renders.submit_render(uow, board.actor, detail.id, "720p", parent_id=film.id)
        renders.finish_render(uow, board.actor, made.run_id, stored_file(tmp_path, "film.mp4", b"film"), 1)
    home = home_of(board)
    assert (home.next_step, home.renders, home.timeline_frames) == ("watch", 1, detail.timeline.frames)
    assert home.latest_render
    assert (home.latest_render.id, home.latest_render.size_bytes) == (film.id, 4)
    assert states(home.card)[3] == ("render", "done", 1)


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_every_step_towards_the_film_marks_the_project_changed(tmp_path: Path) -> None:
    def changed(project_id: str) -> datetime:
        with unit_of_work() as uow:
            project = uow.session.get(Project, project_id)
            assert project
            at, project.changed_at = project.changed_at, clock.now() - timedelta(days=1)
            return at

    board, detail = make_timeline(tmp_path)
    start = clock.now()
    assert start - changed(board.project_id) < timedelta(minutes=1)
    with unit_of_work() as uow:
        made = renders.submit_render(uow, board.actor, detail.id, "720p")
    assert start - changed(board.project_id) > timedelta(hours=1)
    with unit_of_work() as uow:
        renders.finish_render(uow, board.actor, made.run_id, stored_file(tmp_path, "film.mp4", b"film"), 1)
    assert changed(board.project_id) >= start


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_stranger_has_no_cards_and_finds_no_home(tmp_path: Path) -> None:
    board = make_board()
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow:
        assert thread.list_cards(uow, stranger) == ((), 0)
        with pytest.raises(NotFound):
            thread.get_home(uow, stranger, board.project_id)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=stranger.user_id, role="viewer"))
        projects.mark_changed(uow, stranger, board.project_id)
    with reading() as uow:
        (card,), _ = thread.list_cards(uow, stranger)
        assert (card.role, card.changed_by) == ("viewer", "S")
        assert thread.get_home(uow, stranger, board.project_id).card == card
