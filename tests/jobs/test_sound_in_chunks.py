"""The sound of a render: chunks in the shared store, of which an edit makes only those it is heard in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import jobs.steps.renders
from jobs.work import Stop, Work
from studio.core.db import reading, unit_of_work
from studio.core.storage import sha256_of, storage
from studio.engine.presets import Order
from studio.engine.sound.chunks import Chunk, encode_chunk
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.media import service as media
from studio.renders import repository
from studio.renders import service as renders
from studio.renders.views import RenderView
from studio.runs import service as runs
from tests.factories.studio import Place, make_place, submit

Mixed = Callable[[Timeline], tuple[str, int]]
"""Mixes a film as the job does: the SHA-256 of its sound, and how many chunks were made for it."""


@pytest.fixture
def place(embedded: str) -> Place:
    return make_place()


@pytest.fixture
def film(place: Place, tmp_path: Path) -> Timeline:
    """Twenty-eight seconds, a line of speech every four."""
    noise = np.convolve(np.random.default_rng(2).standard_normal(3 * 48_000), np.hanning(24), "same")
    write_wav(tmp_path / "line.wav", (noise * 0.05)[:, None].astype(np.float32))
    line = media.stored(storage(), tmp_path / "line.wav", kind="audio", mime="audio/wav", name="line.wav").sha256
    lines = tuple(Clip(f"{i}", "line", line, 20 + 100 * i, 50, source_in=i) for i in range(7))
    picture = Track("p", "video", "Picture", "picture", (Clip("p", "p", "picture", 0, 700),))
    return Timeline("film", Rate(25), 1280, 720, (picture, Track("a", "audio", "Voice", "voice", lines)))


@pytest.fixture
def mix(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mixed:
    made: list[str] = []

    def counted(plan: object, chunk: Chunk, *rest: object, **more: object) -> None:
        made.append(chunk.key)
        encode_chunk(plan, chunk, *rest, **more)

    def mixed(timeline: Timeline) -> tuple[str, int]:
        run = submit(place, "sound")
        with unit_of_work() as uow:
            claim = runs.claim_run(uow, run.id, "worker")
        assert claim
        view = RenderView("r", place.project_id, "t", run.id, "720p", timeline.frames, None, Order("720p"))
        monkeypatch.setattr(jobs.steps.renders, "_render", lambda work, run_id: (view, timeline))
        folder = tmp_path / run.id
        folder.mkdir()
        made.clear()
        ask = replace(claim, config={"render_run": run.id, "key": "k"})
        jobs.steps.renders.mix_sound(Work(ask, place.actor, folder, Stop()))
        version = jobs.steps.renders.program.version(jobs.steps.renders.program.encoder())
        (whole,) = renders.sounds(timeline, "720p", encoder_version=version)
        return sha256_of(storage().fetch(whole.key)), len(made)

    monkeypatch.setattr(jobs.steps.renders, "encode_chunk", counted)
    return mixed


def forget_everything() -> None:
    with unit_of_work() as uow:
        kept = renders.forget_segments(uow, -1)
    for key in kept:
        storage().delete(key)


def shortened(timeline: Timeline, line: int) -> Timeline:
    """One line is a fifth of a second shorter."""
    picture, voice = timeline.tracks
    clips = tuple(replace(c, frames=c.frames - 5) if i == line else c for i, c in enumerate(voice.clips))
    return replace(timeline, tracks=(picture, replace(voice, clips=clips)))


def long_ago() -> None:
    with unit_of_work() as uow:
        for segment in repository.list_unused(uow, 1e12, limit=100):
            segment.used_at = 0.0
            uow.session.add(segment)


def test_after_a_trim_only_the_chunks_it_is_heard_in_are_made_and_the_sound_is_that_of_an_empty_cache(
    film: Timeline, mix: Mixed
) -> None:
    assert mix(film)[1] == 3
    sound, made = mix(shortened(film, 0))
    assert made == 1
    long_ago()
    forget_everything()
    assert mix(shortened(film, 0)) == (sound, 3)


def test_chunks_count_in_the_budget_of_the_cache_and_what_went_or_was_damaged_is_made_again(
    place: Place, film: Timeline, mix: Mixed, tmp_path: Path
) -> None:
    sound, _ = mix(film)
    with reading() as uow:
        kept = {segment.key: segment.size for segment in repository.list_unused(uow, 1e12, limit=100)}
    chunks = [key for key in kept if key.endswith(".aac")]
    assert len(chunks) == 3
    assert all(kept[key] == storage().fetch(key).stat().st_size > 1000 for key in chunks)
    storage().delete(chunks[1])
    storage().delete(next(key for key in kept if not key.endswith((".aac", ".zip", ".heard"))))
    (tmp_path / "bad").write_bytes(b"no measures at all")
    assert storage().exists(renders.measures_key(place.project_id, "sound"))
    storage().put(renders.measures_key(place.project_id, "sound"), tmp_path / "bad")
    assert mix(film) == (sound, 1)
