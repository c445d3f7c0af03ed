"""The benchmark of films measures what it says: valid timelines, edits that touch little, and no wrong film counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.film.agreement import Film, compared, looked_at, small
from benchmarks.film.media import DAY, DAY_S, FPS, KEYFRAMES, STREET, STREET_S, scenery
from benchmarks.film.shots import shots
from benchmarks.film.timelines import EDITS, REFERENCES, edited, prefix
from studio.engine.render.plan import planned
from studio.engine.timeline import Timeline

LENGTHS = {**dict.fromkeys(STREET, STREET_S * FPS), **dict.fromkeys(DAY, DAY_S * FPS)}


def sound(timeline: Timeline) -> None:
    """Fails unless clips follow one another without overlap, and their media has all they show."""
    for track in timeline.tracks:
        for one, two in pairwise(track.clips):
            assert one.end <= two.start
        for clip in track.clips:
            assert clip.frames > 0
            assert clip.source_in >= 0
            assert clip.source_in + clip.frames <= LENGTHS.get(clip.media, 10**9)
        for t in track.transitions:
            assert any(c.end == t.at for c in track.clips)
            assert any(c.start == t.at for c in track.clips)
    for shot in shots(timeline):
        assert shot.clip.motion or 0 <= shot.source_in <= LENGTHS[shot.clip.media] - shot.frames


@pytest.mark.parametrize("name", REFERENCES)
def test_the_reference_timelines_are_whole_and_as_long_as_they_say(name: str) -> None:
    reference = REFERENCES[name]
    for seconds in (reference.seconds, reference.prefix, 1):
        timeline = prefix(reference.make(), seconds)
        assert timeline.frames == seconds * FPS
        assert all(track.clips[-1].end <= timeline.frames for track in timeline.tracks if track.clips)
        sound(timeline)
    assert reference.make() == reference.make()


def test_the_timelines_are_what_they_are_called() -> None:
    social, cuts, keyframes = (REFERENCES[name].make() for name in "ACK")
    assert sum(len(t.clips) for t in social.tracks if t.kind == "text") == 20
    assert len(cuts.tracks[0].clips) == 200
    assert all(c.source_in % KEYFRAMES == 0 == c.frames % KEYFRAMES for c in keyframes.tracks[0].clips)


def test_edits_change_the_middle_alone() -> None:
    social, cuts = REFERENCES["A"].make(), REFERENCES["C"].make()
    for timeline, edit in ((social, "text"), (cuts, "trim"), (cuts, "ripple")):
        changed = edited(timeline, edit)
        sound(changed)
        assert changed.frames == timeline.frames - (10 if edit == "ripple" else 0)
        assert set(planned(changed, workers=2)) & set(planned(timeline, workers=2))
        parts = [
            (old, new)
            for a, b in zip(timeline.tracks, changed.tracks, strict=True)
            for old, new in zip(a.clips, b.clips, strict=True)
        ]
        assert 0 < sum(old != replace(new, start=old.start) for old, new in parts) <= 4
    assert set(EDITS) == {"text", "trim", "ripple"}


def the_film() -> Film:
    random = np.random.default_rng(5)
    looks = {n: small(scenery(n, 640, 360)[..., 0]) for n in looked_at(60)[:3]}
    return Film(60, looks, random.standard_normal(16_000).astype(np.float32))


def test_the_film_that_was_asked_for_counts_even_louder_a_little_late_and_with_grain() -> None:
    asked = the_film()
    grain = np.random.default_rng(6)
    looks = {
        n: np.clip(look + grain.normal(0, 2, look.shape), 0, 255).astype(np.uint8) for n, look in asked.looks.items()
    }
    found = Film(60, looks, np.roll(asked.sound, 200) * 0.5)
    assert compared(found, asked, 2.0).fault == ""


def test_a_wrong_film_does_not_count() -> None:
    asked = the_film()
    assert "59 frames, not 60" in compared(replace(asked, frames=59), asked, 2.0).fault
    first, last = min(asked.looks), max(asked.looks)
    other = asked.looks[last]
    assert "wrong picture" in compared(replace(asked, looks={**asked.looks, first: other}), asked, 2.0).fault
    assert "wrong picture" in compared(replace(asked, looks={}), asked, 2.0).fault
    assert "wrong sound" in compared(replace(asked, sound=np.zeros(16_000, np.float32)), asked, 2.0).fault
    assert "wrong sound" in compared(replace(asked, sound=asked.sound[::-1].copy()), asked, 2.0).fault
    assert "its sound ends" in compared(replace(asked, sound=asked.sound[:14_000]), asked, 2.0).fault
