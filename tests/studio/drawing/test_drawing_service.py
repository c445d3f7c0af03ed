"""The journal of a panel on both databases: kept once, in order, by those who may, whatever is sent."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from studio.core import events
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound
from studio.drawing import service as drawing
from studio.drawing.events import StrokesKept
from studio.drawing.models import StrokeBatch
from studio.drawing.ops import Fill
from studio.drawing.replay import Stroke
from studio.drawing.service import journal
from studio.drawing.service import reading as strokes_read
from studio.drawing.views import FillWish
from studio.projects.models import Member
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.thread import rewriting
from tests.factories.film import Board, make_board, stored_file
from tests.factories.pictures import png
from tests.factories.strokes import CLIENT, OTHER, send, stroke
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services

SCRIPT = b"INT. KITCHEN - DAY\n\nANNA sits at the table.\n\nTom looks at the clock.\n"


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SCRIPT)


@pytest.fixture
def panel(board: Board) -> str:
    with reading() as uow:
        return storyboards.list_cards(uow, board.actor, board.script_id).items[0].panel_id


def begins(board: Board, panel: str) -> list[int]:
    """Where the strokes of a journal begin, in its order."""
    found: list[int] = []
    while True:
        with reading() as uow:
            page = drawing.list_strokes(uow, board.actor, panel, after=len(found))
        assert [e.seq for e in page.entries] == list(range(len(found) + 1, len(found) + len(page.entries) + 1))
        found += [e.op.points[0] for e in page.entries if isinstance(e.op, Stroke)]
        if not page.more:
            assert page.last_seq == len(found)
            return found


def test_strokes_sent_twice_or_overlapping_are_kept_once(board: Board, panel: str) -> None:
    ops = [stroke(x) for x in range(6)]
    first = send(board.actor, panel, ops[:3])
    assert (first.seq, first.client_seq, first.first_seq, first.stored) == (3, 3, 1, 3)
    again = send(board.actor, panel, ops[:3])
    assert (again.seq, again.client_seq, again.stored) == (3, 3, 0)
    over = send(board.actor, panel, ops[1:6], first=2)
    assert (over.seq, over.client_seq, over.first_seq, over.stored) == (6, 6, 4, 3)
    assert begins(board, panel) == [0, 1, 2, 3, 4, 5]


def test_a_gap_is_refused_with_the_number_that_is_expected(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(0)])
    with pytest.raises(drawing.StrokesMissing) as refused:
        send(board.actor, panel, [stroke(2)], first=3)
    assert refused.value.expected == 2
    assert begins(board, panel) == [0]


def test_other_strokes_under_known_numbers_are_not_taken_for_known(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(0), stroke(1)])
    with pytest.raises(Conflict, match="Load the page again"):
        send(board.actor, panel, [stroke(7), stroke(8), stroke(9)], first=2)
    assert begins(board, panel) == [0, 1]


def test_nobody_goes_on_under_the_name_of_somebody_elses_page(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(0)])
    with unit_of_work() as uow:
        other = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="editor"))
    with pytest.raises(Conflict, match="Load the page again"):
        send(other, panel, [stroke(1)], first=2)
    send(other, panel, [stroke(1)], client=OTHER)
    send(board.actor, panel, [stroke(2)], first=2)
    assert begins(board, panel) == [0, 1, 2]


def test_two_people_on_one_panel_interleave_and_keep_their_own_order(board: Board, panel: str) -> None:
    failed: list[BaseException] = []

    def draw(client: str, base: int) -> None:
        try:
            for i in range(12):
                send(board.actor, panel, [stroke(base + i)], first=i + 1, client=client)
        except BaseException as e:  # noqa: BLE001 - told by the test's own thread
            failed.append(e)

    hands = [threading.Thread(target=draw, args=who) for who in ((CLIENT, 0), (OTHER, 100))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert failed == []
    found = begins(board, panel)
    assert [x for x in found if x < 100] == list(range(12))
    assert [x for x in found if x >= 100] == list(range(100, 112))


def test_floods_and_lumps_are_refused_and_leave_nothing(
    board: Board, panel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LimitReached, match="smaller parts"):
        send(board.actor, panel, [stroke()] * (drawing.MOST_OPS + 1))
    with pytest.raises(Invalid, match="no strokes"):
        send(board.actor, panel, [])
    monkeypatch.setattr(journal, "_MOST_A_MINUTE", 5)
    send(board.actor, panel, [stroke(i) for i in range(5)])
    with pytest.raises(LimitReached, match="too fast") as refused:
        send(board.actor, panel, [stroke(9)], first=6)
    assert refused.value.retry_after_s
    monkeypatch.setattr(journal, "_MOST_A_MINUTE", 100)
    monkeypatch.setattr(journal, "_FULL_OPS", 5)
    with pytest.raises(LimitReached, match="as many strokes as it can"):
        send(board.actor, panel, [stroke(9)], first=6)
    assert begins(board, panel) == [0, 1, 2, 3, 4]


def test_a_long_journal_comes_in_parts(board: Board, panel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strokes_read, "_PAGE_BYTES", 600)
    for i in range(9):
        send(board.actor, panel, [stroke(i)], first=i + 1)
    with reading() as uow:
        page = drawing.list_strokes(uow, board.actor, panel)
    assert page.more
    assert 0 < len(page.entries) < 9
    assert begins(board, panel) == list(range(9))


def test_a_moment_is_gone_back_to_and_one_that_was_not_is_refused(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(0), stroke(1), stroke(2)])
    with unit_of_work() as uow:
        assert drawing.restore(uow, board.actor, panel, 1).seq == 4
    with reading() as uow:
        now = drawing.get_state(uow, board.actor, panel)
        assert now == drawing.get_state(uow, board.actor, panel, at=1)
        assert now != drawing.get_state(uow, board.actor, panel, at=3)
    for never in (4 + 1, 99):
        with pytest.raises(Invalid, match="no such moment"), unit_of_work() as uow:
            drawing.restore(uow, board.actor, panel, never)


def test_only_editors_draw_and_only_members_see(board: Board, panel: str) -> None:
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with pytest.raises(NotFound):
        send(stranger, panel, [stroke()])
    with pytest.raises(NotFound), reading() as uow:
        drawing.list_strokes(uow, stranger, panel)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=stranger.user_id, role="viewer"))
    with pytest.raises(Forbidden):
        send(stranger, panel, [stroke()])
    with pytest.raises(Forbidden), unit_of_work() as uow:
        drawing.submit_picture(uow, stranger, panel)
    assert begins(board, panel) == []
    with reading() as uow:
        assert drawing.list_strokes(uow, stranger, panel).last_seq == 0


def test_what_is_kept_is_told_with_the_newest_number(board: Board, panel: str) -> None:
    heard: list[StrokesKept] = []
    events.subscribe(StrokesKept, heard.append)
    send(board.actor, panel, [stroke(), stroke()])
    send(board.actor, panel, [stroke(), stroke()])
    assert [(told.panel_id, told.seq) for told in heard] == [(panel, 2)]


def test_a_picture_is_asked_for_once_for_what_was_drawn_and_becomes_a_version(
    board: Board, panel: str, tmp_path: Path
) -> None:
    with unit_of_work() as uow:
        assert drawing.submit_picture(uow, board.actor, panel) is None
    send(board.actor, panel, [stroke(0), stroke(1)])
    with unit_of_work() as uow:
        run = drawing.submit_picture(uow, board.actor, panel)
        again = drawing.submit_picture(uow, board.actor, panel)
    assert run is not None
    assert again is not None
    assert again.id == run.id
    png, svg = stored_file(tmp_path, "d.png", b"drawn"), stored_file(tmp_path, "d.svg", b"<svg/>")
    with reading() as uow:
        brief = drawing.ink_brief(uow, board.actor, panel, 2)
    with unit_of_work() as uow:
        number = drawing.keep_picture(uow, board.actor, brief, png, svg, None)
    with unit_of_work() as uow:
        assert drawing.submit_picture(uow, board.actor, panel) is None
    with reading() as uow:
        view = drawing.get_drawing(uow, board.actor, panel)
        shot = storyboards.get_shot(uow, board.actor, view.shot_id)
    assert [(v.number, v.seq) for v in view.versions] == [(number, 2)]
    assert (shot.card.sha256, shot.card.origin) == (png.sha256, "drawn")


def test_a_drawing_outlives_the_words_of_its_shot(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(5)])
    rewritten = SCRIPT.decode().replace("ANNA sits at the table.", "Nobody is here.")
    with unit_of_work() as uow:
        rewriting.apply_merge(uow, board.actor, board.script_id, rewritten, {}, expected_revision=1)
    assert begins(board, panel) == [5]


def test_a_batch_names_its_schema(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke()])
    with reading() as uow:
        data = uow.session.query(StrokeBatch).one().data
    assert (data["schema"], data["version"]) == ("inkreel.strokes", 2)


def test_an_area_is_filled_under_the_lines_of_its_layer_and_anew_over_the_old_fill(board: Board, panel: str) -> None:
    box = {"op": "shape", "form": "rect", "layer": "ink", "colour": "#000000", "size": 60, "opacity": 100}
    send(board.actor, panel, [box | {"box": [2000, 1000, 6000, 4000]}])
    for layer, x in (("ink", 4000), ("colour", 4000), ("colour", 4000), ("colour", 8000)):
        drawing.fill(board.actor, panel, FillWish(layer, "#d7263d", x, 2500))
    with reading() as uow:
        fills = [e.op for e in drawing.list_strokes(uow, board.actor, panel).entries if isinstance(e.op, Fill)]
    assert [(f.layer, f.under) for f in fills] == [("ink", True), ("colour", True), ("colour", False), ("colour", True)]
    corners = np.cumsum(np.array(fills[0].rings[0]).reshape(-1, 2), axis=0)
    assert np.abs(corners.min(0) - (2000, 1000)).max() < 40
    assert np.abs(corners.max(0) - (6000, 4000)).max() < 40
    assert len(fills[3].rings) == 2, "the outside has the box as a hole"


def test_a_fill_that_cannot_be_made_says_why_and_leaves_nothing(board: Board, panel: str) -> None:
    send(board.actor, panel, [{"op": "set_layer", "layer": "ink", "locked": True}])
    with pytest.raises(Conflict, match="Ink is locked"):
        drawing.fill(board.actor, panel, FillWish("ink", "#d7263d", 100, 100))
    with pytest.raises(Conflict, match="not there any more"):
        drawing.fill(board.actor, panel, FillWish("layer-9", "#d7263d", 100, 100))
    with pytest.raises(Invalid, match="inside the panel"):
        drawing.fill(board.actor, panel, FillWish("colour", "#d7263d", 100, 9000))
    with reading() as uow:
        assert drawing.get_drawing(uow, board.actor, panel).last_seq == 1


def test_a_picture_from_a_file_lies_under_the_drawing_from_then_on(board: Board, panel: str) -> None:
    drawing.bring_reference(board.actor, panel, data=png(40, 30), name="photo.png")
    with reading() as uow:
        under = drawing.get_state(uow, board.actor, panel).under
        brief = drawing.ink_brief(uow, board.actor, panel, 1)
        assert drawing.get_state(uow, board.actor, panel, at=0).under is None
    assert under is not None
    assert brief.base_sha256 == under
    with pytest.raises(Invalid):
        drawing.bring_reference(board.actor, panel, data=b"%PDF-", name="photo.png")


def test_files_of_other_projects_are_not_drawn_over(board: Board, panel: str) -> None:
    other = make_board(SCRIPT)
    with reading() as uow:
        theirs = storyboards.list_cards(uow, other.actor, other.script_id).items[0].panel_id
    drawing.bring_reference(other.actor, theirs, data=png(40, 30), name="photo.png")
    with reading() as uow:
        sha256 = drawing.get_state(uow, other.actor, theirs).under
    for picture in (sha256, "0" * 64):
        with pytest.raises(NotFound, match="no such picture"):
            send(board.actor, panel, [stroke(), {"op": "reference", "sha256": picture}])
    assert begins(board, panel) == []


def test_each_undoes_only_what_is_their_own(board: Board, panel: str) -> None:
    with unit_of_work() as uow:
        other = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="editor"))
    send(board.actor, panel, [stroke(0)])
    send(other, panel, [stroke(1)], client=OTHER)
    for op in ("undo", "redo"):
        with pytest.raises(Forbidden, match="Only who drew this"):
            send(other, panel, [{"op": op, "of": f"{CLIENT}.1"}], first=2, client=OTHER)
    send(
        other,
        panel,
        [{"op": "undo", "of": f"{OTHER}.1"}, {"op": "delete", "marks": [f"{CLIENT}.1"]}],
        first=2,
        client=OTHER,
    )
    third = OTHER[:-1] + "3"
    send(
        board.actor, panel, [{"op": "undo", "of": f"{CLIENT}.1"}], client=third
    )  # the same person, the page loaded anew


def test_what_was_refused_in_a_flood_is_kept_when_it_comes_again(
    board: Board, panel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_MOST_A_MINUTE", 3)
    send(board.actor, panel, [stroke(0), stroke(1), stroke(2)])
    for _ in range(3):
        with pytest.raises(LimitReached, match="taken again soon"):
            send(board.actor, panel, [stroke(3)], first=4)
    monkeypatch.setattr(journal, "_MINUTE", timedelta(0))
    send(board.actor, panel, [stroke(3)], first=4)
    assert begins(board, panel) == [0, 1, 2, 3]


def test_going_back_to_a_moment_asks_for_a_version_of_it(board: Board, panel: str) -> None:
    send(board.actor, panel, [stroke(0), stroke(1)])
    with unit_of_work() as uow:
        drawing.restore(uow, board.actor, panel, 1)
    with reading() as uow:
        asked, _ = runs.list_asked(uow, board.actor, board.project_id, ("ink",))
    assert [run.config["seq"] for run in asked] == [3]


def test_a_picture_that_comes_late_does_not_cover_a_newer_one(board: Board, panel: str, tmp_path: Path) -> None:
    send(board.actor, panel, [stroke(0), stroke(1)])
    svg = stored_file(tmp_path, "d.svg", b"<svg/>")
    old, new = (stored_file(tmp_path, f"{n}.png", bytes([n])) for n in (1, 2))
    with reading() as uow:
        briefs = [drawing.ink_brief(uow, board.actor, panel, seq) for seq in (2, 1)]
    for brief, png_file in zip(briefs, (new, old), strict=True):
        with unit_of_work() as uow:
            assert drawing.keep_picture(uow, board.actor, brief, png_file, svg, None) == 1
    with reading() as uow:
        assert storyboards.list_cards(uow, board.actor, board.script_id).items[0].sha256 == new.sha256
