"""Which words no shot holds and which lines have no voice, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.views import ScriptCoverage
from tests.factories.film import Board, make_board, voice_all
from tests.factories.studio import make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def coverage(board: Board) -> ScriptCoverage:
    with reading() as uow:
        return storyboards.coverage_of(uow, board.actor, board.script_id)


def remove(*shots: Shot) -> None:
    with unit_of_work() as uow:
        for shot in shots:
            uow.session.query(Line).filter_by(shot_id=shot.id).delete()
            uow.session.query(Panel).filter_by(shot_id=shot.id).delete()
            uow.session.query(Shot).filter_by(id=shot.id).delete()


def shots_of(board: Board) -> list[Shot]:
    with reading() as uow:
        found = uow.session.query(Shot).filter_by(script_id=board.script_id).all()
        uow.session.expunge_all()
    return sorted(found, key=lambda shot: shot.position)


def source_of(board: Board) -> str:
    with reading() as uow:
        return scripts.export_script(uow, board.actor, board.script_id).data.decode()


def test_a_script_broken_down_by_the_rules_is_covered_and_nothing_is_spoken_yet(board: Board) -> None:
    found = coverage(board)
    assert (found.percent, found.covered == found.words, found.lines, found.voiced) == (100, True, 17, 0)
    assert [(s.number, s.percent, s.uncovered) for s in found.scenes] == [(n, 100, ()) for n in "123"]
    first = found.scenes[0].unvoiced[0]
    assert (first.speaker, first.text) == ("BEN", "Wait! Please! Is this the last one?")
    assert first.shot_id in {shot.id for shot in shots_of(board)}


def test_the_words_of_a_shot_that_is_gone_are_listed_where_they_stand(board: Board) -> None:
    gone = next(shot for shot in shots_of(board) if shot.scene_position == 1 and shot.end_at > shot.start_at)
    remove(gone)
    found = coverage(board)
    source = source_of(board)
    scene = found.scenes[1]
    assert 0 < scene.percent < 100
    assert found.scenes[0].percent == found.scenes[2].percent == 100
    for span in scene.uncovered:
        assert gone.start_at <= span.start < span.end <= gone.end_at
        assert " ".join(source[span.start : span.end].split()) == span.text
        assert span.words == len(span.text.split())
    assert found.words - found.covered == sum(span.words for span in scene.uncovered)


def test_a_line_no_shot_holds_is_both_uncovered_and_unvoiced(board: Board, tmp_path: Path) -> None:
    voice_all(board, tmp_path, 1.0)
    assert (coverage(board).voiced, coverage(board).lines) == (17, 17)
    remove(*shots_of(board))
    found = coverage(board)
    assert (found.percent, found.covered, found.lines, found.voiced) == (0, 0, 17, 0)
    assert {(line.shot_id, line.number) for s in found.scenes for line in s.unvoiced} == {("", "")}
    said = found.scenes[0].unvoiced[0]
    assert said.text in [span.text for span in found.scenes[0].uncovered]


def test_headings_cues_transitions_and_notes_are_not_filmed(database: str) -> None:
    text = (
        "FADE IN:\n\nINT. ROOM - DAY\n\n= A synopsis.\n\nAnn sits. [[a note]]\n\nANN\n(sadly)\nTwo words.\n\nCUT TO:\n"
    )
    board = make_board(text.encode())
    assert coverage(board).words == 4
    remove(*shots_of(board))
    assert [span.text for span in coverage(board).scenes[0].uncovered] == ["Ann sits.", "Two words."]


def test_one_missing_word_is_never_called_all(database: str) -> None:
    board = make_board(("INT. ROOM - DAY\n\n" + "Word by word it goes on and on. " * 60 + "\n").encode())
    last = max(shots_of(board), key=lambda shot: shot.end_at)
    with unit_of_work() as uow:
        row = uow.session.get(Shot, last.id)
        assert row is not None
        row.end_at -= 3
        uow.session.add(row)
    found = coverage(board)
    assert (found.words - found.covered, found.percent) == (1, 99)
    assert found.scenes[0].uncovered[0].text == "on."


def test_coverage_takes_the_same_few_queries_whatever_the_length(board: Board) -> None:
    small = make_board(b"INT. ROOM - DAY\n\nA man sits.\n")
    counts: list[int] = []
    for each in (small, board):
        with reading() as uow, counted_queries() as sent:
            storyboards.coverage_of(uow, each.actor, each.script_id)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 7


def test_a_stranger_learns_nothing_of_the_words(board: Board) -> None:
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with pytest.raises(NotFound), reading() as uow:
        storyboards.coverage_of(uow, stranger, board.script_id)
