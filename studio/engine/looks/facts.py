"""What a media file is: its pictures, their times and colours, its sounds. Pure data; `engine/probe.py` reads it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import floor
from typing import Any, Literal

from studio.engine.time import Rate

Kind = Literal["video", "still", "animated", "audio"]
Hdr = Literal["", "pq", "hlg"]


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound stream; `start` is where it begins, in seconds after the first picture (0 where there is none)."""

    codec: str
    channels: int
    rate: int
    layout: str
    start: Fraction
    seconds: Fraction


@dataclass(frozen=True, slots=True)
class Colours:
    """How the numbers of a picture are meant: `wide` range is 0..255; "" is what the file does not say."""

    wide: bool = False
    matrix: str = ""
    primaries: str = ""
    transfer: str = ""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file's first picture stream and its sounds.

    Time 0 of a file is its first picture, `first` is that picture's own time stamp. `frames` are counted packet by packet.
    `rate` is None when the file has no pictures or they do not follow at one distance (`variable`); then `stamps` are the
    times they are shown from and `average` is their mean rate. Width and height are as shown, upright; `turned` is how far,
    in degrees clockwise, and whether mirrored (`mirrored`, before turning) the stored picture must be to stand so.
    Seconds are where the last picture or sample ends; `seconds` is the latest of them. `keyframes` are numbers of pictures
    that decode alone, the first `MOST_KEYFRAMES`. What a file does not have is 0, None, "" or ().
    """

    kind: Kind
    container: str
    seconds: Fraction
    frames: int = 0
    rate: Rate | None = None
    average: Rate | None = None
    variable: bool = False
    stamps: tuple[Fraction, ...] = ()
    first: Fraction = Fraction(0)
    tick: Fraction = Fraction(0)
    """How exact its time stamps can be, in seconds."""
    video_seconds: Fraction = Fraction(0)
    width: int = 0
    height: int = 0
    sar: Fraction = Fraction(1)
    turned: int = 0
    mirrored: bool = False
    alpha: bool = False
    interlaced: bool = False
    pix_fmt: str = ""
    colours: Colours = Colours()
    video_codec: str = ""
    video_profile: str = ""
    keyframes: tuple[int, ...] = ()
    edited: bool = False
    """An edit list hides pictures that are stored."""
    sounds: tuple[Sound, ...] = ()
    subtitle_tracks: int = 0
    chapters: tuple[tuple[float, str], ...] = ()

    @property
    def hdr(self) -> Hdr:
        """The curve of a picture that is brighter than a screen of today, "" when it is not."""
        transfers: dict[str, Hdr] = {"smpte2084": "pq", "arib-std-b67": "hlg"}
        return transfers.get(self.colours.transfer, "")

    @property
    def even(self) -> bool:
        """Whether the pictures all follow at one distance."""
        return not self.variable

    @property
    def gop(self) -> int:
        """The longest way, in frames, from one picture that decodes alone to the next; all of them when there is one."""
        ends = (*self.keyframes[1:], self.frames)
        return max((b - a for a, b in zip(self.keyframes, ends, strict=True)), default=0)

    @property
    def audio_codec(self) -> str:
        return self.sounds[0].codec if self.sounds else ""

    @property
    def channels(self) -> int:
        return self.sounds[0].channels if self.sounds else 0

    @property
    def sample_rate(self) -> int:
        return self.sounds[0].rate if self.sounds else 0

    @property
    def audio_seconds(self) -> Fraction:
        return self.sounds[0].seconds if self.sounds else Fraction(0)

    @property
    def shape(self) -> Fraction:
        """Width through height as a person sees it."""
        return Fraction(self.width, self.height) * self.sar if self.height else Fraction(0)

    def shown(self, seconds: Fraction) -> int:
        """The number of the picture whose time holds this moment: the last that has begun; the first before all."""
        if self.variable:
            found = bisect_right(self.stamps, seconds + self.tick) - 1
        else:
            found = floor(seconds * self.rate.fps) if self.rate else 0
        return min(max(found, 0), max(self.frames - 1, 0))

    def lasting(self, rate: Rate) -> int:
        """How many whole frames of a film at `rate` the file gives; of a still, as many as one likes are had: 0."""
        if self.kind == "still":
            return 0
        return floor((self.video_seconds or self.seconds) * rate.fps + Fraction(1, 1000))


MOST_KEYFRAMES = 20_000
MOST_STAMPS = 200_000
"""Pictures a file of uneven ones may have: an hour and a half at 30 a second."""


def packed(facts: MediaFacts) -> dict[str, Any]:
    """The facts in words JSON has."""
    return asdict(facts) | {
        "sounds": [asdict(s) | {"start": str(s.start), "seconds": str(s.seconds)} for s in facts.sounds],
        "stamps": [str(stamp) for stamp in facts.stamps],
        **{name: str(getattr(facts, name)) for name in ("seconds", "first", "tick", "video_seconds", "sar")},
    }


def unpacked(said: dict[str, Any]) -> MediaFacts:
    """The facts again, from what `packed` made of them.

    Raises:
        ValueError, KeyError, TypeError: it is something else.
    """
    return MediaFacts(
        **{
            **said,
            **{name: Fraction(said[name]) for name in ("seconds", "first", "tick", "video_seconds", "sar")},
            **{name: Rate(**said[name]) if said[name] else None for name in ("rate", "average")},
            "stamps": tuple(Fraction(stamp) for stamp in said["stamps"]),
            "colours": Colours(**said["colours"]),
            "keyframes": tuple(int(frame) for frame in said["keyframes"]),
            "sounds": tuple(
                Sound(**{**sound, "start": Fraction(sound["start"]), "seconds": Fraction(sound["seconds"])})
                for sound in said["sounds"]
            ),
            "chapters": tuple((float(seconds), str(title)) for seconds, title in said["chapters"]),
        }
    )
