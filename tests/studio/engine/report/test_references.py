"""A film is held against its preview at some of its cuts; an edit draws its own anew, and chooses no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.engine.presets import Part, preset
from studio.engine.render import film
from studio.engine.render.film import sampled
from studio.engine.render.footage import Store
from studio.engine.report.references import references
from studio.engine.sound.measures import Measures
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Motion, Timeline, Track

SHOT = 24
KIND = replace(preset("720p"), height=180)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    random = np.random.default_rng(4)
    for name in "abc":
        Image.fromarray(random.integers(0, 256, (90, 160, 3), np.uint8)).save(tmp_path / f"{name}.png")
    return Store(lambda name: tmp_path / f"{name}.png")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The references that were drawn, by their frames."""
    seen: list[int] = []

    def counted(timeline: Timeline, frames: list[int], *rest: object, **more: object) -> object:
        seen.extend(frames)
        return sampled(timeline, frames, *rest, **more)

    monkeypatch.setattr(film, "sampled", counted)
    yield seen


def cut(shots: str) -> Timeline:
    clips = tuple(Clip(f"{i}", "Shot", name, i * SHOT, SHOT, motion=Motion()) for i, name in enumerate(shots))
    return Timeline("Film", Rate(24), 320, 180, (Track("v", "video", "V", "picture", clips),))


def likenesses(timeline: Timeline, store: Store, known: Measures, shown: Timeline | None = None) -> dict[int, float]:
    """How alike a film that shows `shown`, its own timeline unless said, is at every cut."""
    held = references(timeline, Part("Film", 0, timeline.frames), KIND, store, known)
    pictures = sampled(shown or timeline, sorted(held.frames), (320, 180), store)
    return dict(held.alike({at: picture.y.copy() for at, picture in zip(sorted(held.frames), pictures, strict=True)}))


def test_a_frame_is_drawn_once_also_when_it_was_moved(store: Store, drawn: list[int], tmp_path: Path) -> None:
    known = Measures(tmp_path)
    first = likenesses(cut("ab"), store, known)
    assert first == {0: pytest.approx(1.0, abs=0.05), SHOT: pytest.approx(1.0, abs=0.05)}
    assert drawn == [0, SHOT]
    assert likenesses(cut("ab"), store, known) == first
    moved = likenesses(cut("cab"), store, known)
    assert drawn == [0, SHOT, 0], "only the new shot"
    assert [moved[SHOT], moved[2 * SHOT]] == [first[0], first[SHOT]]


def test_a_film_that_shows_something_else_is_told_from_one_that_was_right(store: Store, tmp_path: Path) -> None:
    known, timeline = Measures(tmp_path), cut("ab")
    assert min(likenesses(timeline, store, known).values()) > 0.95
    wrong = likenesses(timeline, store, known, shown=cut("ba"))
    assert wrong.keys() == {0, SHOT}
    assert max(wrong.values()) < 0.5


def test_an_edit_chooses_no_other_cuts_to_look_at(store: Store, tmp_path: Path) -> None:
    def chosen(timeline: Timeline) -> frozenset[int]:
        part = Part("Film", 0, timeline.frames)
        return references(timeline, part, KIND, store, Measures(tmp_path), most=20).frames

    clips = [Clip(f"{i}", "Shot", "a", i * SHOT, SHOT, motion=Motion(), opacity=1 - i / 200) for i in range(80)]
    whole = Timeline("Film", Rate(24), 320, 180, (Track("v", "video", "V", "picture", tuple(clips)),))
    shorter = [*clips[:40], *(replace(clip, start=clip.start - SHOT) for clip in clips[41:])]
    edited = replace(whole, tracks=(replace(whole.tracks[0], clips=tuple(shorter)),))
    one, other = chosen(whole), chosen(edited)
    assert len(one) == len(other) == 20
    moved = {at - SHOT if at > 40 * SHOT else at for at in one}
    assert len(moved - other) <= 1
