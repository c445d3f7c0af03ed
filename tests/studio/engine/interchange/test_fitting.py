"""What other programs allow and we do not is made to fit, and told."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.engine.interchange.apart import read, written
from studio.engine.interchange.fitting import fitted
from studio.engine.interchange.formats import COLOURS, Format, Read
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Marker, Speed, Timeline, Track, Transition
from studio.engine.timeline.checks import faults
from studio.engine.timeline.looks import Nested
from tests.studio.engine.interchange.timelines import timelines


def _clip(name: str, start: int, frames: int) -> Clip:
    return Clip(name, name.upper(), f"unlinked:{name}.mov", start, frames)


def _film(
    *clips: Clip, cuts: tuple[Transition, ...] = (), markers: tuple[Marker, ...] = (), rate: int = 24
) -> Timeline:
    track = Track("v1", "video", "V1", "picture", clips, transitions=cuts)
    return Timeline("Film", Rate(rate), 1920, 1080, (track,), markers)


def _fit(timeline: Timeline) -> tuple[Timeline, list[str]]:
    found = fitted(Read("otio", timeline))
    assert faults(found.timeline) == ()
    return found.timeline, [str(loss) for loss in found.losses]


def test_what_can_be_stays_the_very_same() -> None:
    found = Read("otio", _film(_clip("a", 0, 24)))
    assert fitted(found) is found


def test_a_transition_with_one_clip_is_a_fade_and_one_with_none_goes() -> None:
    cuts = (
        Transition("t1", "dissolve", 10, 2, 5),
        Transition("t2", "wipe_left", 34, 6, 1),
        Transition("t3", "dissolve", 90, 4, 4),
    )
    made, told = _fit(_film(_clip("a", 10, 24), cuts=cuts))
    (clip,) = made.tracks[0].clips
    assert (clip.fade_in, clip.fade_out, made.tracks[0].transitions) == (5, 6, ())
    assert told == [
        "Transition at frame 34: it has a clip on one side only and came as a fade.",
        "Transition at frame 90: there is no cut for it, or no room.",
    ]


def test_a_transition_is_no_longer_than_its_clips_and_begins_when_another_has_ended() -> None:
    cuts = (Transition("t1", "dissolve", 10, 20, 8), Transition("t2", "dissolve", 20, 9, 30))
    made, told = _fit(_film(_clip("a", 0, 10), _clip("b", 10, 10), _clip("c", 20, 12), cuts=cuts))
    assert [(t.at, t.before, t.after) for t in made.tracks[0].transitions] == [(10, 10, 8), (20, 2, 12)]
    assert told == []


def test_clips_that_lie_over_each_other_end_where_the_next_begins() -> None:
    one = replace(_clip("a", 0, 30), fade_in=4, fade_out=28)
    made, told = _fit(_film(one, _clip("b", 20, 10), _clip("c", 20, 5)))
    clips = made.tracks[0].clips
    assert [(c.id, c.start, c.frames, c.fade_in, c.fade_out) for c in clips] == [
        ("a", 0, 20, 4, 16),
        ("c", 20, 5, 0, 0),
    ]
    assert told == [f"Clip '{name}': it ends where the next on its track begins." for name in ("A", "B")]


def test_markers_that_cannot_be_go_and_their_clip_stays() -> None:
    clip = replace(_clip("a", 0, 24), markers=(Marker(-3, "before"), Marker(3, "in"), Marker(4, "m", colour="loud")))
    made, told = _fit(_film(clip, markers=(Marker(-1, "never"), Marker(0, "first"))))
    assert [m.name for m in (*made.markers, *made.tracks[0].clips[0].markers)] == ["first", "in"]
    assert len(told) == 2


def test_a_nested_timeline_runs_at_the_rate_of_what_it_lies_in() -> None:
    ramp = Speed(ramp=Curve((Key(0, 0.0), Key(30, 60.0))))
    inner = replace(
        _clip("i", 15, 30), source_in=60, fade_in=15, opacity=Curve((Key(0, 0.0), Key(30, 1.0))), speed=ramp
    )
    marked = _film(inner, markers=(Marker(45, "m", 30),), rate=30)
    made, told = _fit(_film(replace(_clip("n", 0, 40), media="", made=Nested(marked))))
    (clip,) = made.tracks[0].clips
    assert isinstance(clip.made, Nested)
    nested, (found,) = clip.made.timeline, clip.made.timeline.tracks[0].clips
    assert (nested.rate, nested.frames, clip.frames) == (Rate(24), 36, 36)
    assert (found.start, found.frames, found.source_in, found.fade_in) == (12, 24, 48, 12)
    assert found.opacity == Curve((Key(0, 0.0), Key(24, 1.0)))
    assert found.speed is not None and found.speed.ramp == Curve((Key(0, 0.0), Key(24, 48.0)))
    assert [(m.frame, m.frames) for m in nested.markers] == [(36, 24)]
    assert told == ["Clip 'N': the timeline in it ends 4 frames earlier, and so does the clip."]


def test_what_cannot_be_made_to_fit_is_left_out_and_told() -> None:
    bad = replace(_clip("b", 30, 10), opacity=7.0)
    empty = replace(_clip("n", 50, 10), media="", made=Nested(Timeline("None", Rate(24), 16, 16, ())))
    made, told = _fit(_film(_clip("a", 0, 24), bad, empty))
    assert [c.id for c in made.tracks[0].clips] == ["a"]
    assert told == [
        "Clip 'N': the timeline in it is over before it begins.",
        "Clip 'B': it was not brought in: Opacity is 0 to 1.",
    ]


def test_what_is_wrong_with_the_whole_is_not_hidden() -> None:
    found = fitted(Read("otio", replace(_film(_clip("a", 0, 24)), width=0)))
    assert [fault.place for fault in faults(found.timeline)] == ["width"]


@given(timelines(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_moved_about_comes_to_a_timeline_that_can_be(timeline: Timeline, dice: random.Random) -> None:
    def about(track: Track) -> Track:
        clips = tuple(
            replace(c, start=c.start + dice.randint(-3, 3), frames=c.frames + dice.randint(-2, 9)) for c in track.clips
        )
        return replace(
            track, clips=clips, transitions=tuple(replace(t, at=t.at + dice.randint(-2, 2)) for t in track.transitions)
        )

    broken = replace(timeline, tracks=tuple(about(track) for track in timeline.tracks))
    found = fitted(Read("otio", broken))
    assert faults(found.timeline) == ()
    assert len(found.timeline.tracks) == len(timeline.tracks)
    if faults(broken):
        assert fitted(found) is found


@pytest.mark.parametrize("form", ["otio", "edl"])
def test_colours_of_markers_have_names_in_other_programs(form: Format) -> None:
    marks = tuple(Marker(n, name, colour=COLOURS[name]) for n, name in enumerate(("red", "green", "yellow")))
    film = _film(_clip("a", 0, 24), markers=marks)
    data = written(film, form, {}).data
    foreign = data.replace(b'"inkreel"', b'"another"')
    assert [m.colour for m in read(foreign, f"a.{form}", rate=Rate(24)).timeline.markers] == [m.colour for m in marks]
    assert b"RED" in data


def test_rates_keep_the_seconds() -> None:
    inner = _film(_clip("i", 1001, 1001), rate=30)
    made, _ = _fit(replace(_film(replace(_clip("n", 0, 10), media="", made=Nested(inner))), rate=Rate(24000, 1001)))
    clip = made.tracks[0].clips[0]
    assert isinstance(clip.made, Nested)
    found = clip.made.timeline.tracks[0].clips[0]
    assert abs(made.rate.seconds(found.start) - Fraction(1001, 30)) < made.rate.seconds(1)
