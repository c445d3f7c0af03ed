"""What a format carries comes back, and what it does not is said: for any timeline, in every format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from studio.engine.interchange.apart import read, written
from studio.engine.interchange.formats import SUFFIXES, Format
from studio.engine.interchange.losses import of_clip
from studio.engine.timeline import Timeline
from tests.studio.engine.interchange.timelines import MEDIA, differences, gone, lost, timelines

_QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("form", ["edl", "fcp7", "fcpxml"])
@given(timeline=timelines())
@_QUICK
def test_every_clip_comes_back_as_it_was_or_its_loss_is_told(form: Format, timeline: Timeline) -> None:
    made = written(timeline, form, MEDIA)
    back = read(made.data, f"x{SUFFIXES[form]}")
    assert back.losses == ()
    assert (back.timeline.rate, back.timeline.first_frame) == (timeline.rate, timeline.first_frame)
    assert back.timeline.drop_frame == timeline.drop_frame
    there = {each.key: each for each in back.media}
    came = {clip.name: clip for track in back.timeline.tracks for clip in track.clips}
    for track in timeline.tracks:
        if any("track of" in word for word in lost(made.losses, f"Track '{track.name}'")):
            continue
        for clip in track.clips:
            words = lost(made.losses, f"Clip '{clip.name}'")
            if gone(clip, made.losses) or (form == "edl" and not clip.enabled):
                continue
            assert clip.name in came, f"{clip.name} is gone and nothing says so"
            if form == "edl" and any(clip.start == t.at or clip.end == t.at for t in track.transitions):
                continue  # an EDL has no cut within a dissolve: the edge moves, and the picture is the same
            assert differences(clip, came[clip.name], words, MEDIA, there) == []


@pytest.mark.parametrize("form", ["edl", "fcp7", "fcpxml"])
@given(timeline=timelines())
@_QUICK
def test_transitions_and_markers_come_back_or_are_told(form: Format, timeline: Timeline) -> None:
    made = written(timeline, form, MEDIA)
    back = read(made.data, f"x{SUFFIXES[form]}").timeline
    names = {clip.name for track in back.tracks for clip in track.clips}
    for track in timeline.tracks:
        there = [
            t
            for each in back.tracks
            if {c.name for c in each.clips} & {c.name for c in track.clips}
            for t in each.transitions
        ]
        for cut in track.transitions:
            sides = [c for c in track.clips if cut.at in (c.start, c.end)]
            if all(c.name in names for c in sides):
                told = lost(made.losses, f"Transition at frame {cut.at} of '{track.name}'")
                match = next(t for t in there if (t.start, t.end) == (cut.start, cut.end))
                assert match.kind == cut.kind or told or track.kind == "audio"
    if any(clip.name in names for track in timeline.tracks for clip in track.clips if track.kind == "video"):
        assert [(m.frame, m.name.split()) for m in timeline.markers] == [
            (m.frame, m.name.split()) for m in back.markers
        ]


@given(timeline=timelines())
@_QUICK
def test_opentimelineio_brings_every_field_back(timeline: Timeline) -> None:
    made = written(timeline, "otio", MEDIA)
    back = read(made.data, "x.otio")
    assert made.losses == back.losses == ()
    assert back.timeline == timeline
    assert {each.key: each for each in back.media}.items() <= MEDIA.items()


@given(timeline=timelines())
@_QUICK
def test_the_words_of_losses_are_those_a_clip_has(timeline: Timeline) -> None:
    losses = written(timeline, "edl", MEDIA).losses
    for track in timeline.tracks:
        for clip in track.clips:
            words = lost(losses, f"Clip '{clip.name}'")
            assert words <= {*of_clip(clip), "its exact speed", "a fade out right after the fade in"}
