"""The preview's frame and the export's of the same time: the very same bytes before the encoder, and near enough after it."""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.film import ours
from benchmarks.film.agreement import small, ssim
from benchmarks.film.timelines import REFERENCES, prefix
from studio.engine.presets import Preset
from studio.engine.render.film import drawn
from studio.engine.render.footage import Store
from studio.engine.render.join import checked, joined
from studio.engine.render.picture import Picture
from studio.engine.render.plan import planned
from studio.engine.render.preview import frame_at
from studio.engine.render.segments import render_segment
from studio.engine.timeline import PICTURE, Timeline

SECONDS = {"A": 8, "B": 12}
"""Of each film, unless the whole is asked for."""
TIMES = 200
LEAST_SSIM = 0.99
FINE_CRF = 1
"""At which the encoder itself takes next to nothing away."""
_EVERY = 10
"""One of so many looks is also held against the film at full size."""

Grey = NDArray[np.uint8]


def preview(name: str, media: Path, ffmpeg: Path, *, whole: bool, count: int = TIMES) -> tuple[list[str], str]:
    """Look at a reference timeline at random times and at every cut; what is wrong, and the figures."""
    seconds = REFERENCES[name].seconds if whole else SECONDS[name]
    timeline, store = prefix(REFERENCES[name].make(), seconds), ours.store(media)
    times = random.Random(6).sample(range(timeline.frames), min(count, timeline.frames))
    cuts = _cuts(timeline)
    looks = sorted({*times, *cuts})
    seen: dict[int, Grey] = {}
    digests: dict[int, bytes] = {}
    for at in looks:
        rgb = frame_at(timeline, at, (timeline.width, timeline.height), store)
        digests[at] = hashlib.sha256(rgb.tobytes()).digest()
        seen[at] = Picture.of_rgb(rgb).y
    wrong = list[str]()
    if other := _others(timeline, store, digests):
        wrong.append(f"frames {other} are drawn otherwise in the export")
    same = f"{len(looks) - len(other)} of {len(looks)} drawn to the same bytes"
    told = [f"{len(times)} random times and {len(cuts)} frames at cuts of {seconds} s: {same}"]
    preset = ours.quality(timeline)
    for each in (preset, replace(preset, crf=FINE_CRF)):
        small_ones, large_ones = _compared(timeline, store, each, seen, ffmpeg)
        least, middle = min(small_ones), statistics.median(small_ones)
        told.append(
            f"SSIM at crf {each.crf}: least {least:.4f}, median {middle:.4f} at 480 x 270; "
            f"least {min(large_ones):.4f}, median {statistics.median(large_ones):.4f} of {len(large_ones)} at full size"
        )
        if least < LEAST_SSIM or (each.crf == FINE_CRF and min(large_ones) < LEAST_SSIM):
            wrong.append(f"SSIM is below {LEAST_SSIM} at crf {each.crf}")
    return wrong, "; ".join(told)


def _cuts(timeline: Timeline) -> list[int]:
    """The last frame before every cut and the first after it, on every track that is seen."""
    edges = {edge for t in timeline.tracks if t.kind in PICTURE for c in t.clips for edge in (c.start, c.end)}
    edges |= {edge for t in timeline.tracks for each in t.transitions for edge in (each.start, each.end)}
    return sorted({at for edge in edges for at in (edge - 1, edge) if 0 <= at < timeline.frames})


def _others(timeline: Timeline, store: Store, digests: dict[int, bytes]) -> list[int]:
    """The looks that come out otherwise when the film is drawn segment by segment, as exports do it."""
    out: list[int] = []
    for span in planned(timeline, workers=ours.WORKERS):
        with closing(drawn(timeline, span, (timeline.width, timeline.height), store)) as frames:
            for at, frame in enumerate(frames, start=span.start):
                if at in digests and hashlib.sha256(Picture.of_frame(frame).rgb().tobytes()).digest() != digests[at]:
                    out.append(at)
    return out


def _compared(
    timeline: Timeline, store: Store, preset: Preset, seen: dict[int, Grey], ffmpeg: Path
) -> tuple[list[float], list[float]]:
    """SSIM of every look with the exported film, small; and of some at full size."""
    little, large = list[float](), list[float]()
    full = set(sorted(seen)[::_EVERY])
    with tempfile.TemporaryDirectory(prefix="inkreel-preview-") as name:
        for at, grey in _exported(timeline, store, preset, Path(name), ffmpeg):
            if at in seen:
                little.append(ssim(small(grey), small(seen[at])))
            if at in full:
                large.append(ssim(grey, seen[at]))
    if len(little) != len(seen):
        raise ValueError("the film has not all of its frames")
    return little, large


def _exported(
    timeline: Timeline, store: Store, preset: Preset, folder: Path, ffmpeg: Path
) -> Iterable[tuple[int, Grey]]:
    """The film's frames as an export writes them: segments joined, then decoded."""
    pieces: list[tuple[Path, int]] = []
    for i, span in enumerate(planned(timeline, workers=ours.WORKERS)):
        pieces.append((folder / f"{i}.mp4", span.frames))
        render_segment(timeline, span, preset, store, pieces[-1][0], ffmpeg=ffmpeg)
    out = folder / "film.mp4"
    joined(pieces, None, (), (), timeline.rate, out, ffmpeg=ffmpeg, title=timeline.name)
    checked(out, timeline.frames, timeline.rate)
    with av.open(str(out)) as container:
        for at, frame in enumerate(container.decode(video=0)):
            yield at, frame.to_ndarray(format="yuv420p")[: frame.height, : frame.width]
