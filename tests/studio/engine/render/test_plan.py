"""Segments cover the film, follow its cuts, and keep their names when only their place changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.presets import PRESETS
from studio.engine.render.keys import segment_key
from studio.engine.render.layers import Span, stretches
from studio.engine.render.plan import MAX_FRAMES, MIN_FRAMES, planned
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Marker, Motion, Timeline, Track, Window

PUSH = Motion(Window(), Window(width=0.8))
BASE = Clip("a", "A", "11", 0, 100, motion=PUSH, fade_in=10)


FILM_RATE = Rate(24)


def film(*clips: Clip, above: tuple[Clip, ...] = (), rate: Rate = FILM_RATE) -> Timeline:
    tracks = (Track("v1", "video", "V1", "picture", clips), Track("v2", "video", "V2", "picture", above))
    return Timeline("Film", rate, 1920, 1080, tracks)


def key(timeline: Timeline, span: Span, *, preset: str = "720p", version: str = "5.1") -> str:
    return segment_key(timeline, span, PRESETS[preset], encoder_version=version)


@st.composite
def films(draw: st.DrawFn) -> Timeline:
    clips: list[Clip] = []
    at = draw(st.integers(0, 50))
    for i, (frames, gap) in enumerate(
        draw(st.lists(st.tuples(st.integers(1, 700), st.sampled_from([0, 0, 0, 3, 40])), max_size=25))
    ):
        clips.append(Clip(str(i), str(i), f"{i % 5}", at, frames))
        at += frames + gap
    above = [
        Clip(f"t{start}", "t", "9", start, frames)
        for start, frames in draw(st.lists(st.tuples(st.integers(-20, 900), st.integers(0, 90)), max_size=3))
    ]
    return film(*clips, above=tuple(above))


@given(films(), st.integers(1, 16))
def test_segments_cover_every_frame_once_and_keep_to_their_lengths(timeline: Timeline, workers: int) -> None:
    spans = planned(timeline, workers=workers)
    at = 0
    for span in spans:
        assert span.start == at
        assert span.frames <= MAX_FRAMES
        assert span.frames >= min(MIN_FRAMES, timeline.frames)
        at = span.end
    assert at == timeline.frames


@given(films(), st.integers(1, 8))
def test_every_worker_has_three_segments_where_there_is_enough_to_do(timeline: Timeline, workers: int) -> None:
    spans = planned(timeline, workers=workers)
    assert len(spans) >= 3 * workers or all(span.frames < 2 * MIN_FRAMES + MIN_FRAMES for span in spans)


@given(films())
def test_what_is_shown_has_neither_hole_nor_overlap(timeline: Timeline) -> None:
    at = 0
    for part in stretches(timeline):
        assert part.start == at < part.end
        assert all(c.start <= part.start < part.end <= c.end for layer in part.layers for c in layer.clips)
        at = part.end
    assert at == timeline.frames


def test_boundaries_lie_at_cuts() -> None:
    lengths = [50, 20, 20, 90, 31, 200]
    clips, at = [], 0
    for i, frames in enumerate(lengths):
        clips.append(Clip(str(i), str(i), str(i), at, frames))
        at += frames
    assert [s.frames for s in planned(film(*clips), workers=1)] == [50, 40, 90, 31, 200]


def test_a_long_run_is_split_evenly() -> None:
    assert [s.frames for s in planned(film(Clip("a", "A", "1", 0, 1000)), workers=1)] == [200] * 5


def test_an_edit_moves_only_the_boundaries_near_it() -> None:
    clips = [Clip(str(i), str(i), str(i), i * 45, 45) for i in range(60)]
    trimmed = [replace(c, frames=31) if c.id == "20" else c for c in clips]
    closed = [replace(c, start=c.start - 14) if int(c.id) > 20 else c for c in trimmed]
    before, after = film(*clips), film(*closed)
    old = {key(before, s) for s in planned(before, workers=2)}
    new = [key(after, s) for s in planned(after, workers=2)]
    assert sum(k not in old for k in new) == 1


def test_an_empty_timeline_has_no_segments() -> None:
    assert planned(film(), workers=4) == ()


def names(timeline: Timeline) -> list[tuple[int, int, str]]:
    return [(p.start, p.end, "".join(c.id for layer in p.layers for c in layer.clips)) for p in stretches(timeline)]


def test_the_upper_track_covers_the_lower_one() -> None:
    low, high = Clip("a", "A", "1", 0, 100), Clip("b", "B", "2", 40, 20, motion=PUSH)
    assert names(film(low, above=(high,))) == [(0, 40, "a"), (40, 60, "b"), (60, 100, "a")]


def test_what_may_be_seen_through_lies_over_what_is_below() -> None:
    low, high = Clip("a", "A", "1", 0, 100, motion=PUSH), Clip("b", "B", "2", 40, 20, motion=PUSH, opacity=0.5)
    assert names(film(low, above=(high,))) == [(0, 40, "a"), (40, 60, "ab"), (60, 100, "a")]


def test_a_gap_shows_nothing() -> None:
    parts = names(film(Clip("a", "A", "1", 10, 5), Clip("b", "B", "1", 20, 5)))
    assert [name for _, _, name in parts] == ["", "a", "", "b"]


@given(st.integers(1, 5000))
def test_a_ripple_keeps_every_key(moved: int) -> None:
    second = replace(BASE, id="b", media="22", start=100, fade_out=5)
    before = film(BASE, second)
    after = film(Clip("new", "New", "33", 0, moved), *(replace(c, start=c.start + moved) for c in (BASE, second)))
    for start, frames in ((0, 100), (100, 60), (30, 140)):
        assert key(before, Span(start, frames)) == key(after, Span(start + moved, frames))


@pytest.mark.parametrize(
    "clip",
    [
        replace(BASE, id="other"),
        replace(BASE, name="Other"),
        replace(BASE, link="shot:7"),
        replace(BASE, gain_db=-6.0),
        replace(BASE, fade_out=10),
    ],
    ids=["id", "name", "link", "gain", "a fade out of sight"],
)
def test_what_cannot_be_seen_stays_out_of_the_key(clip: Clip) -> None:
    assert key(film(BASE), Span(0, 60)) == key(film(clip), Span(0, 60))


def test_markers_and_the_films_name_stay_out_of_the_key() -> None:
    named = replace(film(BASE), name="Other", markers=(Marker(3, "Scene"),))
    assert key(film(BASE), Span(0, 60)) == key(named, Span(0, 60))


@pytest.mark.parametrize(
    "clip",
    [
        replace(BASE, media="22"),
        replace(BASE, motion=None),
        replace(BASE, motion=replace(PUSH, sway=0.01)),
        replace(BASE, motion=Motion(Window(), Window(width=0.81))),
        replace(BASE, fade_in=11),
        replace(BASE, fade_out=60),
        replace(BASE, frames=101),
        replace(BASE, start=-1),
    ],
    ids=["media", "no motion", "sway", "window", "fade in", "fade out", "length", "trim"],
)
def test_what_can_be_seen_changes_the_key(clip: Clip) -> None:
    assert key(film(BASE), Span(0, 60)) != key(film(clip), Span(0, 60))


def test_size_rate_preset_and_encoder_change_the_key() -> None:
    span = Span(0, 60)
    keys = {
        key(film(BASE), span),
        key(film(BASE), Span(0, 61)),
        key(film(BASE), span, preset="1080p"),
        key(film(BASE), span, version="6.0"),
        key(film(BASE, rate=Rate(25)), span),
        key(replace(film(BASE), width=1080, height=1920), span),
        segment_key(film(BASE), span, replace(PRESETS["720p"], crf=21), encoder_version="5.1"),
    }
    assert len(keys) == 7


def test_sound_settings_of_a_preset_stay_out_of_the_key() -> None:
    louder = replace(PRESETS["720p"], target_lufs=-23.0, audio_bitrate=96_000, name="broadcast")
    assert segment_key(film(BASE), Span(0, 60), louder, encoder_version="5.1") == key(film(BASE), Span(0, 60))


def test_a_still_that_does_not_move_looks_the_same_anywhere_in_its_clip() -> None:
    still = film(replace(BASE, motion=Motion(PUSH.end, PUSH.end), fade_in=0, frames=300))
    assert key(still, Span(0, 60)) == key(still, Span(150, 60))
