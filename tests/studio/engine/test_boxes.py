"""Boxes of a damaged file are left alone."""

from __future__ import annotations

from pathlib import Path
from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from studio.engine.boxes import switch_off_subtitles


def box(kind: bytes, content: bytes) -> bytes:
    return pack(">I4s", 8 + len(content), kind) + content


def track(handler: bytes, flags: int = 3) -> bytes:
    header = box(b"tkhd", bytes([0, 0, 0, flags]) + bytes(20))
    return box(b"trak", header + box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12))))


def test_only_subtitle_tracks_are_switched_off(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    before = box(b"ftyp", b"isom") + box(b"moov", track(b"vide") + track(b"soun") + track(b"sbtl"))
    film.write_bytes(before)
    assert switch_off_subtitles(film) == 1
    after = box(b"ftyp", b"isom") + box(b"moov", track(b"vide") + track(b"soun") + track(b"sbtl", flags=2))
    assert film.read_bytes() == after


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_read_to_the_end_and_keep_their_length(noise: bytes, cut: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        data = (box(b"moov", track(b"sbtl") + noise) + noise)[:cut]
        film.write_bytes(data)
        switch_off_subtitles(film)
        assert len(film.read_bytes()) == len(data)
