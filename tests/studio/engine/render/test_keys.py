"""A segment keeps its name while it looks the same, wherever it stands, and gets another when anything seen changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.presets import PRESETS
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Span, stretches
from studio.engine.render.plan import planned
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Marker, Speed, Timeline, Track, Transition
from studio.engine.timeline.looks import Blur, Colour, Crop, Grain, Nested, Solid, Text, Transform

P = PRESETS["720p"]


def film(picture: tuple[Clip, ...], *others: Track, transitions: tuple[Transition, ...] = ()) -> Timeline:
    return Timeline(
        "F", Rate(24), 1920, 1080, (Track("v", "video", "V", "picture", picture, transitions=transitions), *others)
    )


def keys(timeline: Timeline) -> list[str]:
    return segment_keys(timeline, planned(timeline, workers=1), P, encoder_version="5.1")


def words(*clips: Clip) -> Track:
    return Track("t", "text", "T", "picture", clips)


LOOKS = st.sampled_from(
    [
        {},
        {"opacity": 0.5},
        {"opacity": Curve((Key(0, 0.0), Key(9, 1.0)))},
        {"speed": Speed(Fraction(3, 2))},
        {"colour": Colour(exposure=0.5)},
        {"effects": (Grain(),)},
        {"transform": Transform(x=Curve((Key(0, 0.0), Key(30, 1.0))))},
        {"fade_in": 7},
    ]
)


@st.composite
def cuts(draw: st.DrawFn) -> Timeline:
    clips: list[Clip] = []
    transitions: list[Transition] = []
    at = 0
    for i in range(draw(st.integers(2, 7))):
        frames = draw(st.integers(20, 120))
        clips.append(Clip(str(i), f"N{i}", f"m{i % 3}", at, frames, draw(st.integers(0, 50)), **draw(LOOKS)))
        if i and draw(st.booleans()):
            transitions.append(Transition(f"t{i}", "dissolve", at, draw(st.integers(0, 9)), draw(st.integers(1, 9))))
        at += frames
    return film(tuple(clips), transitions=tuple(transitions))


def moved(timeline: Timeline, by: int) -> Timeline:
    """Everything `by` frames later, behind a colour."""
    track = timeline.tracks[0]
    clips = (Clip("new", "New", "", 0, by, made=Solid()), *(replace(c, start=c.start + by) for c in track.clips))
    transitions = tuple(replace(t, at=t.at + by) for t in track.transitions)
    return replace(timeline, tracks=(replace(track, clips=clips, transitions=transitions),))


@given(cuts(), st.integers(60, 200))
def test_what_comes_later_by_a_ripple_keeps_its_name(timeline: Timeline, by: int) -> None:
    spans = planned(timeline, workers=1)
    later = [Span(s.start + by, s.frames) for s in spans]
    assert keys(timeline) == segment_keys(moved(timeline, by), later, P, encoder_version="5.1")


@given(cuts())
def test_a_segment_never_ends_inside_a_transition(timeline: Timeline) -> None:
    inner = {f for t in timeline.tracks[0].transitions for f in range(t.start + 1, t.end)}
    assert not inner & {span.start for span in planned(timeline, workers=4)}


@given(cuts())
def test_names_groups_marks_and_locks_are_not_seen(timeline: Timeline) -> None:
    track = timeline.tracks[0]
    clips = tuple(
        replace(c, id=c.id + "x", name="Other", group="g", link="shot:1", markers=(Marker(0, "m"),), pan=0.5)
        for c in track.clips
    )
    other = replace(
        timeline, name="Other", markers=(Marker(1, "M"),), tracks=(replace(track, clips=clips, name="N", locked=True),)
    )
    assert keys(other) == keys(timeline)


@given(st.integers(1, 8), st.integers(0, 7))
def test_another_text_changes_its_own_segments_alone(count: int, which: int) -> None:
    which %= count
    picture = (Clip("a", "A", "m", 0, 100 * count),)
    texts = [Clip(str(i), "w", "", 100 * i + 10, 60, made=Text(f"Words {i}")) for i in range(count)]
    before = film(picture, words(*texts))
    texts[which] = replace(texts[which], made=Text("Other words"))
    after = film(picture, words(*texts))
    spans = planned(before, workers=1)
    changed = [s for s, a, b in zip(spans, keys(before), keys(after), strict=True) if a != b]
    own = Span(100 * which + 10, 60)
    assert changed
    assert all(s.start < own.end and s.end > own.start for s in changed)


BASE = Clip("a", "A", "m", 0, 60, source_in=5)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, source_in=6),
        lambda c: replace(c, opacity=0.9),
        lambda c: replace(c, blend="screen"),
        lambda c: replace(c, crop=Crop(0.1)),
        lambda c: replace(c, transform=Transform(rotation=1.0)),
        lambda c: replace(c, colour=Colour(gamma=1.1)),
        lambda c: replace(c, effects=(Blur(0.02),)),
        lambda c: replace(c, speed=Speed(Fraction(1, 2))),
        lambda c: replace(c, enabled=False),
        lambda c: replace(c, made=Nested(film((BASE,))), media=""),
    ],
    ids=["slip", "opacity", "blend", "crop", "transform", "colour", "effect", "speed", "off", "nested"],
)
def test_what_is_seen_of_a_clip_changes_the_name(change: Callable[[Clip], Clip]) -> None:
    assert keys(film((BASE,))) != keys(film((change(BASE),)))


def test_a_change_inside_a_nested_timeline_changes_the_name_where_it_is_seen() -> None:
    inner = film((replace(BASE, frames=300),), words(Clip("w", "W", "", 200, 50, made=Text("In"))))
    other = replace(inner, tracks=(inner.tracks[0], words(Clip("w", "W", "", 200, 50, made=Text("Out")))))
    one, two = (film((Clip("n", "N", "", 0, 300, made=Nested(t)),)) for t in (inner, other))
    differ = [a != b for a, b in zip(keys(one), keys(two), strict=True)]
    assert any(differ)
    assert not differ[0]


def test_muted_tracks_are_not_seen() -> None:
    over = Track("x", "video", "X", "picture", (replace(BASE, media="other"),), muted=True)
    assert keys(film((BASE,), over)) == keys(film((BASE,)))


def test_a_transition_shows_both_clips_in_its_frames_only() -> None:
    clips = (replace(BASE, fade_out=9), replace(BASE, id="b", start=60, fade_in=9))
    parts = stretches(film(clips, transitions=(Transition("t", "wipe_up", 60, 6, 4),)))
    assert [(p.start, p.end, len(p.layers[0].clips)) for p in parts] == [(0, 54, 1), (54, 64, 2), (64, 120, 1)]
    assert not any(c.fade_in or c.fade_out for p in parts for c in p.layers[0].clips)
