"""What cannot be in a timeline is told by its place and in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.engine.timeline import (
    Caption,
    Clip,
    Curve,
    Key,
    Marker,
    Motion,
    Speed,
    Timeline,
    Track,
    Transition,
    Window,
    checks,
)
from studio.engine.timeline.checks import checked, faults
from studio.engine.timeline.looks import Blur, ChromaKey, Colour, Crop, FrameFunction, Nested, Solid, Text, Transform

FILM = "a" * 64
ONE, TWO = Clip("c1", "one", FILM, 0, 50, source_in=10), Clip("c2", "two", FILM, 50, 50, source_in=10)
WORDS = Track("w", "captions", "Words", "captions", captions=(Caption(0, 10, "a"), Caption(10, 10, "b")))
LEAD = Transition("x", "dissolve", 50, 5, 5)


def film(*clips: Clip, transitions: tuple[Transition, ...] = ()) -> Timeline:
    track = Track("v", "video", "V1", "picture", clips or (ONE, TWO), transitions=transitions)
    return Timeline("Film", Rate(24), 640, 360, (track, WORDS))


def with_first(**fields: object) -> Timeline:
    return film(replace(ONE, **fields), TWO)


def nested(depth: int) -> Timeline:
    inner = film()
    for _ in range(depth):
        inner = film(Clip("n", "n", "", 0, 10, made=Nested(inner)))
    return inner


def on(kind: str, clip: Clip) -> Timeline:
    return Timeline("Film", Rate(24), 640, 360, (Track("t", kind, "T", "t", (clip,)),))


KEYS = Curve((Key(0, 0.0), Key(0, 1.0)))
CASES: dict[str, tuple[Timeline, str]] = {
    "two on one place": (film(ONE, replace(TWO, start=49)), "tracks[0].clips[1].start"),
    "out of order": (film(TWO, ONE), "tracks[0].clips[1].start"),
    "before the beginning": (with_first(start=-1), "tracks[0].clips[0].start"),
    "no length": (with_first(frames=0), "tracks[0].clips[0].frames"),
    "in point": (with_first(source_in=-1), "tracks[0].clips[0].source_in"),
    "fade": (with_first(fade_in=51), "tracks[0].clips[0].fade_in"),
    "opacity": (with_first(opacity=1.1), "tracks[0].clips[0].opacity"),
    "not a number": (with_first(gain_db=float("nan")), "tracks[0].clips[0].gain_db"),
    "key order": (with_first(opacity=KEYS), "tracks[0].clips[0].opacity[1].frame"),
    "no keys": (with_first(pan=Curve(())), "tracks[0].clips[0].pan"),
    "handle": (
        with_first(transform=Transform(x=Curve((Key(0, 0.0, "bezier", (1.1, 0, 1, 1)),)))),
        "tracks[0].clips[0].transform.x[0].handles",
    ),
    "key share": (with_first(opacity=Curve((Key(0, 2.0),))), "tracks[0].clips[0].opacity"),
    "crop": (with_first(crop=Crop(left=0.6, right=0.4)), "tracks[0].clips[0].crop"),
    "colour": (with_first(colour=Colour(gamma=0.0)), "tracks[0].clips[0].colour.gamma"),
    "effect": (with_first(effects=(Blur(), Blur(2.0))), "tracks[0].clips[0].effects[1].radius"),
    "effect name": (with_first(effects=(FrameFunction(""),)), "tracks[0].clips[0].effects[0].name"),
    "key colour": (with_first(effects=(ChromaKey("green"),)), "tracks[0].clips[0].effects[0].colour"),
    "speed": (with_first(speed=Speed(Fraction(101))), "tracks[0].clips[0].speed.factor"),
    "ramp": (with_first(speed=Speed(ramp=KEYS)), "tracks[0].clips[0].speed.ramp[1].frame"),
    "motion": (with_first(motion=Motion(Window(width=0.0))), "tracks[0].clips[0].motion.start.width"),
    "clip marker": (with_first(markers=(Marker(-1, ""),)), "tracks[0].clips[0].markers[0].frame"),
    "both shown": (with_first(made=Solid()), "tracks[0].clips[0].made"),
    "solid": (on("video", Clip("c", "", "", 0, 5, made=Solid("red"))), "tracks[0].clips[0].made.colour"),
    "box": (
        on("text", Clip("c", "", "", 0, 5, made=Text("a", box=(0.5, 0.5, 0.0, 1.0)))),
        "tracks[0].clips[0].made.box",
    ),
    "seen but not heard": (on("audio", Clip("c", "", "", 0, 5, made=Solid())), "tracks[0].clips[0].made"),
    "effect with a file": (on("effect", Clip("c", "", FILM, 0, 5)), "tracks[0].clips[0].media"),
    "look of captions": (
        replace(film(), tracks=(*film().tracks, Track("t", "captions", "Words", "captions", look="none"))),
        f"tracks[{len(film().tracks)}].look",
    ),
    "clip among captions": (on("captions", Clip("c", "", "", 0, 5)), "tracks[0].clips"),
    "two ids": (film(ONE, replace(TWO, id="c1")), "tracks[0].clips[1].id"),
    "no id": (film(replace(ONE, id="")), "tracks[0].clips[0].id"),
    "no cut": (film(transitions=(replace(LEAD, at=51),)), "tracks[0].transitions[0].at"),
    "longer than a clip": (film(transitions=(replace(LEAD, before=51),)), "tracks[0].transitions[0].at"),
    "no length of a transition": (
        film(transitions=(replace(LEAD, before=0, after=0),)),
        "tracks[0].transitions[0].before",
    ),
    "side": (replace(film(), width=0), "width"),
    "rate": (replace(film(), rate=Rate(1001)), "rate"),
    "background": (replace(film(), background="black"), "background"),
    "marker": (replace(film(), markers=(Marker(-2, "m"),)), "markers[0].frame"),
    "inside": (
        film(Clip("n", "n", "", 0, 10, made=Nested(with_first(start=-1)))),
        "tracks[0].clips[0].made.timeline.tracks[0].clips[0].start",
    ),
    "other rate inside": (
        film(Clip("n", "n", "", 0, 10, made=Nested(replace(film(), rate=Rate(25))))),
        "tracks[0].clips[0].made.timeline.rate",
    ),
    "too deep": (nested(8), "tracks"),
    "captions": (
        replace(film(), tracks=(replace(WORDS, captions=(Caption(0, 10, "a"), Caption(9, 10, "b"))),)),
        "tracks[0].captions[1].start",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_told_by_its_place(case: str) -> None:
    timeline, place = CASES[case]
    found = faults(timeline)
    assert found[0].place == place
    assert found[0].sentence.endswith(".")
    with pytest.raises(Invalid) as refused:
        checked(timeline)
    assert refused.value.field == place


@pytest.mark.parametrize("sound", [lambda: film(), lambda: film(transitions=(LEAD,)), lambda: nested(7)])
def test_what_can_be_has_no_faults(sound: Callable[[], Timeline]) -> None:
    assert faults(sound()) == ()
    assert checked(sound()) == sound()


def test_a_transition_needs_media_on_both_sides_when_it_is_known_how_much_there_is() -> None:
    timeline = film(transitions=(LEAD,))
    assert faults(timeline, {FILM: 65}) == ()
    assert faults(timeline, {FILM: None}) == ()
    (short,) = faults(timeline, {FILM: 64})
    assert short.place == "tracks[0].transitions[0].at"
    assert "one has not enough media for this transition: 1 after it ends" in short.sentence
    early = film(ONE, replace(TWO, source_in=4), transitions=(LEAD,))
    assert "two has not enough media for this transition: 1 before it begins" in faults(early, {FILM: 65})[0].sentence


def test_a_clip_asks_for_no_more_than_its_media_has_at_its_speed() -> None:
    fast = with_first(speed=Speed(Fraction(2)))
    assert faults(fast, {FILM: 109}) == ()
    assert [fault.place for fault in faults(fast, {FILM: 108})] == ["tracks[0].clips[0].frames"]
    back = with_first(source_in=48, speed=Speed(Fraction(-1)))
    assert "before it begins" in faults(back, {FILM: 500})[0].sentence


def test_there_is_a_limit_to_clips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_CLIPS", 3)
    assert (
        "at most 3 clips, and this one has 4" in faults(film(ONE, TWO, *(replace(ONE, id=n) for n in "ab")))[0].sentence
    )
