"""Captions as a list: what is hard to read, and every edit of it."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.editing import Edit, batch
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track
from studio.timelines import captioning as c

RATE = Rate(24)


def cut(*captions: Caption) -> Timeline:
    tracks = (Track("v1", "video", "V1", "picture", clips=(Clip("one", "one", "a" * 64, 0, 480),)),)
    words = (Track("c1", "captions", "Captions", "captions", captions=captions),) if captions else ()
    return Timeline("Film", RATE, 640, 360, (*tracks, *words))


def after(of: Timeline, edits: tuple[Edit, ...]) -> list[tuple[int, int, str]]:
    made = batch(of, edits).timeline
    return [(each.start, each.frames, each.text) for each in made.captions()]


def track(of: Timeline) -> Track:
    return c.caption_tracks(of)[0]


def test_what_is_too_fast_too_long_or_too_many_lines_is_said() -> None:
    judged = c.readable(
        [Caption(0, 24, "Hello there."), Caption(24, 24, "x" * 43), Caption(48, 240, "one\ntwo\nthree")], RATE
    )
    assert [each.faults for each in judged] == [
        (),
        ("43 letters a second, 17 can be read", "a line of 43 letters, 42 fit"),
        ("3 lines",),
    ]
    assert judged[0].cps == 12


def test_a_caption_comes_at_the_playhead_as_long_as_there_is_room() -> None:
    full = cut(Caption(100, 48, "later"))
    assert after(full, c.added(full, "c1", 80)) == [(80, 20, "New caption"), (100, 48, "later")]
    assert after(full, c.added(full, "c1", 10))[0] == (10, 48, "New caption")
    with pytest.raises(Conflict, match="playhead"):
        c.added(full, "c1", 120)
    assert after(cut(), c.added(cut(), "", 7)) == [(7, 48, "New caption")]


def test_words_and_times_are_set_and_a_caption_without_words_goes() -> None:
    full = cut(Caption(0, 48, "first"), Caption(48, 48, "second"))
    assert after(full, c.retold(track(full), 0, "  new \n\n words "))[0] == (0, 48, "new\nwords")
    assert after(full, c.retold(track(full), 0, " ")) == [(48, 48, "second")]
    assert c.retold(track(full), 0, "first") == ()
    assert after(full, c.retimed(track(full), 0, ends=30))[0] == (0, 30, "first")
    assert after(full, c.retimed(track(full), 48, begins=60))[1] == (60, 36, "second")
    assert c.retimed(track(full), 0, begins=0) == ()
    with pytest.raises(Invalid, match="after it begins"):
        c.retimed(track(full), 48, ends=48)
    with pytest.raises(NotFound):
        c.retold(track(full), 7, "x")


def test_a_caption_is_cut_at_the_caret_with_the_words_just_typed() -> None:
    full = cut(Caption(0, 100, "Thirty years I took it"))
    text = " Thirty years I took this boat"
    first, second = after(full, c.parted(track(full), 0, text, text.index(" I took")))
    assert (first[2], second[2]) == ("Thirty years", "I took this boat")
    assert first[0] + first[1] == second[0]


SRT = """1
00:00:01,000 --> 00:00:02,500
Hello.

2
00:00:02,000 --> 00:00:04,000
Both at once.
"""


def test_a_file_takes_the_place_of_the_captions_of_its_track_and_nothing_overlaps() -> None:
    full = cut(Caption(0, 48, "old"))
    told = [(24, 24, "Hello."), (48, 48, "Both at once.")]
    assert after(full, c.brought(full, "c1", "a.SRT", SRT.encode())) == told
    assert after(cut(), c.brought(cut(), "", "a.srt", SRT.encode())) == told


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b"x"), ("a.srt", b"\x00\xff"), ("a.vtt", b"WEBVTT\n\n"), ("srt", b"")]
)
def test_a_file_that_holds_no_captions_is_refused_in_words(name: str, data: Any) -> None:
    with pytest.raises(Invalid):
        c.brought(cut(Caption(0, 48, "old")), "c1", name, data)


def test_a_new_track_has_an_id_nobody_has() -> None:
    full = cut()
    first = c.new_track(full)
    more = batch(full, [Edit("add_track", {"track": first})]).timeline
    assert (first.id, c.new_track(more).id) == ("captions-1", "captions-2")
