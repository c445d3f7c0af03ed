"""A film watched piece by piece is seen as if it had been watched whole, and notes are believed of their own piece only."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from studio.engine.ffmpeg import program
from studio.engine.probe import read_media
from studio.engine.render.join import joined
from studio.engine.render.layers import Span
from studio.engine.report.notes import read_notes, watch_piece, write_notes
from studio.engine.report.watched import References, Watched, seen_of, ssim, watched
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.looks import Solid

pytestmark = pytest.mark.programs

FFMPEG = program.encoder()
LOOKS = ("testsrc2", "color=white", "color=black", "testsrc2=duration=9,negate", "testsrc2")
FRAMES = 24
TIMELINE = Timeline(
    "Film",
    Rate(24),
    400,
    224,
    (
        Track(
            "v",
            "video",
            "V",
            "picture",
            tuple(
                Clip(f"c{at}", "C", "", at, length, made=Solid("#ff0000"))
                for begun in range(0, FRAMES * len(LOOKS), FRAMES)
                for at, length in ((begun, 10), (begun + 10, FRAMES - 10))
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Films of a second each that move, flash and stand."""
    folder = tmp_path_factory.mktemp("notes")
    out = [folder / f"{i}.mp4" for i in range(len(LOOKS))]
    for look, path in zip(LOOKS, out, strict=True):
        source, _, filters = look.partition(",")
        wide = f"{source}{':' if '=' in source else '='}size=400x224:rate=24"
        encoded = ["-frames:v", str(FRAMES), "-c:v", "libx264", "-bf", "2", "-pix_fmt", "yuv420p"]
        command = [FFMPEG, "-v", "error", "-f", "lavfi", "-i", wide, "-vf", filters or "null", *encoded, path]
        subprocess.run(command, check=True)
    return out


def noted(pieces: list[Path], folder: Path) -> list[Watched]:
    """Watched, written down and read again."""
    out: list[Watched] = []
    for i, piece in enumerate(pieces):
        notes = folder / f"{i}.seen"
        write_notes(watch_piece(piece, TIMELINE, Span(i * FRAMES, FRAMES)), piece, notes)
        back = read_notes(notes, piece)
        assert back is not None
        out.append(back)
    return out


def test_a_film_watched_by_pieces_is_seen_as_the_whole(pieces: list[Path], tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    joined([(p, FRAMES) for p in pieces], None, (), (), Rate(24), film, ffmpeg=FFMPEG, title="Film")
    random = np.random.default_rng(1)
    lumas = {at: random.integers(0, 256, (180, 320), np.uint8) for at in (0, 10, 24, 82, 96)}
    references = References(frozenset(lumas), lambda small: {at: ssim(one, lumas[at]) for at, one in small.items()})
    whole = read_media(str(film), "film", lambda each: watched(each, keep=lumas, stop=lambda: False))
    assert whole.good == FRAMES * len(pieces)
    together = seen_of(noted(pieces, tmp_path), references)
    assert together == seen_of([whole], references)
    assert sorted(together.likeness) == sorted(lumas)
    assert {1, -1} <= set(together.flash)


def test_notes_of_another_piece_or_damaged_ones_are_not_believed(pieces: list[Path], tmp_path: Path) -> None:
    notes = tmp_path / "0.seen"
    noted(pieces[:1], tmp_path)
    assert read_notes(notes, pieces[1]) is None
    assert read_notes(tmp_path / "none.seen", pieces[0]) is None
    for damaged in (notes.read_bytes()[:2000], b"", b"PK\x03\x04 no archive", bytes(4000)):
        notes.write_bytes(damaged)
        assert read_notes(notes, pieces[0]) is None
