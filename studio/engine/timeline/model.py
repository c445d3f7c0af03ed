"""The timeline: tracks of clips in whole frames of one rational rate. Pure data; words follow OpenTimelineIO.

It is self-contained but for media, which it names by SHA-256. Reading and writing it: document.py. Edits: engine/editing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from studio.engine.time import Rate
from studio.engine.timeline.curves import Animated, Curve
from studio.engine.timeline.looks import Blend, Colour, Crop, Effect, Made, Transform

TrackKind = Literal["video", "image", "text", "effect", "audio", "captions"]
PICTURE: tuple[TrackKind, ...] = ("video", "image", "text", "effect")
"""Tracks that are seen; later ones lie over earlier ones. A clip of an effect track changes the look of all below it."""

TransitionKind = Literal[
    "dissolve",
    "dip",
    "wipe_left",
    "wipe_right",
    "wipe_up",
    "wipe_down",
    "push_left",
    "push_right",
    "push_up",
    "push_down",
    "slide_left",
    "slide_right",
    "slide_up",
    "slide_down",
]


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture the frame shows: centre x, y and width, each a share (0..1) of the picture's width or height.

    Width 1 with centre .5, .5 is the whole picture; the window keeps the picture's aspect ratio.
    """

    x: float = 0.5
    y: float = 0.5
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Motion:
    """A camera move over a still: from one window to another, eased in and out, with optional hand-held sway.

    `sway` is the largest drift as a share of the width (0 = none). The move is a function of the clip's own frames.
    """

    start: Window = field(default_factory=Window)
    end: Window = field(default_factory=Window)
    sway: float = 0.0


@dataclass(frozen=True, slots=True)
class Speed:
    """How a clip runs through its media: `factor` source frames a frame (negative backwards, 0 stands still).

    A `ramp` replaces the factor: its values are source frames since the clip's in point, by frames of the clip.
    """

    factor: Fraction = Fraction(1)
    ramp: Curve | None = None
    keep_pitch: bool = True


@dataclass(frozen=True, slots=True)
class Clip:
    """One piece on a track: `start` and `frames` on the timeline, `source_in` frames (of the timeline's rate) into its media.

    It shows a file (`media`, a SHA-256) or what is `made`; on an effect track neither. `fade_in` and `fade_out` are frames of
    fade from and to what lies below (black at the bottom; on audio tracks, silence); `gain_db` and `pan` (-1 left .. 1 right)
    apply to sound. Clips of one `group` move together (a picture and its linked sound); `link` is what the clip stands for,
    e.g. "shot:<id>".
    """

    id: str
    name: str
    media: str
    start: int
    frames: int
    source_in: int = 0
    motion: Motion | None = None
    gain_db: Animated = 0.0
    fade_in: int = 0
    fade_out: int = 0
    link: str = ""
    made: Made | None = None
    speed: Speed | None = None
    transform: Transform | None = None
    crop: Crop | None = None
    opacity: Animated = 1.0
    blend: Blend = "normal"
    colour: Colour | None = None
    effects: tuple[Effect, ...] = ()
    pan: Animated = 0.0
    group: str = ""
    enabled: bool = True
    markers: tuple[Marker, ...] = ()

    @property
    def end(self) -> int:
        """The first frame after the clip."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Transition:
    """From one clip to the next of its track: `before` frames of it lie before the cut at frame `at`, `after` frames after.

    Each clip must have media for the other's part of it. `colour` is a dip's. On an audio track every kind is a crossfade.
    """

    id: str
    kind: TransitionKind
    at: int
    before: int
    after: int
    colour: str = "#000000"

    @property
    def start(self) -> int:
        return self.at - self.before

    @property
    def end(self) -> int:
        """The first frame after the transition."""
        return self.at + self.after


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on screen from `start` for `frames`; `speaker` is kept for SDH and the transcript."""

    start: int
    frames: int
    text: str
    speaker: str = ""

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Marker:
    """A named frame, or a range of `frames`. Scene starts become chapters. A clip's markers count from its first frame.

    `note` is what somebody has to say of it; it is in no film.
    """

    frame: int
    name: str
    frames: int = 0
    colour: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One lane. `role` tells the mixer what it carries: picture, voice, music, sound.

    While a track of the role `ducked_by` is louder than `duck_threshold_db` (dBFS), this one is `duck_db` quieter; the times are
    those its gain takes down, stays down and takes up. `equaliser` and `compressor` name presets of the mixer ("" is none), the
    three of `eq` (dB) come on top. `colour` is how it looks in the timeline ("" is that of its kind), `look` how its captions look
    in the picture (a name of `CAPTION_LOOKS`).
    """

    id: str
    kind: TrackKind
    name: str
    role: str
    clips: tuple[Clip, ...] = ()
    captions: tuple[Caption, ...] = ()
    transitions: tuple[Transition, ...] = ()
    locked: bool = False
    muted: bool = False
    solo: bool = False
    gain_db: float = 0.0
    pan: float = 0.0
    ducked_by: str = ""
    duck_db: float = 12.0
    duck_threshold_db: float = -36.0
    duck_attack_ms: float = 250.0
    duck_hold_ms: float = 300.0
    duck_release_ms: float = 600.0
    equaliser: str = ""
    eq_low_db: float = 0.0
    eq_mid_db: float = 0.0
    eq_high_db: float = 0.0
    compressor: str = ""
    language: str = ""
    colour: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole film. Width and height are the design size in pixels; a preset scales it. `background` lies below every picture."""

    name: str
    rate: Rate
    width: int
    height: int
    tracks: tuple[Track, ...]
    markers: tuple[Marker, ...] = ()
    background: str = "#000000"
    drop_frame: bool = False
    first_frame: int = 0
    """What the timecode shows at frame 0, in frames."""

    @property
    def frames(self) -> int:
        """Length: the end of the last clip that is seen."""
        return max((c.end for t in self.tracks if t.kind in PICTURE for c in t.clips if c.end > 0), default=0)

    def clips(self, role: str) -> Iterator[Clip]:
        """Every clip of the tracks with this role, in order of tracks."""
        return (c for t in self.tracks if t.role == role for c in t.clips)

    def captions(self) -> tuple[Caption, ...]:
        """All captions in order of time, those of muted tracks left out."""
        shown = (c for t in self.tracks if not t.muted for c in t.captions)
        return tuple(sorted(shown, key=lambda c: (c.start, c.end)))
