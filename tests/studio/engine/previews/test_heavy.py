"""What is heavy to play is found from the document alone, in pieces whose names only change where an edit touches them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from studio.engine.looks.facts import MediaFacts
from studio.engine.previews.heavy import Known, heavy, pieces, preset
from studio.engine.render.layers import Span
from studio.engine.render.plan import MAX_FRAMES, divided, planned
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Speed, Timeline, Track, Transition, Window
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import (
    Blur,
    ChromaKey,
    Colour,
    Flip,
    Grain,
    Greyscale,
    Nested,
    Sharpen,
    Solid,
    Text,
    Vignette,
)
from studio.engine.timeline.model import Motion

FILM = MediaFacts(
    "video", "mov,mp4,m4a,3gp,3g2,mj2", Fraction(60), 1440, Rate(24), width=1920, height=1080, pix_fmt="yuv420p",
    video_codec="h264",
)  # fmt: skip
KNOWN = Known({"a": FILM, "b": FILM, "c": FILM, "deep": replace(FILM, video_codec="prores", pix_fmt="yuv422p10le")})
PLAIN = Clip("p", "P", "a", 24, 48)
BENT = Speed(ramp=Curve((Key(0, 0.0), Key(48, 90.0))))


def film(*lanes: tuple[Clip, ...], kind: str = "video", joins: tuple[Transition, ...] = ()) -> Timeline:
    tracks = [Track(f"v{n}", "video", f"V{n}", "picture", clips) for n, clips in enumerate(lanes)]
    tracks[-1] = replace(tracks[-1], kind=kind, transitions=joins)
    return Timeline("Film", Rate(24), 1920, 1080, tuple(tracks))


@pytest.mark.parametrize(
    "clip",
    [
        PLAIN,
        replace(PLAIN, opacity=0.5, effects=(Blur(), Flip(), Greyscale(), Vignette()), colour=Colour(exposure=1.0)),
        replace(PLAIN, speed=Speed(Fraction(2))),
        replace(PLAIN, speed=Speed(Fraction(0))),
        replace(PLAIN, media="", made=Text("Words")),
        replace(PLAIN, media="still", motion=Motion(Window(), Window(width=0.5))),
        replace(PLAIN, media="nobody has read it"),
        replace(PLAIN, effects=(Grain(),), enabled=False),
    ],
)
def test_what_a_browser_plays_is_not_heavy(clip: Clip) -> None:
    assert heavy(film((clip, Clip("z", "Z", "a", 72, 10))), KNOWN) == ()


@pytest.mark.parametrize(
    "clip",
    [
        replace(PLAIN, effects=(Grain(),)),
        replace(PLAIN, effects=(Sharpen(),)),
        replace(PLAIN, effects=(ChromaKey(),)),
        replace(PLAIN, colour=Colour(temperature=0.2)),
        replace(PLAIN, colour=Colour(lut="f" * 64)),
        replace(PLAIN, blend="multiply"),
        replace(PLAIN, speed=BENT),
        replace(PLAIN, speed=Speed(Fraction(-1)), source_in=47),
        replace(PLAIN, speed=Speed(Fraction(5))),
        replace(PLAIN, media="deep"),
        replace(PLAIN, media="", made=Nested(film((PLAIN,)))),
    ],
)
def test_what_only_the_studio_shows_truly_is_heavy_where_it_is_seen(clip: Clip) -> None:
    assert heavy(film((Clip("y", "Y", "a", 0, 24), clip)), KNOWN) == (Span(24, 48),)


def test_three_films_at_once_are_heavy_and_only_while_all_three_are_seen() -> None:
    lanes = (Clip("a", "A", "a", 0, 100),), (Clip("b", "B", "b", 20, 60),), (Clip("c", "C", "c", 40, 100),)
    assert heavy(film(*lanes), KNOWN) == (Span(40, 40),)
    assert heavy(film(*lanes[:2]), KNOWN) == ()


def test_an_effect_track_is_heavy_where_it_changes_something() -> None:
    above = (Clip("e", "E", "", 30, 10, effects=(Greyscale(),)), Clip("n", "N", "", 50, 10))
    assert heavy(film((PLAIN,), above, kind="effect"), KNOWN) == (Span(30, 10),)


def test_a_file_the_browser_cannot_play_is_not_heavy_once_it_has_a_proxy() -> None:
    cut = film((replace(PLAIN, media="deep"),))
    assert heavy(cut, replace(KNOWN, small={"deep"})) == ()
    clear = replace(KNOWN, facts={"deep": replace(FILM, alpha=True)}, small={"deep"})
    assert heavy(cut, clear) == (Span(24, 48),)


def test_what_has_no_picture_or_lost_its_file_is_not_asked_for() -> None:
    grain = (Grain(),)
    clips = replace(PLAIN, media="", effects=grain), replace(PLAIN, id="q", start=72, media="b", effects=grain)
    assert heavy(film(clips), KNOWN) == (Span(72, 48),)
    assert heavy(film(clips), replace(KNOWN, gone={"b"})) == ()


def heavy_film(lengths: list[int]) -> Timeline:
    clips: list[Clip] = []
    for n, frames in enumerate(lengths):
        at = clips[-1].end if clips else 0
        clips.append(Clip(str(n), str(n), "a", at, frames, source_in=n * 7, effects=(Sharpen(),)))
    return film(tuple(clips))


def names(timeline: Timeline) -> list[str]:
    return [name for _, name in pieces(timeline, KNOWN, encoder_version="5.1")]


def test_pieces_cover_what_is_heavy_and_an_edit_renames_only_those_it_touches() -> None:
    cut = heavy_film([40] * 12)
    spans = [span for span, _ in pieces(cut, KNOWN, encoder_version="5.1")]
    assert [(s.start, s.frames) for s in spans] == [(40 * n, 40) for n in range(12)]
    before = names(cut)
    clips = list(cut.tracks[0].clips)
    clips[5] = replace(clips[5], effects=(Grain(),))
    assert [a == b for a, b in zip(before, names(film(tuple(clips))), strict=True)].count(False) == 1
    later = film(tuple(replace(c, start=c.start + 200) for c in clips))
    assert names(later) == names(film(tuple(clips)))


def test_a_long_run_is_divided_and_begins_and_ends_where_it_is_heavy() -> None:
    cut = film(
        (Clip("low", "L", "a", 0, 1400),), (Clip("k", "K", "", 100, 700, made=Solid("#ffffff"), blend="screen"),)
    )
    spans = [span for span, _ in pieces(cut, KNOWN, encoder_version="5.1")]
    assert spans[0].start == 100
    assert spans[-1].end == 800
    assert all(span.frames <= MAX_FRAMES for span in spans)
    assert all(a.end == b.start for a, b in pairwise(spans))


def test_a_run_that_begins_inside_a_transition_is_covered_as_well() -> None:
    low = (Clip("a", "A", "a", 0, 100), Clip("b", "B", "b", 100, 100))
    joins = (Transition("t", "dissolve", 100, 20, 20),)
    cut = film((Clip("k", "K", "", 110, 60, made=Solid("#ffffff"), blend="screen"),), low, joins=joins)
    cut = replace(cut, tracks=cut.tracks[::-1])
    assert sum(span.frames for span, _ in pieces(cut, KNOWN, encoder_version="5.1")) == 60


def test_all_of_a_film_is_divided_as_a_film_is() -> None:
    cut = heavy_film([40, 20, 300, 31, 90] * 8)
    assert divided(cut, [Span(0, cut.frames)]) == planned(cut, workers=1)


def test_a_piece_is_no_larger_than_a_proxy_nor_than_the_film() -> None:
    assert preset(film((PLAIN,))).frame_size(1920, 1080) == (960, 540)
    assert preset(replace(film((PLAIN,)), width=640, height=360)).frame_size(640, 360) == (640, 360)
