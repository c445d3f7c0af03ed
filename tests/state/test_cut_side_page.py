"""Beside the player of the Cut room: properties, transitions, captions, mixer and words, each change one act of the cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.captions import CaptionsState
from state.cut.inspector import InspectorState
from state.cut.inspector.joins import JoinState
from state.cut.inspector.shown import Field
from state.cut.mixer import MixerState
from state.cut.room import CutRoomState
from state.cut.transcript import TranscriptState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.engine.timeline import Clip, Curve, Track
from studio.engine.timeline.looks import Blur, Transform
from tests.factories.hand import Hand, make_hand
from tests.state.conftest import Tab, asked, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


@pytest.fixture
def page(hand: Hand, person: Callable[[str], SignedIn]) -> Tab:
    found = tab(person("mara").token, f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    found.call(CutRoomState, "load")
    return found


_HELLO = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"


def chosen(page: Tab, *clips: str, at: int = 0) -> None:
    page.call(CutRoomState, "rest_at", frame=at)
    page.call(CutRoomState, "choose", clips=list(clips))


def clip_of(hand: Hand, clip_id: str) -> Clip:
    return next(c for track in hand.timeline.tracks for c in track.clips if c.id == clip_id)


def track_of(hand: Hand, track_id: str) -> Track:
    return next(track for track in hand.timeline.tracks if track.id == track_id)


def of_chosen(page: Tab, op: str, **fields: Any) -> bool:
    """Ask for something of the clips the inspector shows."""
    return asked(page, op, clips=list(page.get(InspectorState).head.clips), **fields)


def field_of(page: Tab, group: str, name: str) -> Field:
    found = next(each for each in page.get(InspectorState).groups if each.name == group)
    return next(each for each in found.fields if each.name == name)


def test_a_chosen_shot_is_named_as_on_the_board_and_what_is_set_is_there_at_once(page: Tab, hand: Hand) -> None:
    one = hand.pictures()[0]
    chosen(page, one.id)
    head = page.get(InspectorState).head
    assert (head.count, head.title) == (1, one.name) and head.board.endswith(f"board?shot={one.link[5:]}")
    of_chosen(page, "set_property", group="transform", name="scale", value=112.5, frame=0)
    assert clip_of(hand, one.id).transform == Transform(scale_x=1.125, scale_y=1.125)
    assert field_of(page, "transform", "scale").number == 112.5
    of_chosen(page, "set_property", group="transform", name="transform.x", value=96, frame=0)
    of_chosen(page, "reset_group", group="transform", name="transform.x")
    assert clip_of(hand, one.id).transform == Transform(scale_x=1.125, scale_y=1.125)
    assert page.get(CutRoomState).undoing.undo == f"reset left, right of {one.name}"
    of_chosen(page, "reset_group", group="transform")
    assert clip_of(hand, one.id).transform is None
    page.call(CutRoomState, "undo")
    assert field_of(page, "transform", "scale").number == 112.5


def test_keys_are_put_on_the_playhead_bent_and_taken_away(page: Tab, hand: Hand) -> None:
    one = hand.pictures()[1]
    chosen(page, one.id, at=one.start + 5)
    opacity = {"group": "transform", "name": "opacity"}
    of_chosen(page, "turn_key", **opacity, frame=one.start + 5)
    of_chosen(page, "bend_key", **opacity, way="bezier", frame=one.start + 5)
    value = clip_of(hand, one.id).opacity
    assert isinstance(value, Curve) and (value.keys[0].frame, value.keys[0].way) == (5, "bezier")
    assert field_of(page, "transform", "opacity").keyed == "here"
    page.call(CutRoomState, "rest_at", frame=one.start + 9)
    assert field_of(page, "transform", "opacity").keyed == "some"
    assert page.get(InspectorState).times.key_before == one.start + 5
    of_chosen(page, "set_property", **opacity, value=50, frame=one.start + 9)
    of_chosen(page, "turn_key", **opacity, frame=one.start + 5)
    value = clip_of(hand, one.id).opacity
    assert isinstance(value, Curve) and [(key.frame, key.value) for key in value.keys] == [(9, 0.5)]


def test_several_clips_show_what_they_share_and_a_change_is_one_act_for_all(page: Tab, hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    chosen(page, one.id)
    of_chosen(page, "set_property", group="transform", name="opacity", value=40, frame=0)
    chosen(page, one.id, two.id)
    assert field_of(page, "transform", "opacity").mixed
    of_chosen(page, "add_effect", code="blur")
    of_chosen(page, "set_property", group="effects[0]", name="effects[0].radius", value=2, frame=0)
    assert {clip_of(hand, each).effects for each in (one.id, two.id)} == {(Blur(0.02),)}
    before = hand.now().revision
    of_chosen(page, "set_property", group="transform", name="opacity", value=90, frame=0)
    assert hand.now().revision == before + 1
    assert {clip_of(hand, each).opacity for each in (one.id, two.id)} == {0.9}
    of_chosen(page, "remove_effect", number=0)
    assert clip_of(hand, two.id).effects == ()


def test_a_new_length_moves_along_what_follows_and_words_that_are_no_time_change_nothing(page: Tab, hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    chosen(page, one.id)
    assert of_chosen(page, "set_time", which="length", value="6:00")
    assert (clip_of(hand, one.id).frames, clip_of(hand, two.id).start) == (144, one.start + 144)
    assert not of_chosen(page, "set_time", which="length", value="soon")
    assert clip_of(hand, one.id).frames == 144
    assert "Type a length" in page.get(NoticesState).items[-1].text


def test_a_transition_is_laid_on_a_cut_set_and_made_hard_again(page: Tab, hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    chosen(page, one.id, two.id)
    seam = page.get(InspectorState).seams[0]
    assert (seam.id, seam.at) == ("", two.start)
    asked(page, "choose_transition", track=seam.track, at=seam.at, kind="dissolve")
    there = track_of(hand, seam.track).transitions[0]
    assert (there.kind, there.before, there.after) == ("dissolve", 12, 12)
    asked(page, "choose_transition", track=seam.track, at=seam.at, kind="dip")
    asked(page, "time_transition", transition=there.id, frames=9)
    asked(page, "set_transition", transition=there.id, fields={"colour": "#ff6b35"})
    shown = page.get(InspectorState).seams[0]
    assert (shown.kind, shown.frames, shown.colour) == ("dip", 9, "#ff6b35")
    asked(page, "choose_transition", track=seam.track, at=seam.at, kind="")
    assert track_of(hand, seam.track).transitions == ()


def test_the_whole_cut_has_a_size_a_background_and_a_timecode(page: Tab, hand: Hand) -> None:
    assert page.get(InspectorState).head.count == 0
    asked(page, "set_size", size="1080x1920")
    asked(page, "set_timeline", fields={"background": "#102030"})
    asked(page, "begin_at", timecode="01:00:00:00")
    cut = hand.timeline
    assert (cut.width, cut.height, cut.background, cut.first_frame) == (1080, 1920, "#102030", 24 * 3600)
    assert page.get(JoinState).whole.begins == "01:00:00:00"


def test_captions_are_retold_split_joined_and_found(page: Tab, hand: Hand) -> None:
    rows = page.get(CaptionsState).rows
    first, track = rows[0], page.get(CaptionsState).track
    asked(page, "retell_caption", track=track, start=first.start, text="Quite other words")
    asked(page, "part_caption", track=track, start=first.start, letter=6, text="Quite other words")
    told = [row.text for row in page.get(CaptionsState).rows]
    assert told[:2] == ["Quite", "other words"]
    asked(page, "merge_captions", track=track, start=first.start)
    assert page.get(CaptionsState).rows[0].text == "Quite\nother words"
    page.call(CaptionsState, "find", words="OTHER")
    assert [row.start for row in page.get(CaptionsState).rows] == [first.start]
    page.call(CaptionsState, "find", words="")
    asked(page, "remove_caption", track=track, start=first.start)
    assert len(hand.timeline.captions()) == len(rows) - 1
    asked(page, "bring_captions", track=track, name="a.srt", text=_HELLO)
    assert [(c.start, c.text) for c in hand.timeline.captions()] == [(24, "Hello.")]
    page.call(CutRoomState, "undo")
    assert len(hand.timeline.captions()) == len(rows) - 1


def test_captions_wear_a_look_and_no_other(page: Tab, hand: Hand) -> None:
    track = page.get(CaptionsState).track
    assert asked(page, "set_track", track=track, fields={"look": "box"})
    assert page.get(CaptionsState).look == "box"
    assert [track.look for track in hand.timeline.tracks if track.captions] == ["box"]
    assert not asked(page, "set_track", track=track, fields={"look": "none of them"})
    assert page.get(CaptionsState).look == "box"


def test_the_mixer_sets_a_track(page: Tab, hand: Hand) -> None:
    strip = next(each for each in page.get(MixerState).strips if each.role == "music")
    acts: list[dict[str, Any]] = [
        {"gain_db": -4.5},
        {"pan": -0.25},
        {"equaliser": "warm"},
        {"ducked_by": "voice"},
        {"solo": True},
    ]
    for fields in acts:
        assert asked(page, "set_track", track=strip.id, fields=fields)
    track = track_of(hand, strip.id)
    assert (track.gain_db, track.pan, track.equaliser, track.ducked_by, track.solo) == (
        -4.5,
        -0.25,
        "warm",
        "voice",
        True,
    )
    assert [each.silent for each in page.get(MixerState).strips if not each.solo] == [True] * (
        len(page.get(MixerState).strips) - 1
    )


def test_words_are_read_and_cut_out_and_words_that_moved_are_not(page: Tab, hand: Hand) -> None:
    said = page.get(TranscriptState).said
    word = said[0].sentences[0].words[0]
    length = hand.timeline.frames
    assert asked(page, "take_words", ranges=[[word.start, word.end]], ripple=True)
    assert hand.timeline.frames == length - (word.end - word.start)
    assert not asked(page, "take_words", ranges=[[word.start, word.end + 1]], ripple=True)
    assert hand.timeline.frames == length - (word.end - word.start)
    page.call(TranscriptState, "look_for", words="zebra crossing")
    assert page.get(TranscriptState).said == []
