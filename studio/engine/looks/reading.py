"""What an open file is, read with PyAV packet by packet: counts, times, colours, how it stands. Who opens it: engine/probe.py."""

from __future__ import annotations

import contextlib
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from studio.core.errors import UnsupportedMedia
from studio.engine.looks.facts import MOST_KEYFRAMES, MOST_STAMPS, Colours, Kind, MediaFacts, Sound
from studio.engine.time import Rate

if TYPE_CHECKING:
    from av.container import InputContainer

_STILLS = ("png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe")
_TURNED_BY_TAG = ("jpeg_pipe", "tiff_pipe", "webp_pipe")
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: (0, True),
    3: (180, False),
    4: (180, True),
    5: (270, True),
    6: (90, False),
    7: (90, True),
    8: (270, False),
}
"""EXIF orientation to (degrees clockwise, mirrored before that). Source: CIPA DC-008, 4.6.5 A."""

# Source: ITU-T H.273, tables 2 to 4; the words are FFmpeg's.
_MATRICES = {0: "gbr", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc", 10: "bt2020c"}
_PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 11: "smpte431", 12: "smpte432"}
_TRANSFERS = {
    1: "bt709",
    6: "smpte170m",
    8: "linear",
    13: "iec61966-2-1",
    14: "bt2020-10",
    16: "smpte2084",
    18: "arib-std-b67",
}
_FULL_RANGE = 2
_FIELDS = (2, 3, 4, 5)
_COVER = 1 << 10
"""The disposition of a picture that goes with a song. Source: FFmpeg, avformat.h, AV_DISPOSITION_ATTACHED_PIC."""

_KNOWN_RATES = tuple(
    Fraction(num, den)
    for num, den in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1))
)
_ROUNDED = Fraction(1, 5000)
"""What a rate is off that was written as the length of a picture; 59.94 and 60 lie five times as far apart."""
_DECODED = 300
"""Packets that are decoded at most in search of the first picture."""
_ASSUMED_RATE = Fraction(25)


@dataclass(slots=True)
class _Counted:
    """What the packets of one stream say."""

    base: Fraction
    stamps: list[int] = field(default_factory=list[int])
    keys: list[int] = field(default_factory=list[int])
    end: int = 0
    hidden: bool = False
    begun: int | None = None
    frame: Any = None

    def add(self, packet: Any) -> None:
        self.hidden = self.hidden or packet.is_discard
        # A packet without a size closes the stream; a discarded one is decoded but never shown.
        if not packet.size or packet.is_discard or packet.pts is None:
            return
        self.begun = packet.pts if self.begun is None else min(self.begun, packet.pts)
        self.end = max(self.end, packet.pts + (packet.duration or 0))
        if packet.stream.type == "video":
            self.stamps.append(packet.pts)
            if packet.is_keyframe:
                self.keys.append(packet.pts)


def read(container: InputContainer) -> MediaFacts:
    """What an open file is."""
    video = next((s for s in container.streams.video if not s.disposition & _COVER), None)
    still = container.format.name in _STILLS
    if video is None and not container.streams.audio:
        raise ValueError("neither picture nor sound")
    counted = _counted(container, video, decode=not still)
    pictures = counted.get(video.index) if video is not None else None
    if pictures is not None and not pictures.stamps and not still:
        raise ValueError("no picture")
    first = Fraction(pictures.begun or 0) * pictures.base if pictures is not None else None
    sounds = tuple(_sounds(container, counted, first))
    ends = [sound.seconds for sound in sounds]
    seen: dict[str, Any] = {}
    if video is not None and pictures is not None:
        seen = _pictures(container, video, pictures, still=still)
        ends.append(seen["video_seconds"])
    kind: Kind = (
        "audio" if video is None else "still" if still else "animated" if container.format.name == "gif" else "video"
    )
    return MediaFacts(
        kind=kind,
        container=container.format.name,
        seconds=max(ends),
        sounds=sounds,
        bit_rate=int(container.bit_rate or 0),
        size_bytes=max(int(container.size or 0), 0),
        subtitle_tracks=len(container.streams.subtitles),
        chapters=tuple(_chapter(c) for c in container.chapters()),
        **seen,
    )


def _counted(container: InputContainer, video: Any, *, decode: bool) -> dict[int, _Counted]:
    """Every packet of the pictures and sounds, and the first picture decoded."""
    from av.error import FFmpegError

    streams = [*([video] if video is not None else []), *container.streams.audio]
    counted = {s.index: _Counted(Fraction(s.time_base or 1)) for s in streams}
    tries = _DECODED if decode else 0
    for packet in container.demux(streams):
        one = counted[packet.stream.index]
        one.add(packet)
        if tries > 0 and one.frame is None and packet.stream.type == "video":
            tries -= 1
            with contextlib.suppress(FFmpegError):  # a recording may begin in the middle of what belongs together
                one.frame = next(iter(packet.decode()), None)
    return counted


def _sounds(container: InputContainer, counted: dict[int, _Counted], first: Fraction | None) -> Iterator[Sound]:
    zero = first
    for stream in container.streams.audio:
        one = counted[stream.index]
        start = Fraction(one.begun or 0) * one.base
        zero = start if zero is None else zero
        yield Sound(
            codec=stream.codec_context.codec.canonical_name,
            channels=stream.channels,
            rate=stream.rate,
            layout=stream.layout.name,
            start=start - zero,
            seconds=Fraction(one.end) * one.base - zero,
        )


def _pictures(container: InputContainer, video: Any, one: _Counted, *, still: bool) -> dict[str, Any]:
    context, frame = video.codec_context, one.frame
    first, stamps = one.begun or 0, sorted(one.stamps)
    rate = None if still else _rate(video, stamps, one.base)
    if rate is None and not still and len(stamps) > MOST_STAMPS:
        raise ValueError("too many uneven pictures")
    number = {stamp: n for n, stamp in enumerate(stamps)}
    turned, mirrored = _orientation(container) if still else (_turned(frame), False)
    width, height = video.width, video.height
    sar = Fraction(video.sample_aspect_ratio or 1)
    if turned % 180:
        width, height, sar = height, width, 1 / (sar or Fraction(1))
    return {
        "frames": 1 if still else len(stamps),
        "rate": Rate(rate.numerator, rate.denominator) if rate else None,
        "average": _mean(stamps, one.base) if rate is None else Rate(rate.numerator, rate.denominator),
        "variable": rate is None and not still,
        "stamps": tuple((stamp - first) * one.base for stamp in stamps) if rate is None and not still else (),
        "first": first * one.base,
        "tick": one.base,
        "video_seconds": Fraction(0) if still else Fraction(one.end - first) * one.base,
        "width": width,
        "height": height,
        "sar": sar or Fraction(1),
        "turned": turned,
        "mirrored": mirrored,
        "alpha": _has_alpha(context, frame, video.metadata),
        "interlaced": context.field_order in _FIELDS or bool(frame is not None and frame.interlaced_frame),
        "pix_fmt": context.pix_fmt or "",
        "colours": _colours(context),
        "video_codec": context.codec.canonical_name,
        "video_profile": context.profile or "",
        "keyframes": tuple(sorted(number[key] for key in one.keys))[:MOST_KEYFRAMES],
        "edited": one.hidden,
    }


def _rate(video: Any, stamps: Sequence[int], base: Fraction) -> Fraction | None:
    """The rate at which every picture lies within a tick of its place; None when there is none."""
    said = [Fraction(r) for r in (video.average_rate, video.guessed_rate, video.base_rate) if r]
    if len(stamps) < 2:
        return said[0] if said else _ASSUMED_RATE
    apart = {b - a for a, b in pairwise(stamps)}
    mean = Fraction(len(stamps) - 1) / ((stamps[-1] - stamps[0]) * base)
    meant = [rate for rate in _KNOWN_RATES if any(abs(rate / r - 1) < _ROUNDED for r in said)]
    known = [rate for rate in _KNOWN_RATES if abs(rate / mean - 1) < Fraction(1, 500)]
    exact = [1 / (base * apart.pop())] if len(apart) == 1 else []
    for rate in dict.fromkeys([*(r for r in said if r in _KNOWN_RATES), *meant, *known, *said, *exact]):
        step = 1 / (rate * base)
        across, whole = step.numerator, step.denominator  # in whole numbers: a film has many pictures
        if all(abs((stamp - stamps[0]) * whole - n * across) <= whole for n, stamp in enumerate(stamps)):
            return rate
    return None


def _mean(stamps: Sequence[int], base: Fraction) -> Rate | None:
    """How many pictures a second there are on the whole."""
    if len(stamps) < 2:
        return None
    mean = (Fraction(len(stamps) - 1) / ((stamps[-1] - stamps[0]) * base)).limit_denominator(100_000)
    return Rate(mean.numerator, mean.denominator)


def _turned(frame: Any) -> int:
    """PyAV says how far to the left, the opposite."""
    return -round(frame.rotation / 90) * 90 % 360 if frame is not None else 0


def _orientation(container: InputContainer) -> tuple[int, bool]:
    """How a still says it must be turned."""
    if container.format.name not in _TURNED_BY_TAG:
        return 0, False
    from PIL import Image

    file = container.file.file if container.file is not None else container.name  # pyright: ignore
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=("JPEG", "TIFF", "WEBP")) as picture:
            moves = picture.format == "WEBP" and getattr(picture, "is_animated", False)
            said = picture.getexif().get(_ORIENTATION, 1)
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        struct.error,
    ):  # the tag is damaged; the picture decodes
        return 0, False
    if moves:
        raise UnsupportedMedia(
            "An animated WebP picture cannot be shown. Save it as a film or a GIF, and bring that in."
        )
    return _UPRIGHT.get(said, (0, False)) if isinstance(said, int) else (0, False)


def _has_alpha(context: Any, frame: Any, metadata: dict[str, str]) -> bool:
    shown = frame.format if frame is not None else context.format
    plain = shown is None or not any(part.is_alpha for part in shown.components)
    return not plain or metadata.get("alpha_mode", metadata.get("ALPHA_MODE")) == "1"


def _colours(context: Any) -> Colours:
    return Colours(
        wide=context.color_range == _FULL_RANGE or (context.pix_fmt or "").startswith("yuvj"),
        matrix=_MATRICES.get(context.colorspace, ""),
        primaries=_PRIMARIES.get(context.color_primaries, ""),
        transfer=_TRANSFERS.get(context.color_trc, ""),
    )


def _chapter(chapter: Any) -> tuple[float, str]:
    return float(chapter["start"] * chapter["time_base"]), str(chapter["metadata"].get("title", ""))
