"""Whatever media somebody brings in, it is described or refused in a sentence, in ten seconds, and nothing else happens."""

from __future__ import annotations

import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.errors import Cancelled, SandboxRefused, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.probe import probed
from studio.engine.sandbox import ladder, probing
from studio.engine.sandbox.probing import probed_apart
from studio.engine.sandbox.run import CameToGrief, TookTooLong

pytestmark = pytest.mark.programs

FFMPEG = str(program.encoder())


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("media") / "film.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=size=64x36:rate=25:duration=2", "-f", "lavfi", "-i", "sine=r=44100:d=2"]
    subprocess.run([FFMPEG, "-v", "error", *inputs, "-c:v", "libx264", "-c:a", "aac", str(path)], check=True)
    return path.read_bytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """A black picture as small as its rows pack: after a full flush every row packs to the same bytes."""
    packed, row = zlib.compressobj(9), bytes(1 + width * 3)
    first, again = (packed.compress(row) + packed.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    rows = first + again * (height - 1) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def box(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + kind + data


def with_many_tracks(film: bytes, tracks: int) -> bytes:
    """The film's sound track over and over, each with its own number."""
    at = film.index(b"moov") - 4
    moov = film[at : at + struct.unpack(">I", film[at : at + 4])[0]]
    track = moov.rindex(b"trak") - 4
    sound = moov[track : track + struct.unpack(">I", moov[track : track + 4])[0]]
    number = sound.index(b"tkhd") + 16
    more = b"".join(sound[:number] + struct.pack(">I", n + 10) + sound[number + 4 :] for n in range(tracks))
    return film[:at] + box(b"moov", moov[8:], more) + film[at + len(moov) :]


def lasting(film: bytes, duration: float) -> bytes:
    """The film as Matroska, its length another number. Source: RFC 9559."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "a.mp4"), Path(folder, "a.mkv")
        given.write_bytes(film)
        subprocess.run([FFMPEG, "-v", "error", "-i", str(given), "-c", "copy", str(made)], check=True)
        packed = bytearray(made.read_bytes())
    number = packed.index(b"\x44\x89\x88") + 3
    packed[number : number + 8] = struct.pack(">d", duration)
    return bytes(packed)


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda film: b"",
    "cut": lambda film: film[: len(film) // 3],
    "playlist": lambda film: b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/etc/passwd\n#EXT-X-ENDLIST\n",
    "list of files": lambda film: b"ffconcat version 1.0\nfile other.mp4\n",
    "huge picture": lambda film: png(30_000, 30_000),
    "packed text": lambda film: png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(64_000_000), 9))),
    "many tracks": lambda film: with_many_tracks(film, 500),
    "no number": lambda film: lasting(film, float("nan")),
    "for ever": lambda film: lasting(film, float("inf")),
}
HARMLESS = {"packed text", "no number", "for ever"}
WORDS = {"huge picture": "larger than 16384 pixels", "many tracks": "more than 64 streams"}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_media_end_in_a_sentence_soon(name: str, film: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.mp4").write_bytes(film)
    path = tmp_path / "film.mp4"
    path.write_bytes(HOSTILE[name](film))
    begun = time.monotonic()
    try:
        found = probed_apart(path)
    except UnsupportedMedia as error:
        assert name not in HARMLESS
        assert error.message.startswith("film.mp4 ")
        assert WORDS.get(name, "cannot be read") in error.message
        assert error.message.endswith(".")
    else:
        assert name in HARMLESS
        assert found.seconds < 3
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("broken", [False, True])
def test_a_file_read_apart_is_what_it_is_here(broken: bool, film: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film[:-200] if broken else film)
    path.chmod(0o600)  # ours alone: the sandbox has it open, not by its name
    if broken:
        with pytest.raises(UnsupportedMedia, match=r"film\.mp4 cannot be read"):
            probed(path)
        with pytest.raises(UnsupportedMedia, match=r"a b\.mov cannot be read"):
            probed_apart(path, name="a b.mov")
    else:
        assert probed_apart(path) == probed(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedMedia):
        probed_apart(tmp_path / "none.mp4")


def test_reading_can_be_stopped(film: bytes, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(film)
    with pytest.raises(Cancelled):
        probed_apart(tmp_path / "film.mp4", stop=lambda: True)


@pytest.mark.parametrize(
    ("ended", "words"), [(TookTooLong(), "took too long"), (CameToGrief("signal 11"), "cannot be read")]
)
def test_every_way_the_reading_can_end_has_a_sentence(
    ended: Exception, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> bytes:
        raise ended

    monkeypatch.setattr(probing, "run", run)
    (tmp_path / "film.mp4").write_bytes(b"x")
    with pytest.raises(UnsupportedMedia, match=words):
        probed_apart(tmp_path / "film.mp4")


def test_without_a_sandbox_nothing_is_read(film: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = ladder.Standing(ladder.Rung.LIMITS, "no Landlock", "a command")
    monkeypatch.setattr(ladder, "standing", lambda: weak)
    (tmp_path / "film.mp4").write_bytes(film)
    with pytest.raises(SandboxRefused, match="Mend it with: a command"):
        probed_apart(tmp_path / "film.mp4")
