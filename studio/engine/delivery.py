"""Puts what was made of a film together into the file that was asked for, and measures it: the last step of every render."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from studio.engine.captions import srt
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.looks.facts import MediaFacts
from studio.engine.outputs import frames_of, gif_of, numbered, still_of, zipped
from studio.engine.presets import Order, Part
from studio.engine.presets.asked import captions_within, markers_within
from studio.engine.probe import probed
from studio.engine.render.footage import Store
from studio.engine.render.join import checked, joined
from studio.engine.render.layers import Span
from studio.engine.report import Finding, Report, report_of
from studio.engine.report.explained import expected_of
from studio.engine.report.judged import Expected
from studio.engine.report.listened import read_heard
from studio.engine.report.measured import NO_REFERENCES, measured
from studio.engine.report.notes import read_notes, watch_piece
from studio.engine.report.references import MOST, references
from studio.engine.report.watched import References, Watched
from studio.engine.sound.measures import Measures
from studio.engine.timeline import Timeline

Progress = Callable[[str, float], None]

_DRAWN = 0.04
"""Share of a render that drawing its references takes."""


@dataclass(frozen=True, slots=True)
class Reel:
    """A part of a film, ready to be put together: its segments (file, frames) and its sound, as far as it has them.

    `notes` are what was watched of each segment when it was made, `heard` what was heard of its sound; without them the finished
    film is watched and listened to.
    """

    part: Part
    segments: tuple[tuple[Path, int], ...]
    sound: Path | None
    notes: tuple[Path, ...] = ()
    heard: Path | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The file as it is called to others, its card (None for stills), and how many frames are in it."""

    suffix: str
    report: Report | None
    frames: int


def delivered(
    reels: Sequence[Reel],
    timeline: Timeline,
    order: Order,
    out: Path,
    *,
    ffmpeg: Path,
    fonts: Path,
    store: Store | None = None,
    known: Measures | None = None,
    stop: Stop = never,
    on_progress: Progress = lambda stage, share: None,
) -> Delivered:
    """Write `out`: one file, or a ZIP of several, whole or not at all. `timeline` has its burned captions in it.

    With a `store` of its media the card also says how alike the film and the preview are at its cuts; `known` are such numbers
    of films before.

    Raises:
        EncoderFailed: ffmpeg failed, or what came out is not exact.
        UnsupportedMedia: it cannot be read back, or its media cannot.
        Cancelled: `stop()` said so.
        SandboxRefused: when this machine cannot keep media from outside apart.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as name:
        if store is not None:
            store = replace(store, tables=Path(name) / "tables")
        most = max(MOST // max(len(reels), 1), 2)
        known = known or Measures(Path(name))
        desk = _Desk(Path(name), timeline, order, ffmpeg, fonts, stop, on_progress, store, known, most)
        kind, whole = order.kind, Path(name) / "whole"
        if kind.makes == "stills":
            made = desk.stills(reels, whole)
        elif len(reels) == 1:
            report = desk.one(reels[0], whole)
            made = Delivered(kind.container, report, kind.frames_kept(reels[0].part.frames, timeline.rate))
        else:
            made = desk.several(reels, whole)
        whole.replace(out)
        return made


@dataclass(frozen=True, slots=True)
class _Desk:
    folder: Path
    timeline: Timeline
    order: Order
    ffmpeg: Path
    fonts: Path
    stop: Stop
    on_progress: Progress
    store: Store | None
    known: Measures
    references: int

    def stills(self, reels: Sequence[Reel], out: Path) -> Delivered:
        names = numbered([reel.part.name for reel in reels], "jpg")
        files = [(name, self.folder / name) for name in names]
        for i, (reel, (_, path)) in enumerate(zip(reels, files, strict=True)):
            self.on_progress("Writing the stills", i / len(reels))
            still_of(reel.segments[0][0], path, ffmpeg=self.ffmpeg, stop=self.stop)
        zipped(files, out, stop=self.stop)
        return Delivered("zip", None, len(reels))

    def several(self, reels: Sequence[Reel], out: Path) -> Delivered:
        """A ZIP with a file for every part, and its captions beside it where they were asked for."""
        kind, names = self.order.kind, [reel.part.name for reel in reels]
        files: list[tuple[str, Path]] = []
        reports: list[tuple[int, Report]] = []
        for name, words, reel in zip(numbered(names, kind.container), numbered(names, "srt"), reels, strict=True):
            path = self.folder / name
            reports.append((reel.part.start - reels[0].part.start, self.one(reel, path)))
            files.append((name, path))
            captions = captions_within(self.timeline, reel.part)
            if self.order.captions == "file" and captions:
                (self.folder / words).write_text(srt(captions, self.timeline.rate), encoding="utf-8", newline="\n")
                files.append((words, self.folder / words))
        zipped(files, out, stop=self.stop)
        frames = sum(kind.frames_kept(reel.part.frames, self.timeline.rate) for reel in reels)
        return Delivered("zip", _together(reports), frames)

    def one(self, reel: Reel, out: Path) -> Report:
        """The file of one part, proved exact."""
        kind, expected = self.order.kind, expected_of(self.timeline, reel.part, self.order, self.fonts)
        if kind.makes == "sound":
            assert reel.sound is not None
            out.write_bytes(reel.sound.read_bytes())
            return self._measured(out, expected, reel)[0]
        film = out if kind.makes == "film" else self.folder / "fine.mp4"
        self.on_progress("Joining", 0.9)
        joined(
            reel.segments,
            reel.sound,
            captions_within(self.timeline, reel.part)
            if self.order.captions == "track" and kind.makes == "film"
            else (),
            markers_within(self.timeline, reel.part),
            self.timeline.rate,
            film,
            ffmpeg=self.ffmpeg,
            title=reel.part.name,
            container=kind.container if kind.makes == "film" else "mp4",
            stop=self.stop,
        )
        if kind.makes != "film":
            expected = replace(expected, preset=None)
        found, held, pieces = probed(film), self._references(reel), self._watched(reel)
        report, good = self._measured(film, expected, reel, found, held, pieces)
        checked(film, reel.part.frames, self.timeline.rate, found=found, decoded=good, stop=self.stop)
        if kind.makes == "gif":
            self.on_progress("Making the GIF", 0.95)
            gif_of(film, out, kind, self.timeline.rate, reel.part.frames, ffmpeg=self.ffmpeg, stop=self.stop)
        elif kind.makes == "png":
            self.on_progress("Writing the frames", 0.95)
            frames_of(film, out, reel.part.frames, ffmpeg=self.ffmpeg, stop=self.stop)
        return report

    def _references(self, reel: Reel) -> References:
        """The film's frames at its cuts and where its segments begin, if there is a store to draw them from."""
        if self.store is None:
            return NO_REFERENCES
        return references(
            self.timeline,
            reel.part,
            self.order.kind,
            self.store,
            self.known,
            also=accumulate((frames for _, frames in reel.segments), initial=reel.part.start),
            most=self.references,
            stop=self.stop,
            on_share=lambda share: self.on_progress("Checking", 0.9 + _DRAWN * share),
        )

    def _watched(self, reel: Reel) -> list[Watched] | None:
        """What was watched of its segments; a segment whose notes are not to be had is watched now."""
        if not reel.notes:
            return None
        out: list[Watched] = []
        start = reel.part.start
        for (piece, frames), notes in zip(reel.segments, reel.notes, strict=True):
            span = Span(start, frames)
            out.append(read_notes(notes, piece) or watch_piece(piece, self.timeline, span, stop=self.stop))
            start = span.end
        return out

    def _measured(
        self,
        path: Path,
        expected: Expected,
        reel: Reel,
        found: MediaFacts | None = None,
        held: References = NO_REFERENCES,
        pieces: Sequence[Watched] | None = None,
    ) -> tuple[Report, int]:
        begun = 0.9 + (_DRAWN if held.frames else 0)
        heard = read_heard(reel.heard, reel.sound) if reel.heard and reel.sound else None
        return measured(
            path,
            expected,
            found=found,
            pieces=pieces,
            sound=heard,
            references=held,
            stop=self.stop,
            on_frame=lambda at: self.on_progress("Checking", begun + (1 - begun) * at / max(expected.frames, 1)),
        )


def _together(reports: Sequence[tuple[int, Report]]) -> Report:
    """One card of several files, its places counted over all of them; of what is well each kind is told once."""
    findings: dict[tuple[str, int, int, str], Finding] = {}
    for offset, report in reports:
        for finding in report.findings:
            placed = finding
            if finding.end:
                placed = replace(finding, start=finding.start + offset, end=finding.end + offset)
            key = (placed.kind, placed.start, placed.end, "" if placed.level == "ok" else placed.sentence)
            findings.setdefault(key, placed)
    faulty = {f.kind for f in findings.values() if f.level != "ok"}
    kept = [f for f in findings.values() if f.level != "ok" or f.kind not in faulty]
    return report_of(kept, reports[0][1].numbers if len(reports) == 1 else {})
