"""The words of a cut made of a voiced board: from its recordings, for those who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.engine.editing import Edit
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines
from studio.timelines.transcript import Word, cut_out, ranges_of
from tests.factories.hand import Hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def words(hand: Hand) -> tuple[Word, ...]:
    with reading() as uow:
        return timelines.words_of(uow, hand.owner, hand.id)


def test_the_words_of_a_cut_are_those_of_its_voices_and_are_cut_out_with_the_picture(hand: Hand) -> None:
    voices = list(hand.timeline.clips("voice"))
    said = words(hand)
    assert said and all(any(clip.start <= word.start < clip.end for clip in voices) for word in said)
    assert {word.speaker for word in said} <= {caption.speaker for caption in hand.timeline.captions()}
    first, length = said[0], hand.timeline.frames
    with unit_of_work() as uow:
        edits = cut_out(hand.timeline, ranges_of([first], said), [first])
        timelines.edit_timeline(uow, hand.owner, hand.id, edits, revision=hand.now().revision, label="1 word out")
    assert hand.timeline.frames == length - (first.end - first.start)
    hand.undo()
    assert words(hand) == said


def test_a_cut_without_sound_says_its_captions(hand: Hand) -> None:
    audio = [track.id for track in hand.timeline.tracks if track.kind == "audio"]
    with unit_of_work() as uow:
        edits = [Edit("remove_track", {"track": each}) for each in audio]
        timelines.edit_timeline(uow, hand.owner, hand.id, edits, revision=hand.now().revision)
    told = " ".join(caption.text for caption in hand.timeline.captions()).split()
    assert [word.text for word in words(hand)] == told


def test_recordings_are_those_of_ones_own_projects(hand: Hand) -> None:
    hashes = sorted({clip.media for clip in hand.timeline.clips("voice")})
    with reading() as uow:
        found = storyboards.list_voiced(uow, hand.owner, hand.board.project_id, [*hashes, "0" * 64])
    assert sorted(found) == hashes
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow, pytest.raises(NotFound):
        storyboards.list_voiced(uow, stranger, hand.board.project_id, hashes)
    with reading() as uow, pytest.raises(NotFound):
        timelines.words_of(uow, stranger, hand.id)
