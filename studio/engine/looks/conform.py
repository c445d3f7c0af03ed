"""How ffmpeg reads any picture as the film's frames: the exact frame for every moment, upright, square, BT.709, one size.

The whole way in: `options` stand before `-i`, `filters` first in the chain of that input. Which frame: the one whose time
holds the moment, so a film frame n shows the file's frame floor(time of n x the file's rate).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path

from studio.engine.looks import cube, tone
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.engine.timeline.looks import Fit

_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
_LOOSE_SEEKING = ("mpegts", "avi", "ogg")
_MATRICES = {"bt470bg": "bt470", "bt2020nc": "bt2020", "bt2020c": "bt2020"}
_WIDE_GAMUTS = ("bt2020", "smpte431", "smpte432")
_SCALING = "flags=bicubic+accurate_rnd+full_chroma_int"
_BT709 = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_SMALL_HEIGHT = 576
"""Pictures at most this high that do not name their matrix are taken for BT.601, larger ones for BT.709, as players do."""
_MICROSECONDS = 1_000_000
_TIES = "1e-6"


@dataclass(frozen=True, slots=True)
class Taken:
    """How ffmpeg takes some frames of a file: what stands before `-i FILE`, and the filters that follow it."""

    options: tuple[str, ...]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which moments of a file: `frames` film frames, the first at `start` film frames into the file, `speed` apart.

    `speed` is film frames of the file for each frame shown: 2 is twice as fast, negative runs backwards, 0 stands still.
    """

    rate: Rate
    start: Fraction
    frames: int
    speed: Fraction = Fraction(1)

    def moment(self, frame: int) -> Fraction:
        """Seconds into the file of what frame `frame` of the stretch shows."""
        return (self.start + frame * self.speed) / self.rate.fps


def fitted(facts: MediaFacts, width: int, height: int, fit: Fit) -> tuple[int, int]:
    """The size in pixels, both even, of the whole picture when it is laid into a frame; `cover` and `none` may pass it."""
    if fit == "stretch":
        return _even(width), _even(height)
    if fit == "none":
        return _even(facts.width * facts.sar), _even(facts.height)
    by_width, by_height = Fraction(width) / facts.shape, Fraction(height) * facts.shape
    wide = facts.shape >= Fraction(width, height)
    if wide == (fit == "contain"):
        return _even(width), _even(by_width)
    return _even(by_height), _even(height)


def taken(facts: MediaFacts, stretch: Stretch, size: tuple[int, int], *, tables: Path | None = None) -> Taken:
    """How a file's pictures become the frames of a stretch at `size`: yuv420p, with alpha yuva420p, BT.709, 16..235.

    They come out numbered from 0 at the film's rate, exactly `stretch.frames` of them; beyond the file's end its last
    picture stands. `tables` is a folder for the tables of bright pictures (tone.py).
    """
    pictures = conform_filters(facts, size, tables=tables)
    if facts.kind == "still":
        return Taken(_opened(facts), (*pictures, *_standing(stretch)))
    options, picked = _picked(facts, stretch)
    fields = ["bwdif=mode=send_frame:parity=auto:deint=interlaced"] if facts.interlaced else []
    return Taken((*_opened(facts), *options), (*fields, *picked, *pictures))


def conform_filters(facts: MediaFacts, size: tuple[int, int], *, tables: Path | None = None) -> list[str]:
    """The filters that turn a picture upright and bring it to a size, square pixels and the film's colours.

    Raises:
        ValueError: a bright or wide picture, and no folder for its table.
    """
    width, height = size
    scale = f"scale={width}:{height}:{_SCALING}:in_range={'pc' if _is_wide(facts) else 'tv'}"
    scale += "" if _is_rgb(facts) else f":in_color_matrix={_matrix(facts)}"
    last = ["format=yuva420p" if facts.alpha else "format=yuv420p", "setsar=1", _BT709]
    into = "out_color_matrix=bt709:out_range=tv"
    if not facts.hdr and facts.colours.primaries not in _WIDE_GAMUTS:
        return [*_upright(facts), f"{scale}:{into}", *last]
    if tables is None:
        raise ValueError("a bright or wide picture needs a folder for its table")
    table = tone.table(facts.hdr, facts.colours.primaries or "bt2020", tables)
    deep = "format=gbrap12" if facts.alpha else "format=gbrp12"
    return [
        *_upright(facts),
        f"{scale}:out_range=pc",
        deep,
        cube.lut_filter(table),
        f"scale={_SCALING}:in_range=pc:{into}",
        *last,
    ]


def _opened(facts: MediaFacts) -> tuple[str, ...]:
    """The demuxer and decoder; no playlist inside a renamed file is followed, and we turn pictures ourselves."""
    decoder = _ALPHA_DECODERS.get(facts.video_codec) if facts.alpha else None
    options = ("-protocol_whitelist", "file", "-f", facts.container.split(",")[0], "-noautorotate", "-threads", "1")
    return (*options, "-c:v", decoder) if decoder else options


def _picked(facts: MediaFacts, stretch: Stretch) -> tuple[tuple[str, ...], list[str]]:
    """Seeking options, and the filters that leave exactly one picture for every frame of the stretch.

    ffmpeg counts time from where it was told to seek, which is half a picture before the first one that is wanted. So
    every picture's number in the file is known, and from it the first film frame that shows it; where several claim one
    frame the last has it, where none does the one before stands.
    """
    step, frames = abs(stretch.speed), stretch.frames
    begin = min(stretch.moment(0), stretch.moment(frames - 1))
    end = max(stretch.moment(0), stretch.moment(frames - 1))
    number = facts.shown(max(begin, Fraction(0)))
    at = facts.stamps[number] if facts.variable else number / facts.rate.fps if facts.rate else Fraction(0)
    if number == facts.frames - 1:
        begin = min(begin, at)
    seek = _sought(facts, at)
    options: tuple[str, ...] = ()
    if seek is not None:
        reading = max(end - (seek - facts.first), Fraction(0)) + 1
        options = ("-seek_timestamp", "1", "-ss", _decimal(seek), "-t", _decimal(reading))
    time = _time(facts, seek)
    pace = stretch.rate.fps / (step or 1)
    frame = f"ceil(({time}-{_exact(begin)})*{_exact(pace)}-{_TIES})"
    length = _exact(_MICROSECONDS / stretch.rate.fps)
    filters = [
        f"settb=1/{_MICROSECONDS}",
        f"setpts=round({frame}*{length})",
        *_clocked(stretch.rate),
        *(["trim=end_frame=1"] if step == 0 else []),
        "tpad=stop=-1:stop_mode=clone",
        f"trim=end_frame={frames}",
        *(["reverse"] if stretch.speed < 0 else []),
        "setpts=N",
    ]
    return options, filters


def _sought(facts: MediaFacts, at: Fraction) -> Fraction | None:
    """Where ffmpeg begins to read for the picture at a time: a whole number of ticks, which it takes off its stamps.

    None is the beginning: files that are short, or that begin in the middle of a picture's life, are read from there.
    """
    if facts.kind == "animated":
        return None
    early = facts.tick / 2 if facts.rate is None else 1 / (2 * facts.rate.fps)
    lead = Fraction(0)
    if facts.container in _LOOSE_SEEKING and facts.average is not None:
        lead = Fraction(facts.gop + 2) / facts.average.fps
    if facts.rate is not None and at <= lead:
        return None
    return floor((facts.first + at - lead - early) / facts.tick) * facts.tick


def _time(facts: MediaFacts, seek: Fraction | None) -> str:
    """The time of a picture in the file, as an expression: even ones are exact, uneven ones a tick early."""
    since = f"(T+{_exact(seek - facts.first)})" if seek is not None else "T"
    if facts.rate is None:
        return f"{since}-{_exact(facts.tick)}"
    number = f"floor({since}*{_exact(facts.rate.fps)}+.5)" if seek is not None else "N"
    return f"{number}*{_exact(1 / facts.rate.fps)}"


def _standing(stretch: Stretch) -> list[str]:
    """One picture for every frame of the stretch."""
    begun = ["loop=loop=-1:size=1", f"settb={stretch.rate.den}/{stretch.rate.num}", "setpts=N"]
    return [*begun, *_clocked(stretch.rate), f"trim=end_frame={stretch.frames}", "setpts=N"]


def _clocked(rate: Rate) -> list[str]:
    return [f"settb={rate.den}/{rate.num}", f"fps={rate}:start_time=0:eof_action=pass"]


def _upright(facts: MediaFacts) -> list[str]:
    """The filters that mirror and turn."""
    turns = {0: [], 90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"]}
    return [*(["hflip"] if facts.mirrored else []), *turns[facts.turned]]


def _is_rgb(facts: MediaFacts) -> bool:
    return facts.colours.matrix == "gbr" or facts.pix_fmt.startswith(
        ("rgb", "bgr", "gbr", "argb", "abgr", "pal8", "0", "mono")
    )


def _is_wide(facts: MediaFacts) -> bool:
    return facts.colours.wide or _is_rgb(facts) or facts.pix_fmt.startswith(("gray", "ya"))


def _matrix(facts: MediaFacts) -> str:
    """The matrix the numbers were made with. JPEG's is BT.601's."""
    if facts.colours.matrix:
        return _MATRICES.get(facts.colours.matrix, facts.colours.matrix)
    if facts.kind == "still" or min(facts.height, facts.width) <= _SMALL_HEIGHT:
        return "bt601"
    return "bt709"


def _even(pixels: Fraction | int) -> int:
    return max(2, round(Fraction(pixels) / 2) * 2)


def _decimal(seconds: Fraction) -> str:
    """Whole microseconds, as ffmpeg keeps its options."""
    whole = round(seconds * _MICROSECONDS)
    return f"{'-' if whole < 0 else ''}{abs(whole) // _MICROSECONDS}.{abs(whole) % _MICROSECONDS:06d}"


def _exact(number: Fraction) -> str:
    return f"({number.numerator}/{number.denominator})"
