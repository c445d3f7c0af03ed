"""Storyboards in a project, on both databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.projects.models import Member
from studio.providers.port import Speech
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.documents import spec_document, spec_from
from studio.storyboards.models import Line, Panel, Shot
from tests.factories.film import Board, SilentVoices, draw_all, make_board, stored_file, voice_all
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def test_every_shot_has_a_panel_to_draw_and_every_spoken_word_a_line(board: Board) -> None:
    with reading() as uow:
        assert uow.session.query(Shot).count() == uow.session.query(Panel).count() == board.shots
        spoken = " ".join(x.text for x in uow.session.query(Line).order_by(Line.start_at))
    assert "Everybody has to be somewhere tonight." in spoken
    assert spoken.split()[-2:] == ["Thank", "you."]


def test_a_spec_is_read_back_as_it_was_planned(board: Board) -> None:
    with reading() as uow:
        specs = [spec_from(p.spec) for p in uow.session.query(Panel)]
    assert [spec_from(spec_document(s)) for s in specs] == specs
    assert {name for s in specs for name in (f.name for f in s.figures)} == {"MARA", "BEN"}


def test_a_script_is_broken_down_once(board: Board) -> None:
    with pytest.raises(Conflict), unit_of_work() as uow:
        storyboards.break_down(uow, board.actor, board.script_id)


def test_panels_are_asked_for_once_each_and_not_when_drawn(board: Board, tmp_path: Path) -> None:
    assert draw_all(board, tmp_path) == board.shots
    with unit_of_work() as uow:
        assert storyboards.request_panels(uow, board.actor, board.script_id) == 0


def test_asking_again_for_the_same_parent_adds_no_run(board: Board) -> None:
    with unit_of_work() as uow:
        film = runs.submit_run(uow, board.actor, board.project_id, "film", {})
        for _ in range(2):
            storyboards.request_panels(uow, board.actor, board.script_id, parent_id=film.id)
            storyboards.request_voices(uow, board.actor, board.script_id, parent_id=film.id)
        kinds = [r.kind for r in runs.list_children(uow, film.id)]
    assert (kinds.count("panel"), kinds.count("voice")) == (board.shots, 3)


def test_shots_take_their_length_from_the_voices(board: Board, tmp_path: Path) -> None:
    def length() -> int:
        with unit_of_work() as uow:
            return storyboards.retime(uow, board.actor, board.script_id)

    lines = voice_all(board, tmp_path, 1.0)
    short = length()
    with unit_of_work() as uow:
        for row in uow.session.query(Line):
            row.voice_seconds = 2.0
    grown = length() - short
    assert abs(grown - lines * 24) <= lines


def test_a_board_shows_lines_inside_their_shots(board: Board, tmp_path: Path) -> None:
    voice_all(board, tmp_path, 1.5)
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
    with reading() as uow:
        shots = storyboards.list_board(uow, board.actor, board.script_id)
    spoken = [(shot, line) for shot in shots for line in shot.lines]
    assert spoken
    assert all(line.offset >= 0 and line.offset + line.seconds * 24 <= shot.frames + 1 for shot, line in spoken)


def test_a_viewer_cannot_have_panels_drawn_and_a_stranger_sees_nothing(board: Board) -> None:
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound), reading() as uow:
        storyboards.list_board(uow, other, board.script_id)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))
    with pytest.raises(Forbidden), unit_of_work() as uow:
        storyboards.request_panels(uow, other, board.script_id)


def test_a_voice_for_words_the_script_no_longer_says_is_not_kept(board: Board, tmp_path: Path) -> None:
    with unit_of_work() as uow:
        provider = SilentVoices()
        brief = storyboards.voice_briefs(uow, board.actor, board.script_id, 0, provider)[0]
        late = replace(brief, text=f"{brief.text} Or so.")
        wav = stored_file(tmp_path, "line.wav", b"RIFF")
        speech = Speech(tmp_path / "line.wav", 1.0, (), "test", "full")
        assert not storyboards.add_voice(uow, board.actor, board.project_id, late, speech, wav)
        assert storyboards.voice_briefs(uow, board.actor, board.script_id, 0, provider)[0].line_id == brief.line_id
        assert storyboards.add_voice(uow, board.actor, board.project_id, brief, speech, wav)
        left = storyboards.voice_briefs(uow, board.actor, board.script_id, 0, provider)
        assert brief.line_id not in {b.line_id for b in left}
