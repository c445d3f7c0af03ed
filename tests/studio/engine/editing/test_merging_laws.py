"""A board and a cut by hand as one: nothing of a hand is lost, nothing lies over anything, and one side alone comes out whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.core.errors import Conflict, StudioError
from studio.engine.editing import Edit, apply
from studio.engine.editing.merging import merged, rebased
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Marker, Timeline, Track
from studio.engine.timeline.checks import faults
from studio.engine.timeline.looks import Text
from tests.factories.timelines import AVAILABLE, edits, timelines

LAWS = settings(max_examples=200, deadline=None)
Shots = tuple[tuple[str, int], ...]


def board(shots: Shots, music: int = 0) -> Timeline:
    """A cut as it is made of a board: pictures without gaps, a voice in every shot, its words, music over all, scenes marked."""
    pictures: list[Clip] = []
    voices: list[Clip] = []
    words: list[Caption] = []
    marks: list[Marker] = []
    at = 0
    for number, (name, frames) in enumerate(shots):
        link = f"shot:{name}"
        pictures.append(Clip(f"shot-{name}", name, f"{int(name):064x}", at, frames, link=link))
        if frames > 8:
            voices.append(Clip(f"line-{name}", f"{name} MARA", "e" * 64, at + 3, 5, link=link))
            words.append(Caption(at + 3, 5, f"words of {name}", "MARA"))
        if number % 3 == 0:
            marks.append(Marker(at, f"Scene of {name}"))
        at += frames
    length = min(at, music)
    score = (Clip("cue-1", "Calm cue", "f" * 64, 0, length),) if length else ()
    tracks = (
        Track("v1", "video", "Picture", "picture", clips=tuple(pictures)),
        Track("a-voice-1", "audio", "Voice 1", "voice", clips=tuple(voices)),
        Track("a-music", "audio", "Music", "music", clips=score),
        Track("c1", "captions", "Captions", "captions", captions=tuple(words)),
    )
    return Timeline("Film", Rate(24), 640, 360, tracks, tuple(marks))


def boards(names: st.SearchStrategy[str]) -> st.SearchStrategy[Shots]:
    lengths = st.lists(st.tuples(names, st.integers(2, 60)), min_size=1, max_size=6, unique_by=lambda shot: shot[0])
    return lengths.map(tuple)


@st.composite
def two_boards(draw: st.DrawFn) -> tuple[Timeline, Timeline]:
    """A board, and the same one later: shots came, went, have other lengths and places."""
    first = draw(boards(st.sampled_from("123456")))
    later = draw(boards(st.sampled_from("12345678")))
    music = draw(st.sampled_from((0, 40, 400)))
    return board(first, music), board(later, music)


@st.composite
def edited(draw: st.DrawFn, film: Timeline) -> Timeline:
    """A film after a few edits by hand."""
    for _ in range(draw(st.integers(1, 4))):
        try:
            film = apply(film, draw(edits(film)), AVAILABLE).timeline
        except StudioError:
            continue
    return film


def clips(timeline: Timeline) -> dict[str, Clip]:
    return {clip.id: clip for track in timeline.tracks for clip in track.clips}


@LAWS
@given(st.data())
def test_one_side_alone_comes_out_whole_with_what_was_laid_over_it_moved_along(data: st.DataObject) -> None:
    base, theirs = data.draw(two_boards())
    assert merged(base, base, theirs).timeline == theirs
    assert merged(base, theirs, base).timeline == theirs
    title = Track("titles", "text", "Titles", "title", clips=(Clip("t", "Title", "", 4, 9, made=Text("Later")),))
    found = merged(base, theirs, replace(base, tracks=(*base.tracks, title)))
    *rest, last = found.timeline.tracks
    assert replace(found.timeline, tracks=tuple(rest)) == theirs
    assert found.conflicts == ()
    assert replace(last.clips[0], start=4) == title.clips[0]
    under, now = base.tracks[0].clips, clips(theirs)
    shown = next((c for c in under if c.start <= 4 < c.end), None)
    if shown is not None and shown.id in now:
        assert last.clips[0].start - now[shown.id].start == 4 - shown.start


@LAWS
@given(st.data())
def test_what_was_done_by_hand_is_never_lost_and_nothing_lies_over_anything(data: st.DataObject) -> None:
    base, theirs = data.draw(two_boards())
    ours = data.draw(edited(base))
    found = merged(base, theirs, ours).timeline
    assert faults(found) == ()
    was, now, mine = clips(base), clips(found), clips(ours)
    for name, clip in mine.items():
        if name not in was:
            assert now[name].frames == clip.frames
            assert now[name].media in (clip.media, clips(theirs).get(name.split("~")[0], clip).media)
        else:
            for field in ("frames", "gain_db", "opacity", "colour", "source_in", "media", "group", "speed"):
                if getattr(clip, field) != getattr(was[name], field):
                    assert getattr(now[name], field) == getattr(clip, field)
    assert all(name not in now for name in was if name not in mine)
    locked = {track.id for track in ours.tracks if track.locked}
    for track in theirs.tracks:
        for clip in track.clips:
            assert clip.id in now or clip.id in was or track.id in locked
    for track in ours.tracks:
        if track.locked:
            assert track in found.tracks


@LAWS
@given(st.data())
def test_two_cuts_of_any_kind_become_one_that_is_sound(data: st.DataObject) -> None:
    base = data.draw(timelines())
    theirs, ours = data.draw(edited(base)), data.draw(edited(base))
    assert faults(merged(base, theirs, ours).timeline) == ()


def test_a_length_that_both_changed_stays_and_is_told_in_a_sentence() -> None:
    base, theirs = board((("1", 48), ("2", 24))), board((("1", 84), ("2", 24)))
    ours = apply(base, Edit("trim", {"clip": "shot-1", "edge": "out", "by": 48, "ripple": True})).timeline
    found = merged(base, theirs, ours)
    assert [note.sentence for note in found.conflicts] == ["1 is 3:12 on the board, 4:00 here. Yours stays."]
    assert found.timeline.tracks[0].clips[0].frames == 96


def test_a_cut_of_another_rate_is_not_merged() -> None:
    base = board((("1", 48),))
    with pytest.raises(Conflict) as refused:
        merged(base, replace(base, rate=Rate(25)), base)
    assert refused.value.code == "other_rate"


@LAWS
@given(st.data())
def test_an_act_is_undone_after_those_of_others_or_refused_and_what_they_did_stays(data: st.DataObject) -> None:
    film = data.draw(timelines())
    act = data.draw(edits(film))
    try:
        done = apply(film, act, AVAILABLE).timeline
    except StudioError:
        assume(False)
        return
    now = data.draw(edited(done))
    try:
        undone = rebased(done, film, now)
    except StudioError:
        return
    assert faults(undone.timeline, AVAILABLE) == () or any(track.locked for track in now.tracks)
    assert apply(undone.timeline, undone.inverse).timeline == now
    if now == done:
        assert undone.timeline == film
    was, after = clips(done), clips(undone.timeline)
    for name, clip in clips(now).items():
        if name not in was:
            assert replace(after[name], start=0) == replace(clip, start=0)
    for name in clips(film):
        if name not in was:
            assert name in after or any(each.split("~")[0] == name.split("~")[0] for each in after)


@pytest.mark.parametrize("across", [None, ("v1",)])
def test_a_ripple_undone_takes_along_what_others_put_behind_it(across: tuple[str, ...] | None) -> None:
    film = board((("1", 48), ("2", 24), ("3", 30)))
    trim = {"clip": "shot-1", "edge": "out", "by": -12, "ripple": True, "across": across}
    done = apply(film, Edit("trim", trim)).timeline
    title = Clip("mine", "Mine", "9" * 64, 0, 10)
    now = apply(done, Edit("insert", {"track": "v1", "at": 60, "clips": (title,)})).timeline
    undone = rebased(done, film, now).timeline
    assert [(c.id, c.start) for c in undone.tracks[0].clips] == [
        ("shot-1", 0),
        ("shot-2", 48),
        ("mine", 72),
        ("shot-3", 82),
    ]
    assert all(a.end == b.start for a, b in pairwise(undone.tracks[0].clips))


def test_what_was_changed_since_is_named_when_it_cannot_be_undone() -> None:
    film = board((("1", 48), ("2", 24)))
    done = apply(film, Edit("trim", {"clip": "shot-2", "edge": "out", "by": -4})).timeline
    now = apply(done, Edit("trim", {"clip": "shot-2", "edge": "out", "by": -2})).timeline
    with pytest.raises(Conflict, match=r"2 has been changed \(length\) since") as refused:
        rebased(done, film, now)
    assert refused.value.code == "changed_since"
    gone = apply(done, Edit("lift", {"clips": ("shot-2",)})).timeline
    with pytest.raises(Conflict, match="2 is not there any more"):
        rebased(done, film, gone)
