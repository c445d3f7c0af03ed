"""The board as pages read it, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.projects.models import Member
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from tests.factories.film import Board, draw_all, make_board, stored_file, voice_all
from tests.factories.studio import make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def cards(board: Board, **wanted: int) -> tuple[tuple[PanelCard, ...], int]:
    with reading() as uow:
        page = storyboards.list_cards(uow, board.actor, board.script_id, **wanted)
    return page.items, page.total


def draw_again(board: Board, folder: Path, card: PanelCard, content: bytes) -> int:
    png = stored_file(folder, "again.png", content)
    svg = stored_file(folder, "again.svg", b"<svg/>")
    picture = Picture(b"", None, "", 1920, 1080, "other artist", "full")
    with unit_of_work() as uow:
        spec = storyboards.panel_brief(uow, board.actor, card.panel_id, seed=7).spec
        return storyboards.add_panel_version(uow, board.actor, card.panel_id, picture, png, svg, spec=spec)


def test_scenes_add_up_to_the_board_and_their_strips_fill_as_panels_come(board: Board, tmp_path: Path) -> None:
    with reading() as uow:
        before = storyboards.list_scenes_on_board(uow, board.actor, board.script_id)
    draw_all(board, tmp_path)
    with reading() as uow:
        after = storyboards.list_scenes_on_board(uow, board.actor, board.script_id)
    shots, _ = cards(board, limit=200)
    assert [s.number for s in after] == ["1", "2", "3"]
    assert sum(s.shots for s in after) == sum(s.drawn for s in after) == board.shots
    assert sum(s.frames for s in after) == sum(c.frames for c in shots)
    assert sum(s.drawn for s in before) == 0
    assert all(set(s.strip) == {None} for s in before)
    assert [s.strip for s in after] == [tuple(c.sha256 for c in shots if c.scene == i)[:8] for i in range(3)]


def test_cards_come_in_pages_in_order_and_by_scene(board: Board) -> None:
    every, total = cards(board, limit=200)
    first, _ = cards(board, limit=10)
    second, _ = cards(board, limit=10, page=2)
    assert total == board.shots == len(every)
    assert first + second == every[:20]
    scene, count = cards(board, scene=1)
    assert scene == tuple(c for c in every if c.scene == 1)
    assert count == len(scene)
    spoken = next(c for c in every if c.speaker)
    assert (spoken.speaker, spoken.dialogue) == ("BEN", "Wait! Please! Is this the last one?")
    assert {(c.sha256, c.version, c.origin) for c in every} == {(None, None, None)}


def test_the_number_of_queries_does_not_grow_with_the_board(board: Board, tmp_path: Path) -> None:
    small = make_board(b"INT. ROOM - DAY\n\nA man sits.\n")
    draw_all(board, tmp_path)

    def queries(read: Callable[[UnitOfWork, Board], object]) -> tuple[int, int]:
        counts: list[int] = []
        for each in (small, board):
            with reading() as uow, counted_queries() as sent:
                read(uow, each)
            counts.append(len(sent))
        return counts[0], counts[1]

    for read in (
        lambda uow, b: storyboards.list_scenes_on_board(uow, b.actor, b.script_id),
        lambda uow, b: storyboards.list_cards(uow, b.actor, b.script_id, limit=200),
        lambda uow, b: storyboards.recent_panels(uow, b.actor, b.script_id),
        lambda uow, b: storyboards.counts_by_script(uow, [b.script_id]),
    ):
        few, many = queries(read)
        assert few == many <= 7


def test_a_shot_knows_its_words_its_scene_and_its_neighbours(board: Board, tmp_path: Path) -> None:
    voice_all(board, tmp_path, 1.5)
    every, _ = cards(board, limit=200)
    at = next(i for i, c in enumerate(every) if c.speaker)
    with reading() as uow:
        shot = storyboards.get_shot(uow, board.actor, every[at].shot_id)
        first = storyboards.get_shot(uow, board.actor, every[0].shot_id)
        last = storyboards.get_shot(uow, board.actor, every[-1].shot_id)
    assert shot.card == every[at]
    assert (shot.scene_heading, shot.light, shot.time) == ("EXT. HARBOUR PIER - DUSK", "dusk", "DUSK")
    assert (shot.previous_id, shot.next_id) == (every[at - 1].shot_id, every[at + 1].shot_id)
    assert (first.previous_id, last.next_id) == (None, None)
    assert shot.rule
    assert [(x.speaker, x.seconds) for x in shot.lines] == [("BEN", 1.5), ("MARA", 1.5)]
    assert shot.versions == ()


def test_drawings_are_kept_and_can_be_paged_back_to(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    card = cards(board)[0][0]
    assert draw_again(board, tmp_path, card, b"second") == 2
    assert draw_again(board, tmp_path, card, b"second") == 2
    with unit_of_work() as uow:
        shown = storyboards.show_version(uow, board.actor, card.shot_id, 1)
    assert (shown.version, shown.sha256) == (1, card.sha256)
    assert draw_again(board, tmp_path, card, b"third") == 3
    with reading() as uow:
        shot = storyboards.get_shot(uow, board.actor, card.shot_id)
    assert [(v.number, v.provider) for v in shot.versions] == [
        (3, "other artist"),
        (2, "other artist"),
        (1, "test artist"),
    ]
    assert shot.card.version == 3
    with pytest.raises(NotFound), unit_of_work() as uow:
        storyboards.show_version(uow, board.actor, card.shot_id, 4)


def test_a_panel_is_redrawn_from_a_new_seed_and_a_second_click_starts_nothing(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    card = cards(board)[0][0]
    with unit_of_work() as uow:
        run = storyboards.redraw_panel(uow, board.actor, card.shot_id)
        assert storyboards.redraw_panel(uow, board.actor, card.shot_id).id == run.id
        config = runs.get_record(uow, board.actor, run.id).config
        usual = storyboards.panel_brief(uow, board.actor, card.panel_id)
        other = storyboards.panel_brief(uow, board.actor, card.panel_id, seed=config["seed"])
    assert usual.drawn
    assert usual.spec.seed != other.spec.seed
    draw_again(board, tmp_path, card, b"second")
    with unit_of_work() as uow:
        assert storyboards.redraw_panel(uow, board.actor, card.shot_id).id != run.id


def test_a_board_is_drawn_as_one_job_and_only_what_is_missing(board: Board, tmp_path: Path) -> None:
    with unit_of_work() as uow:
        run = storyboards.submit_board(uow, board.actor, board.script_id)
        assert storyboards.submit_board(uow, board.actor, board.script_id).id == run.id
        label = runs.list_jobs(uow, board.actor, [board.project_id])[0].label
    assert (run.kind, label) == ("board", f"Draw {board.shots} panels")
    with unit_of_work() as uow:
        runs.cancel_run(uow, board.actor, run.id)
    draw_all(board, tmp_path)
    with pytest.raises(Conflict, match="Every panel"), unit_of_work() as uow:
        storyboards.submit_board(uow, board.actor, board.script_id)


def test_counts_tell_how_far_a_board_is(board: Board, tmp_path: Path) -> None:
    def counts() -> tuple[int, int, int, int, str, bool]:
        with reading() as uow:
            c = storyboards.counts_by_script(uow, [board.script_id])[board.script_id]
        return c.shots, c.drawn, c.lines, c.voiced, c.completeness, c.poster is not None

    assert counts() == (board.shots, 0, 17, 0, "full", False)
    draw_all(board, tmp_path)
    voice_all(board, tmp_path, 1.0)
    assert counts() == (board.shots, board.shots, 17, 17, "stand-in", True)


def test_a_viewer_reads_the_board_and_draws_nothing_and_a_stranger_finds_none(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot_id = cards(board)[0][0].shot_id
    with unit_of_work() as uow:
        other = make_stranger(uow)
    reads: list[Callable[[UnitOfWork, Actor], object]] = [
        lambda uow, a: storyboards.list_scenes_on_board(uow, a, board.script_id),
        lambda uow, a: storyboards.list_cards(uow, a, board.script_id),
        lambda uow, a: storyboards.get_shot(uow, a, shot_id),
        lambda uow, a: storyboards.get_card(uow, a, shot_id),
        lambda uow, a: storyboards.recent_panels(uow, a, board.script_id),
    ]
    writes: list[Callable[[UnitOfWork, Actor], object]] = [
        lambda uow, a: storyboards.submit_board(uow, a, board.script_id),
        lambda uow, a: storyboards.redraw_panel(uow, a, shot_id),
        lambda uow, a: storyboards.show_version(uow, a, shot_id, 1),
    ]
    for look in reads + writes:
        with pytest.raises(NotFound), unit_of_work() as uow:
            look(uow, other)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))
    for look in reads:
        with reading() as uow:
            assert look(uow, other)
    for look in writes:
        with pytest.raises(Forbidden), unit_of_work() as uow:
            look(uow, other)
