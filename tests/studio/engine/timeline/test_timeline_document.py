"""The JSON form of a timeline: whole, small, of every version, and never a traceback."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.engine.timeline import (
    VERSION,
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
    from_document,
    to_document,
)
from studio.engine.timeline import looks as lk
from tests.factories.timelines import timelines

GOLDEN = Path(__file__).parents[3] / "golden" / "timeline_v1.json"
SLOPE = Curve((Key(0, 0.0, "bezier", (0.1, 0.0, 0.9, 1.0)), Key(12, 1.5, "hold"), Key(20, -0.25)))
EFFECTS = (
    lk.Blur(SLOPE),
    lk.Sharpen(1.0),
    lk.Vignette(),
    lk.Grain(0.3),
    lk.Pixelate(),
    lk.Flip(across=False),
    lk.Greyscale(),
    lk.ChromaKey("#00ff10"),
    lk.FrameFunction("ripple", SLOPE),
)


def rich() -> Timeline:
    """A timeline that says everything a timeline can say."""
    inner = Timeline("Inner", Rate(24), 320, 180, (Track("it", "video", "V", "picture", (Clip("i", "i", "", 0, 9),)),))
    made = (
        lk.Text("Later\nthat day", lk.TextStyle(italic=True, tracking=-0.1), (0.1, 0.2, 0.3, 0.4), "top"),
        lk.Shape("ellipse", stroke="#ff0000"),
        lk.Solid(),
        lk.Nested(inner),
    )
    first = Clip(
        "c",
        "",
        "a" * 64,
        0,
        24,
        3,
        Motion(Window(0.4, 0.5, 0.6), Window(), 0.01),
        gain_db=SLOPE,
        speed=Speed(Fraction(-3, 7), SLOPE, keep_pitch=False),
        transform=lk.Transform(SLOPE, 0.5, fit="cover"),
        crop=lk.Crop(0.1),
        opacity=SLOPE,
        blend="screen",
        colour=lk.Colour(SLOPE, lut="f" * 64, lut_mix=0.5),
        effects=EFFECTS,
        pan=-1.0,
        group="g",
        enabled=False,
        markers=(Marker(3, "here", 2, "#00ff00", "look here"),),
    )
    clips = (first, *(Clip(f"m{n}", "", "", 24 * (n + 1), 24, made=each) for n, each in enumerate(made)))
    track = Track("t", "video", "V1", "picture", clips, transitions=(Transition("x", "dip", 24, 3, 4, "#ffffff"),))
    sound = Track(
        "s",
        "audio",
        "A1",
        "music",
        muted=True,
        solo=True,
        ducked_by="voice",
        duck_db=9.0,
        language="en",
        colour="#2bb3a3",
    )
    return Timeline("Film", Rate(24), 64, 36, (track, sound), background="#101010", drop_frame=True, first_frame=86_400)


def test_all_a_timeline_can_say_comes_back_and_what_is_by_default_is_not_written() -> None:
    film = rich()
    stored = json.loads(json.dumps(to_document(film)))
    assert from_document(stored) == film
    assert stored["tracks"][0]["clips"][1].keys() == {"id", "name", "media", "start", "frames", "made"}
    assert stored["tracks"][0]["clips"][3]["made"] == {"kind": "solid"}
    assert stored["tracks"][1] == {
        "id": "s",
        "kind": "audio",
        "name": "A1",
        "role": "music",
        "muted": True,
        "solo": True,
        "ducked_by": "voice",
        "duck_db": 9.0,
        "language": "en",
        "colour": "#2bb3a3",
    }


@settings(max_examples=25, deadline=None)
@given(timelines())
def test_every_timeline_comes_back(film: Timeline) -> None:
    assert from_document(json.loads(json.dumps(to_document(film)))) == film


def test_tracks_that_are_the_very_same_are_not_written_again() -> None:
    film = rich()
    document = to_document(film)
    first, *others = film.tracks
    shown = (*others, replace(first, name="Other"))
    changed = replace(film, name="New", tracks=shown)
    made = to_document(changed, known=(film, document))
    assert made == to_document(changed)
    assert [plain is document["tracks"][n + 1] for n, plain in enumerate(made["tracks"][:-1])] == [True] * len(others)
    assert made["tracks"][-1]["name"] == "Other"


def test_tracks_of_a_document_of_an_older_version_are_written_anew() -> None:
    film = rich()
    old = {**to_document(film), "version": 1, "tracks": [{"old": True} for _ in film.tracks]}
    assert to_document(film, known=(film, old)) == to_document(film)


def test_a_film_of_the_first_version_opens() -> None:
    film = from_document(json.loads(GOLDEN.read_text()))
    assert (film.name, film.rate, film.frames) == ("Two Rooms", Rate(30000, 1001), 255)
    shot = film.tracks[0].clips[1]
    assert shot == Clip(
        "shot-1",
        "1A",
        "1" * 64,
        75,
        120,
        motion=Motion(Window(0.42, 0.5, 0.84), Window(0.58, 0.5, 0.84), 0.012),
        link="shot:1",
    )
    assert next(film.clips("voice")).gain_db == -1.5
    assert [caption.speaker for caption in film.captions()] == ["MARA", ""]
    assert to_document(film)["version"] == VERSION == 2
    assert from_document(to_document(film)) == film


def test_a_newer_or_unknown_version_is_refused() -> None:
    stored = to_document(rich())
    with pytest.raises(Invalid, match="newer Inkreel"):
        from_document({**stored, "version": VERSION + 1})
    for version in (0, -1, "2", None, True):
        with pytest.raises(Invalid, match="version is unknown"):
            from_document({**stored, "version": version})
    for other in ({}, {"schema": "other"}, [], "film", None):
        with pytest.raises(Invalid, match="not an Inkreel timeline"):
            from_document(other)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("tracks", 0, "clips", 3, "start"), "7", "tracks[0].clips[3].start is not a whole number"),
        (("tracks", 0, "clips", 0, "start"), True, "tracks[0].clips[0].start is not a whole number"),
        (("tracks", 0, "clips", 0, "start"), 2**60, "tracks[0].clips[0].start is not a whole number"),
        (("tracks", 0, "clips", 0, "opacity"), float("nan"), "tracks[0].clips[0].opacity is not a number"),
        (("tracks", 0, "clips", 0, "opacity"), [], "tracks[0].clips[0].opacity holds no keys"),
        (("tracks", 0, "clips", 0, "opacity", 1, "way"), "slow", "opacity[1].way is none of linear, hold, bezier"),
        (("tracks", 0, "clips", 0, "speed", "factor"), "1/0", "speed.factor is not a ratio"),
        (("tracks", 0, "clips", 0, "speed", "factor"), "1e999999999", "speed.factor is not a ratio"),
        (("tracks", 0, "clips", 0, "effects", 2, "kind"), "glow", "effects[2].kind is none of blur"),
        (("tracks", 0, "clips", 0, "effects", 2), 5, "effects[2].kind is none of blur"),
        (("tracks", 0, "clips", 0, "motion", "start"), [1, 2], "motion.start is not x, y and width"),
        (("tracks", 0, "clips", 4, "made", "timeline", "rate"), "0/1", "made.timeline.rate is not above zero"),
        (("tracks", 0, "clips", 1, "made", "box"), [1.0], "made.box is not 4 numbers"),
        (("tracks", 0, "kind"), "smell", "tracks[0].kind is none of video"),
        (("tracks", 0, "wings"), 2, "tracks[0].wings is not known here"),
        (("tracks", 0, "muted"), 1, "tracks[0].muted is neither true nor false"),
        (("tracks",), {}, "tracks is not a list"),
        (("name",), None, "name is not text"),
    ],
)
def test_damage_is_told_by_its_place(place: tuple[str | int, ...], value: Any, said: str) -> None:
    stored = json.loads(json.dumps(to_document(rich())))
    put(stored, place, value)
    with pytest.raises(Invalid) as refused:
        from_document(stored)
    assert said in refused.value.message
    assert refused.value.field is not None


def test_what_is_missing_is_told_by_its_place() -> None:
    stored = to_document(rich())
    del stored["tracks"][0]["clips"][2]["media"]
    with pytest.raises(Invalid, match=r"tracks\[0\]\.clips\[2\]\.media is missing"):
        from_document(stored)


def test_timelines_in_timelines_without_end_are_refused() -> None:
    film = replace(rich(), tracks=())
    stored: dict[str, Any] = to_document(film)
    inner = {k: v for k, v in stored.items() if k not in ("schema", "version")}
    for _ in range(3000):
        clip = {
            "id": "c",
            "name": "",
            "media": "",
            "start": 0,
            "frames": 1,
            "made": {"kind": "nested", "timeline": inner},
        }
        inner = {**inner, "tracks": [{"id": "t", "kind": "video", "name": "", "role": "", "clips": [clip]}]}
    with pytest.raises(Invalid, match="nested too deep"):
        from_document({**inner, "schema": stored["schema"], "version": VERSION})


def places(held: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a document."""
    inside = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    return [at, *(found for key, value in inside for found in places(value, (*at, key)))]


def put(held: Any, place: tuple[str | int, ...], value: Any) -> None:
    for key in place[:-1]:
        held = held[key]
    held[place[-1]] = value


STORED = json.dumps(to_document(rich()))
PLACES = [place for place in places(json.loads(STORED)) if place]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just([{}])
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PLACES), JUNK)
def test_no_damage_ends_in_a_traceback(place: tuple[str | int, ...], value: Any) -> None:
    stored = json.loads(STORED)
    put(stored, place, value)
    try:
        from_document(stored)
    except Invalid as e:
        assert e.message
