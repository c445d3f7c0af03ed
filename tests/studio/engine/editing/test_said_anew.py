"""Something said anew in a clip: what follows stays in step, the picture is held, trimmed or slowed, words keep their place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.core.errors import Conflict, Invalid, StudioError
from studio.engine import editing as ed
from studio.engine.editing import Edit, Stretch
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Marker, Motion, Speed, Timeline, Track, Window
from studio.engine.timeline.checks import faults
from tests.factories.timelines import AVAILABLE, timelines

OLD, NEW, FILM, STILL, MUSIC = (each * 64 for each in "abcde")
HAS: dict[str, int | None] = {OLD: 200, NEW: 400, FILM: 160, STILL: None, MUSIC: 300}
SAID = Clip("said", "1A MARA", OLD, 50, 100, gain_db=-3.0, link="shot:1", fade_out=4)


def film(*pictures: Clip, **more: Any) -> Timeline:
    shots = pictures or (
        Clip("p1", "1A", STILL, 0, 160, motion=Motion(Window(), Window(width=0.8))),
        Clip("p2", "1B", STILL, 160, 90),
    )
    tracks = (
        Track("v", "video", "Picture", "picture", shots),
        Track("a", "audio", "Voice", "voice", (SAID, Clip("later", "1B BEN", OLD, 170, 40)), **more),
        Track("m", "audio", "Music", "music", (Clip("cue", "Cue", MUSIC, 0, 250),)),
        Track("w", "captions", "Words", "captions", captions=(Caption(60, 20, "one"), Caption(180, 20, "two"))),
    )
    return Timeline("Film", Rate(24), 640, 360, tracks, (Marker(0, "one"), Marker(160, "two")))


def said(timeline: Timeline, start: int, end: int, frames: int, **more: Any) -> Timeline:
    return ed.respeak(timeline, "said", start, end, NEW, frames, available=HAS, **more).timeline


def laid(timeline: Timeline, track: int) -> list[tuple[str, int, int, int]]:
    return [(c.id, c.start, c.end, c.source_in) for c in timeline.tracks[track].clips]


def test_all_that_follows_moves_by_what_the_new_recording_is_longer() -> None:
    now = said(film(), 50, 150, 130)
    assert laid(now, 1) == [("said", 50, 180, 0), ("later", 200, 240, 0)]
    assert laid(now, 0) == [("p1", 0, 190, 0), ("p2", 190, 280, 0)]
    assert now.markers[1].frame == 190 and now.frames == 280
    assert [(c.start, c.end) for c in now.captions()] == [(63, 89), (210, 230)]
    new = now.tracks[1].clips[0]
    assert (new.media, new.gain_db, new.link, new.fade_out) == (NEW, -3.0, "shot:1", 4)
    assert (
        now.tracks[0].clips[0].motion == film().tracks[0].clips[0].motion
    )  # the move takes the whole of the longer shot


def test_a_shorter_one_pulls_everything_nearer() -> None:
    now = said(film(), 50, 150, 60)
    assert laid(now, 1) == [("said", 50, 110, 0), ("later", 130, 170, 0)]
    assert laid(now, 0) == [("p1", 0, 120, 0), ("p2", 120, 210, 0)]
    assert laid(now, 2) == [("cue", 0, 210, 0)]


def test_one_sentence_of_several_gets_its_recording_and_the_others_keep_theirs() -> None:
    now = said(film(), 80, 120, 50, source_in=7)
    assert laid(now, 1)[:3] == [("said", 50, 80, 0), ("said~2", 80, 130, 7), ("said~3", 130, 160, 70)]
    assert [clip.media for clip in now.tracks[1].clips[:3]] == [OLD, NEW, OLD]


def test_a_cut_of_the_picture_keeps_its_place_in_what_is_said() -> None:
    now = said(film(Clip("p1", "1A", STILL, 0, 100), Clip("p2", "1B", STILL, 100, 150)), 50, 150, 200)
    assert laid(now, 0) == [("p1", 0, 150, 0), ("p2", 150, 350, 0)]


def test_footage_is_held_as_long_as_there_is_of_it_and_then_runs_slower() -> None:
    footage = Clip("p1", "Take", FILM, 0, 150)
    assert said(film(footage), 50, 150, 110).tracks[0].clips[0] == replace(footage, frames=160)
    slow = said(film(footage), 50, 150, 150).tracks[0].clips[0]
    assert (slow.frames, slow.speed) == (200, Speed(Fraction(3, 4)))


def test_music_of_which_there_is_no_more_ends_where_it_ended() -> None:
    assert laid(said(film(), 50, 150, 130), 2) == [("cue", 0, 280, 0)]
    assert laid(said(film(), 50, 150, 180), 2) == [("cue", 0, 250, 0)]


def test_what_cannot_be_said_anew_is_told() -> None:
    with pytest.raises(Invalid, match="lies within its clip"):
        said(film(), 40, 150, 50)
    with pytest.raises(Invalid, match="one frame or more"):
        said(film(), 50, 150, 0)
    with pytest.raises(Invalid, match="not heard"):
        ed.respeak(film(), "p1", 10, 20, NEW, 30, available=HAS)
    with pytest.raises(Conflict, match="locked"):
        said(film(locked=True), 50, 150, 90)


def test_a_locked_track_of_pictures_stays_as_it_is() -> None:
    locked = replace(film(), tracks=(replace(film().tracks[0], locked=True), *film().tracks[1:]))
    assert laid(said(locked, 50, 150, 130), 0) == laid(locked, 0)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_said_anew_nothing_overlaps_and_what_follows_moves_alike(data: st.DataObject) -> None:
    before = data.draw(timelines(most=3, last=("audio",)))
    heard = [clip for track in before.tracks if track.kind == "audio" and not track.locked for clip in track.clips]
    assume(heard)
    clip = data.draw(st.sampled_from(heard))
    start = data.draw(st.integers(clip.start, clip.end - 1))
    stretch = Stretch(start, data.draw(st.integers(start + 1, clip.end)), data.draw(st.integers(1, 90)))
    edit = Edit("respeak", {"clip": clip.id, "start": start, "end": stretch.end, "media": "", "frames": stretch.frames})
    try:
        after = edit(before, AVAILABLE).timeline
    except StudioError:
        assume(False)
        return
    assert faults(after, AVAILABLE) == ()
    now = {clip.id: clip for track in after.tracks for clip in track.clips}
    for track in before.tracks:
        for each in track.clips:
            if each.start >= stretch.end and not track.locked:
                assert now[each.id] == replace(each, start=each.start + stretch.by)
