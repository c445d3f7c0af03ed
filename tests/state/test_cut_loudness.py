"""Loudness in the Cut room: measured when asked, stale after an edit, clips brought to one loudness by one act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.loudness import TARGET_LUFS, LoudnessState
from state.cut.room import CutRoomState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.core.storage import storage
from studio.engine.sound.wave import write_wav
from studio.engine.timeline import Clip
from studio.media import service as media
from studio.renders import service as renders
from tests.factories.hand import Hand, make_hand
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    """A cut whose voices can be heard, and nothing else in it."""
    hand = make_hand(tmp_path)
    tone = 0.05 * np.sin(np.arange(20 * 48_000) / 20).astype(np.float32)
    write_wav(tmp_path / "voice.wav", tone[:, None])
    file = media.stored(storage(), tmp_path / "voice.wav", kind="audio", mime="audio/wav", name="voice.wav")
    with unit_of_work() as uow:
        media.add_media(uow, hand.owner, hand.board.project_id, file)
    spoken = [{"op": "set_clip", "clip": each.id, "fields": {"media": file.sha256}} for each in voices(hand)]
    others = [t.id for t in hand.timeline.tracks if t.kind == "audio" and t.role != "voice"]
    hand.edit(*spoken, *({"op": "set_track", "track": each, "fields": {"muted": True}} for each in others))
    return hand


@pytest.fixture
def page(hand: Hand, person: Callable[[str], SignedIn]) -> Tab:
    found = tab(person("mara").token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    found.call(CutRoomState, "load")
    return found


def voices(hand: Hand) -> list[Clip]:
    return [c for track in hand.timeline.tracks if track.role == "voice" for c in track.clips]


def test_chosen_clips_are_brought_to_one_loudness_and_back_by_one_undo(page: Tab, hand: Hand) -> None:
    two = voices(hand)[:2]
    ids = [clip.id for clip in two]
    page.call(CutRoomState, "choose", clips=[*ids, hand.pictures()[0].id])
    page.call(LoudnessState, "normalise")
    heard = renders.hear_clips(hand.board.actor, page.get(CutRoomState).cut, ids)
    assert [lufs for _, lufs in heard] == pytest.approx([TARGET_LUFS] * 2, abs=0.1)
    page.call(CutRoomState, "undo")
    assert [clip.gain_db for clip in voices(hand)[:2]] == [clip.gain_db for clip in two]


def test_a_picture_alone_has_no_loudness_and_that_is_said(page: Tab, hand: Hand) -> None:
    page.call(CutRoomState, "choose", clips=[hand.pictures()[0].id])
    page.call(LoudnessState, "normalise")
    assert "no such clip with sound" in page.get(NoticesState).items[-1].text


def test_the_loudness_of_the_cut_is_told_when_asked_and_stale_after_an_edit(page: Tab, hand: Hand) -> None:
    assert page.get(LoudnessState).lufs == ""
    page.call(LoudnessState, "measure")
    told = page.get(LoudnessState)
    assert told.lufs.startswith("−") and told.peak and not told.stale
    assert float(told.lufs.replace("−", "-")) == pytest.approx(
        renders.hear_cut(hand.board.actor, page.get(CutRoomState).cut).lufs, abs=0.06
    )
    page.call(CutRoomState, "choose", clips=[voices(hand)[0].id])
    page.call(LoudnessState, "normalise")
    assert page.get(LoudnessState).stale
    page.call(LoudnessState, "measure")
    assert not page.get(LoudnessState).stale
