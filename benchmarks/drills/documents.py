"""Damaged documents: each ends in a sentence a person can read, or in a film that can be drawn and heard."""

from __future__ import annotations

import json
import random
import signal
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from benchmarks.drills.damage import broken_text, broken_tree
from benchmarks.drills.films import Maker
from benchmarks.drills.fuzz import Ended, cpu_s
from benchmarks.drills.shelf import Shelf
from studio.core.errors import Invalid, LimitReached, StudioError, UnsupportedMedia
from studio.engine.interchange import apart
from studio.engine.interchange.formats import SUFFIXES, Format
from studio.engine.presets import Preset
from studio.engine.render.film import drawn
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Span
from studio.engine.render.plan import planned
from studio.engine.sound.mix import mixed
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, from_document, to_document
from studio.engine.timeline.checks import checked

MOST_CPU_S, MOST_WALL_S, MOST_MB = 10.0, 60, 1000
"""What one document may cost; the memory is what it takes above what the process already held."""
_FOREIGN: tuple[Format, ...] = ("otio", "otio", "edl", "fcp7", "fcpxml", "srt", "vtt", "ass")
_PLANNED, _HEARD = 100_000, 400
"""Frames up to which a film that came out is planned, and mixed."""
_APART = 12
"""One of so many files of other programs is read as those of strangers are: in the sandbox."""


def documents(shelf: Shelf, count: int, seed: int, *, first: int = 0) -> Iterator[Ended]:
    """Damage so many documents and read them."""
    signal.signal(signal.SIGALRM, _too_long)
    for number in range(first, first + count):
        held = _held_mb()
        begun, how = cpu_s(), "stopped"
        signal.alarm(MOST_WALL_S)
        try:
            how, told = _proved(number, seed, shelf)
        except Exception as error:  # noqa: BLE001 - whatever it is, the drill goes on and says so
            last = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__}: {str(error)[:200]} ({Path(last.filename).name}:{last.lineno})"
        finally:
            signal.alarm(0)
        spent, grown = cpu_s() - begun, _peak_mb() - held
        if spent > MOST_CPU_S or grown > MOST_MB:
            told += f"; it took {spent:.1f} s of CPU and {grown:.0f} MB more"
        yield Ended(number, how, told)


def _proved(number: int, seed: int, shelf: Shelf) -> tuple[str, str]:
    """How a damaged document ended, and what is wrong with that."""
    dice = random.Random(f"{seed}:document:{number}")
    maker = Maker(number, seed)
    film = maker.timeline(shelf.available(maker.rate))
    try:
        found = _ours(film, dice) if number % 2 else _foreign(film, dice, apart_too=not number % _APART)
        if found is None:
            return "no document", ""
        _seen(found, dice, shelf)
    except StudioError as refusal:
        clear = isinstance(refusal, Invalid | LimitReached | UnsupportedMedia)
        clear = clear and " " in refusal.message and refusal.message.endswith((".", ")"))
        return "refused", "" if clear else f"{type(refusal).__name__}, which is not clear: {refusal.message}"
    return "drawn and heard", ""


def _ours(film: Timeline, dice: random.Random) -> Timeline | None:
    """Our own document after damage; what is no JSON is refused where it is read."""
    document = to_document(film)
    text: str | bytes = broken_tree(document, dice)
    if dice.random() < 0.3:
        text = broken_text(json.dumps(document), dice)
    elif dice.random() < 0.1:
        text = text.replace('"start"', '"start": 5, "start"', 3)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    try:
        return checked(from_document(said))
    except Invalid as refusal:
        whole = not isinstance(said, dict) or said.get("schema") != "inkreel.timeline" or "newer" in refusal.message
        if refusal.field is None and not whole and "too deep" not in refusal.message:
            raise ValueError(f"no place: {refusal.message}") from refusal
        raise


def _foreign(film: Timeline, dice: random.Random, *, apart_too: bool) -> Timeline | None:
    """A file of another program after damage, as the sandbox reads it."""
    form = dice.choice(_FOREIGN)
    try:
        data = apart.written(film, form, {}).data
    except Invalid:
        return None
    if form == "otio" and dice.random() < 0.6:
        data = broken_tree(json.loads(data), dice).encode()
    else:
        data = broken_text(data.decode(), dice)
    name = f"film{SUFFIXES[form]}"
    if apart_too:
        return apart.read_apart(data, name).timeline
    with suppress(MemoryError, RecursionError):  # the sandbox says what is too large
        return apart.read(data, name, rate=Rate(25) if form == "edl" else None).timeline
    return None


def _seen(film: Timeline, dice: random.Random, shelf: Shelf) -> None:
    """Draw some frames small, plan the film and mix it, as far as it is not longer than a few seconds."""
    at = {0, film.frames // 2, dice.randrange(max(film.frames, 1))} if film.frames else set[int]()
    shape = Preset("tiny", 72).frame_size(film.width, film.height)
    for frame in sorted(at):
        with closing(drawn(film, Span(frame, 1), shape, shelf.store, hold=True)) as frames:
            next(frames)
    if film.frames <= _PLANNED:
        segment_keys(film, planned(film, workers=2), Preset("tiny", 72), encoder_version="drill")
    if 0 < film.frames <= _HEARD:
        with tempfile.TemporaryDirectory(prefix="inkreel-drill-") as name:
            known = {*shelf.available(film.rate)}
            if all(clip.media in known or not clip.media for track in film.tracks for clip in track.clips):
                mixed(replace(film, name="mix"), shelf.samples, Path(name) / "mix.wav", target_lufs=-14.0)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"longer than {MOST_WALL_S} s")


def _held_mb() -> float:
    """What this process holds now, from which its peak is measured anew. Source: proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak_mb()


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
