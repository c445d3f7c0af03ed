"""Films out of a number: any valid timeline there can be, small and short, of everything the model knows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from benchmarks.drills.shelf import CLEAR_STILL, FILMS, SOUNDS, STILL, TABLE, WAV
from studio.engine.looks.functions import FUNCTIONS
from studio.engine.presets import Order
from studio.engine.sound.desk.strip import COMPRESSORS, EQUALISERS
from studio.engine.time import Rate
from studio.engine.timeline import (
    Animated,
    Caption,
    Clip,
    Curve,
    Key,
    Marker,
    Motion,
    Speed,
    Timeline,
    Track,
    Transition,
    Window,
)
from studio.engine.timeline.checks import clip_faults, transition_faults
from studio.engine.timeline.looks import (
    Blend,
    Blur,
    ChromaKey,
    Colour,
    Crop,
    Effect,
    Fit,
    Flip,
    FrameFunction,
    Grain,
    Greyscale,
    Made,
    Nested,
    Pixelate,
    Shape,
    Sharpen,
    Solid,
    Text,
    TextStyle,
    Transform,
    Vignette,
)
from studio.engine.timeline.model import TrackKind, TransitionKind
from studio.engine.timeline.reach import Available

_RATIOS = ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
RATES = tuple(map(Rate.parse, _RATIOS))
SIZES = ((128, 72), (72, 128), (101, 57), (64, 64), (127, 71), (36, 160), (1920, 1080), (2, 2))
LEAST, MOST = 12, 60
_ROLES = ("voice", "music", "sound")


class Maker:
    """Draws one film of a number; `available` is called with its rate."""

    def __init__(self, number: int, seed: int) -> None:
        self.dice = random.Random(f"{seed}:{number}")
        self.rate = self.dice.choice(RATES)
        self.frames = self.dice.randint(LEAST, MOST)
        self.named = 0

    def timeline(self, available: Mapping[str, int | None], depth: int = 0) -> Timeline:
        """One to four tracks that are seen, up to three that are heard, captions and markers."""
        d, tracks = self.dice, list[Track]()
        for _ in range(d.randint(1, 4 if not depth else 2)):
            kind: TrackKind = d.choice(("video", "video", "video", "image", "text", "effect"))
            tracks.append(self._track(kind, available, depth))
        tracks += [self._track("audio", available, depth) for _ in range(d.randint(0, 3 if not depth else 1))]
        if d.random() < 0.4:
            tracks.append(self._captions())
        width, height = d.choice(SIZES)
        marks = sorted({d.randrange(self.frames) for _ in range(d.choice((0, 0, 3)))})
        markers = tuple(Marker(at, d.choice(("", "Act; one = #2", "Über\nall")), d.choice((0, 5))) for at in marks)
        film = Timeline("Film", self.rate, width, height, tuple(tracks), markers, background=self._colour())
        if not film.frames:  # nothing is seen yet
            plain = Clip(self._id(), "Plain", "", 0, self.frames, made=Solid(self._colour()))
            film = replace(film, tracks=(Track(self._id(), "video", "V", "picture", (plain,)), *film.tracks))
        return film

    def order(self) -> Order:
        """How the film is asked for; `tiny` and its like are the drill's."""
        d = self.dice
        start = d.choice((0, 0, 0, 3))
        kind = d.choice(("tiny",) * 12 + ("tiny-square", "tiny-webm", "tiny-hevc", "tiny-mov"))
        captions = d.choice(("track", "track", "burned", "file", "none"))
        return Order(kind, captions, d.choice(("contain", "cover")), start, d.choice((None, None, start + 9)))

    def _id(self) -> str:
        self.named += 1
        return f"n{self.named}"

    def _often(self, share: float) -> bool:
        return self.dice.random() < share

    def _track(self, kind: TrackKind, available: Available, depth: int) -> Track:
        d, clips, at = self.dice, list[Clip](), 0
        while at < self.frames and len(clips) < 6:
            at += d.choice((0, 0, 0, 0, 5))
            frames = min(d.choice((1, 2, 7, 12, 20, 30)), self.frames - at)
            if frames < 1:
                break
            clip = self._clip(kind, at, frames, available, depth)
            track = Track("t", kind, "", "picture", (clip,))
            if not list(clip_faults(clip, track, "", available)):
                clips.append(clip)
            at += frames
        role = d.choice(_ROLES) if kind == "audio" else "picture"
        track = Track(self._id(), kind, "A track", role, tuple(clips), muted=self._often(0.05), solo=self._often(0.05))
        for one, two in pairwise(clips):
            if one.end == two.start and self._often(0.6):
                which: TransitionKind = d.choice(get_args(TransitionKind))
                before, after = d.choice(((0, 1), (1, 0), (2, 3), (5, 5), (one.frames, 1)))
                more = Transition(self._id(), which, two.start, before, after, self._colour())
                longer = replace(track, transitions=(*track.transitions, more))
                track = track if list(transition_faults(longer, "", available)) else longer
        if kind != "audio":
            return track
        return replace(track, gain_db=d.choice((0.0, -6.0, 12.0, -120.0)), pan=d.choice((0.0, 1.0, -0.3)),
            ducked_by=d.choice(("", "", "voice", "music")), duck_db=d.choice((0.0, 12.0, 120.0)),
            equaliser=d.choice(("", "", *EQUALISERS)), compressor=d.choice(("", "", *COMPRESSORS)))  # fmt: skip

    def _captions(self) -> Track:
        d, at, out = self.dice, 0, list[Caption]()
        while at < self.frames + 20:
            frames = d.randint(1, 25)
            words = d.choice(("One", "two\nlines <i>", "", "مرحبا {\\b} 漢字 --> 3"))
            out.append(Caption(at, frames, words, d.choice(("", "MARA"))))
            at += frames + d.randint(0, 9)
        return Track(self._id(), "captions", "Captions", "captions", captions=tuple(out), language=d.choice(("", "en")))

    def _clip(self, kind: TrackKind, start: int, frames: int, available: Available, depth: int) -> Clip:
        d = self.dice
        clip = Clip(self._id(), d.choice(("A clip", "“Ü”; '", "")), "", start, frames)
        if kind in ("video", "image"):
            clip = self._shown(clip, available, depth)
        elif kind == "text":
            clip = replace(clip, made=self._made(text=True))
        elif kind == "audio":
            clip = self._heard(clip, available, depth)
        if self._often(0.25):
            fades = d.choice(((frames, 0), (0, frames), (frames // 2, frames // 2), (1, 1), (frames, frames)))
            clip = replace(clip, fade_in=fades[0], fade_out=fades[1])
        if kind == "audio":
            return clip
        return self._looked(clip)

    def _shown(self, clip: Clip, available: Available, depth: int) -> Clip:
        d, what = self.dice, self.dice.random()
        if what < 0.5:
            media = d.choice((*FILMS, "street.mp4"))
            has = available[media] or 0
            clip = replace(clip, media=media, source_in=d.randrange(max(has - clip.frames, 1)))
            return replace(clip, speed=self._speed(clip.frames)) if self._often(0.35) else clip
        if what < 0.65:
            move = Motion(self._window(), self._window(), d.choice((0.0, 0.02))) if self._often(0.7) else None
            return replace(clip, media=d.choice((STILL, CLEAR_STILL)), motion=move)
        if what < 0.78 and depth < 2:
            inner = Maker(d.randrange(10**9), 0)
            inner.rate, inner.frames, inner.named = self.rate, self.frames, self.named
            made = Nested(inner.timeline(available, depth + 1))
            self.named = inner.named
            later = min(d.choice((0, 3)), max(made.timeline.frames - clip.frames, 0))
            clip = replace(clip, made=made, source_in=later)
            return replace(clip, speed=self._speed(clip.frames)) if self._often(0.2) else clip
        return replace(clip, made=self._made(text=False))

    def _heard(self, clip: Clip, available: Available, depth: int) -> Clip:
        d = self.dice
        clip = replace(clip, gain_db=self._curve(-40.0, 12.0), pan=self._curve(-1.0, 1.0))
        if depth < 2 and self._often(0.1):
            return replace(self._shown(clip, available, depth), motion=None, made=None, media="street.mp4")
        media = d.choice((*SOUNDS, WAV, "street.mp4"))
        clip = replace(clip, media=media, source_in=d.randrange(max((available[media] or 0) - clip.frames, 1)))
        return replace(clip, speed=self._speed(clip.frames)) if self._often(0.3) else clip

    def _looked(self, clip: Clip) -> Clip:
        d = self.dice
        if self._often(0.35):
            scale = self._curve(0.0, d.choice((1.0, 3.0)))
            fit: Fit = d.choice(get_args(Fit))
            turn = self._curve(-400.0, 400.0) if self._often(0.5) else 0.0
            other = self._curve(0.0, 2.0) if self._often(0.5) else scale
            clip = replace(
                clip, transform=Transform(self._curve(-1.0, 1.0), self._curve(-1.0, 1.0), scale, other, turn, fit)
            )
        if self._often(0.2):
            clip = replace(
                clip, crop=Crop(*d.choice(((0.1, 0.2, 0.3, 0.0), (0.5, 0.0, 0.49, 0.0), (0.0, 0.99, 0.0, 0.0))))
            )
        if self._often(0.25):
            blend: Blend = d.choice(get_args(Blend))
            clip = replace(clip, opacity=self._curve(0.0, 1.0), blend=blend)
        if self._often(0.2):
            clip = replace(clip, colour=Colour(self._curve(-3.0, 3.0), self._curve(0.0, 3.0), self._curve(0.0, 3.0),
                self._curve(-1.0, 1.0), self._curve(-1.0, 1.0), self._curve(0.1, 5.0),
                d.choice(("", TABLE)), d.choice((0.0, 0.5, 1.0))))  # fmt: skip
        if self._often(0.25):
            clip = replace(clip, effects=tuple(self._effect() for _ in range(d.randint(1, 3))))
        return replace(clip, enabled=not self._often(0.05))

    def _effect(self) -> Effect:
        d = self.dice
        return d.choice((
            Blur(self._curve(0.0, 1.0)), Sharpen(d.choice((0.0, 5.0))), Vignette(d.random()), Grain(d.random()),
            Pixelate(d.choice((0.0, 0.1, 1.0))), Flip(self._often(0.5)), Greyscale(),
            ChromaKey(self._colour()[:7], d.random(), d.random()), FrameFunction(d.choice(list(FUNCTIONS)), self._curve(0.0, 1.0)),
        ))  # fmt: skip

    def _made(self, *, text: bool) -> Made:
        d = self.dice
        box = (d.uniform(-0.5, 1.5), d.uniform(-0.5, 1.5), d.uniform(0.01, 2), d.uniform(0.01, 2))
        if text or self._often(0.3):
            style = TextStyle(size=d.choice((0.001, 0.06, 0.3, 2.0)), weight=d.choice((1, 400, 1000)),
                italic=self._often(0.3), colour=self._colour(), align=d.choice(("left", "center", "right")),
                leading=d.choice((0.1, 1.15)), tracking=d.choice((0.0, -1.0, 2.0)), outline=d.choice((0.0, 0.1, 1.0)),
                shadow=d.choice((0.0, 0.2, 2.0)), background=d.choice(("", self._colour())),
                padding=d.choice((0.0, 5.0)))  # fmt: skip
            words = d.choice(("", " ", "Later\nthat day", "W" * 60, "العربية 漢字 ñ", "a\tb\u0000\u200b", "\n\n\n"))
            return Text(words, style, box, d.choice(("top", "middle", "bottom")))
        if self._often(0.5):
            return Shape(d.choice(("rectangle", "ellipse")), box, d.choice(("", self._colour())),
                d.choice(("", self._colour())), d.choice((0.0, 0.02, 1.0)), d.choice((0.0, 0.05, 1.0)))  # fmt: skip
        return Solid(self._colour())

    def _speed(self, frames: int) -> Speed:
        d = self.dice
        if self._often(0.3):
            ends = (
                Key(0, 0.0),
                Key(max(frames // 2, 1), d.uniform(0, frames), "bezier"),
                Key(frames + 5, d.uniform(0, frames)),
            )
            return Speed(ramp=Curve(ends), keep_pitch=self._often(0.5))
        factor = d.choice((2, Fraction(1, 2), Fraction(3, 7), -1, 0, Fraction(1001, 1000), Fraction(-5, 2), 1))
        return Speed(Fraction(factor), keep_pitch=self._often(0.5))

    def _window(self) -> Window:
        d = self.dice
        return Window(d.random(), d.random(), d.choice((0.001, 0.3, 0.8, 1.0)))

    def _curve(self, low: float, high: float) -> Animated:
        d = self.dice
        if self._often(0.7):
            return d.choice((low, high, (low + high) / 2))
        frames = sorted(d.sample(range(-5, 70), d.randint(1, 4)))
        return Curve(tuple(Key(at, d.uniform(low, high), d.choice(("linear", "hold", "bezier"))) for at in frames))

    def _colour(self) -> str:
        return self.dice.choice(("#000000", "#ffffff", "#c02020", "#20c02080", "#0000ff00"))
