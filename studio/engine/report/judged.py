"""Turns what was measured of a film into findings, in the light of what was asked for and of what the cut explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from studio.engine.looks.facts import MediaFacts
from studio.engine.presets import Preset
from studio.engine.report import limits
from studio.engine.report.card import Finding, Report, report_of
from studio.engine.report.flashes import flashes_within
from studio.engine.report.heard import SILENCE, Heard
from studio.engine.report.watched import Seen
from studio.engine.report.words import Placed, caption_findings, text_findings
from studio.engine.time import Rate
from studio.engine.timeline import Caption

Stretch = tuple[int, int]
"""From one frame up to another."""

CODECS = {"prores": "ProRes", "h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp9": "VP9"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be; what is None, empty or 0 is not held against it.

    `still` are stretches that stand still by design (a shot of a still without a move), `black` and `silent` those where
    nothing is shown or heard by design.
    """

    rate: Rate | None = None
    frames: int = 0
    size: tuple[int, int] | None = None
    preset: Preset | None = None
    still: tuple[Stretch, ...] = ()
    black: tuple[Stretch, ...] = ()
    silent: tuple[Stretch, ...] = ()
    captions: tuple[Caption, ...] = ()
    texts: tuple[Placed, ...] = ()
    whole: bool = True
    """Whether it is the whole film: a piece of it need not be as loud as the whole."""


def judged(found: MediaFacts, seen: Seen | None, sound: Heard | None, expected: Expected) -> Report:
    """The report card of one file."""
    rate = expected.rate or found.rate or Rate(25)
    findings = [*_form(found, expected, rate)]
    numbers: dict[str, float] = {"seconds": float(found.seconds), "bits a second": float(found.bit_rate)}
    if seen is not None:
        findings += [*_count(found, seen, expected), *_black(seen, expected, rate), *_frozen(seen, expected, rate)]
        findings += [*_flashing(seen, rate), *_likeness(seen)]
        numbers["frames"] = float(seen.frames)
        numbers["sharpness"] = median(seen.sharpness) if seen.sharpness else 0.0
    if sound is not None:
        findings += [*_loudness(sound, expected), *_peaks(sound, expected, rate), *_silent(sound, expected, rate)]
        numbers |= {"LUFS": sound.integrated_lufs, "dBTP": sound.peak_dbtp}
    findings += [*caption_findings(expected.captions, rate), *text_findings(expected.texts)]
    return report_of(findings, numbers)


def _form(found: MediaFacts, expected: Expected, rate: Rate) -> Iterator[Finding]:
    preset, wanted = expected.preset, expected.size
    if wanted and found.video_codec:
        same = (found.width, found.height) == wanted
        told = f"The picture is {found.width} x {found.height}" + ("." if same else f", not {wanted[0]} x {wanted[1]}.")
        yield Finding("size", "ok" if same else "fail", 0, 0, told, float(found.width), float(wanted[0]))
    if preset and preset.makes == "film" and found.video_codec != preset.codec:
        told = (
            f"It is {CODECS.get(found.video_codec, found.video_codec)}, not {CODECS.get(preset.codec, preset.codec)}."
        )
        yield Finding("codec", "fail", 0, 0, told, 0.0, 0.0)
    if (
        expected.rate
        and found.rate
        and found.rate.fps != expected.rate.fps
        and found.frames > 1
        and found.container != "gif"
    ):
        told = f"It plays at {found.rate.said} frames a second, not {rate.said}."
        near = abs(float(found.rate.fps / rate.fps) - 1) < 0.01
        if not (found.webm and near):
            yield Finding("rate", "fail", 0, 0, told, float(found.rate.fps), float(rate.fps))
    yield from _colours(found)
    yield from _ends(found, rate)


def _colours(found: MediaFacts) -> Iterator[Finding]:
    if not found.video_codec or found.video_codec in ("gif", "png", "mjpeg"):
        return
    said = found.colours
    tagged = said.matrix == said.primaries == said.transfer == "bt709"
    told = "Its colours are tagged BT.709." if tagged else "Its colours are not tagged BT.709: players will guess them."
    yield Finding("colours", "ok" if tagged else "warn", 0, 0, told, float(tagged), 1.0)


def _ends(found: MediaFacts, rate: Rate) -> Iterator[Finding]:
    if not (found.video_codec and found.audio_codec):
        return
    apart = float(abs(found.audio_seconds - found.video_seconds))
    most = max(float(rate.seconds(1)), limits.AAC_PACKET / max(found.sample_rate, 1)) + 1e-6
    fine = apart <= most
    told = "Sound and picture end together." if fine else f"Sound and picture end {apart:.2f} s apart."
    end = round(found.video_seconds * rate.fps)
    yield Finding(
        "ends", "ok" if fine else "fail", 0 if fine else max(end - 1, 0), 0 if fine else end, told, apart, most
    )


def _count(found: MediaFacts, seen: Seen, expected: Expected) -> Iterator[Finding]:
    if not expected.frames:
        if seen.frames != found.frames:
            told = f"Only {seen.frames} of {found.frames} frames decode."
            yield Finding("frames", "fail", 0, 0, told, float(seen.frames), float(found.frames))
        return
    exact = seen.frames == expected.frames
    told = f"It has {'exactly ' if exact else ''}{seen.frames} frames{'' if exact else f', not {expected.frames}'}."
    yield Finding("frames", "ok" if exact else "fail", 0, 0, told, float(seen.frames), float(expected.frames))


def _black(seen: Seen, expected: Expected, rate: Rate) -> Iterator[Finding]:
    least = rate.frames(limits.BLACK_S)
    runs = [r for r in _runs([d >= limits.BLACK_SHARE for d in seen.dark]) if r[1] - r[0] >= least]
    wrong = [r for r in runs if not _explained(r, expected.black)]
    for start, end in wrong:
        seconds = float(rate.seconds(end - start))
        told = f"Black for {seconds:.1f} s, where the cut shows a picture." if expected.black or expected.frames else ""
        yield Finding("black", "warn", start, end, told or f"Black for {seconds:.1f} s.", seconds, limits.BLACK_S)
    if not wrong:
        longest = max((b - a for a, b in runs), default=0)
        yield Finding(
            "black", "ok", 0, 0, "No black where a picture should be.", float(rate.seconds(longest)), limits.BLACK_S
        )


def _frozen(seen: Seen, expected: Expected, rate: Rate) -> Iterator[Finding]:
    """Stretches that stand still longer than a shot of the cut explains; black ones are told as black."""
    least = rate.frames(limits.FROZEN_S)
    still = [c < limits.FROZEN_NOISE for c in seen.change]
    runs = [(max(a - 1, 0), b) for a, b in _runs(still) if b - a >= least]
    dark = [d >= limits.BLACK_SHARE for d in seen.dark]
    wrong = [r for r in runs if not _explained(r, (*expected.still, *expected.black)) and not all(dark[r[0] : r[1]])]
    for start, end in wrong:
        seconds = float(rate.seconds(end - start))
        told = f"The picture stands still for {seconds:.1f} s" + (", longer than its shot." if expected.still else ".")
        yield Finding("frozen", "warn", start, end, told, seconds, limits.FROZEN_S)
    if not wrong:
        yield Finding("frozen", "ok", 0, 0, "No picture stands still that should move.", 0.0, limits.FROZEN_S)


def _flashing(seen: Seen, rate: Rate) -> Iterator[Finding]:
    counts = flashes_within(seen.flash, max(1, rate.frames(1)))
    runs = _runs([n > limits.FLASHES for n in counts])
    for start, end in runs:
        most = max(counts[start:end])
        second = max(start - rate.frames(1), 0)
        begin = next(i for i in range(second, end) if seen.flash[i])
        told = f"It flashes {most} times in a second; more than {limits.FLASHES} can harm people with epilepsy."
        yield Finding("flashing", "fail", begin, end, told, float(most), float(limits.FLASHES))
    if not runs:
        most = max(counts, default=0)
        told = f"It never flashes more than {limits.FLASHES} times in a second."
        yield Finding("flashing", "ok", 0, 0, told, float(most), float(limits.FLASHES))


def _likeness(seen: Seen) -> Iterator[Finding]:
    for at, alike in sorted(seen.likeness.items()):
        if alike < limits.SSIM_GOOD:
            level = "warn" if alike >= limits.SSIM_FAIR else "fail"
            told = f"The picture at the cut is not the one of the preview (SSIM {alike:.3f})."
            yield Finding("likeness", level, at, at + 1, told, round(alike, 4), limits.SSIM_GOOD)
    if seen.likeness and min(seen.likeness.values()) >= limits.SSIM_GOOD:
        least = min(seen.likeness.values())
        told = f"{len(seen.likeness)} cuts look as in the preview (SSIM {least:.3f} or more)."
        yield Finding("likeness", "ok", 0, 0, told, round(least, 4), limits.SSIM_GOOD)


def _loudness(sound: Heard, expected: Expected) -> Iterator[Finding]:
    if not expected.preset or not expected.whole or sound.integrated_lufs <= -70.0:
        return
    wanted = expected.preset.target_lufs
    fine = abs(sound.integrated_lufs - wanted) <= limits.LOUDNESS_TOLERANCE_LU
    told = f"Its loudness is {sound.integrated_lufs:.1f} LUFS" + ("." if fine else f"; {wanted:.0f} is wanted.")
    yield Finding("loudness", "ok" if fine else "warn", 0, 0, told, round(sound.integrated_lufs, 2), wanted)


def _peaks(sound: Heard, expected: Expected, rate: Rate) -> Iterator[Finding]:
    ceiling = expected.preset.max_true_peak_db if expected.preset else 0.0
    over = sound.stretches(above=limits.FULL_SCALE)
    for start, end in _near(over, 1.0):
        told = f"The sound clips (true peak {sound.peak_dbtp:+.1f} dBTP)."
        yield Finding("clipping", "fail", *_frames(start, end, rate), told, round(sound.peak_dbtp, 2), 0.0)
    if over:
        return
    fine = sound.peak_dbtp <= ceiling + limits.PEAK_TOLERANCE_DB
    told = f"True peak {sound.peak_dbtp:+.1f} dBTP" + ("." if fine else f", over {ceiling:+.0f}.")
    yield Finding("clipping", "ok" if fine else "warn", 0, 0, told, round(sound.peak_dbtp, 2), ceiling)


def _silent(sound: Heard, expected: Expected, rate: Rate) -> Iterator[Finding]:
    quiet = [_frames(a, b, rate) for a, b in sound.stretches(below=SILENCE) if b - a >= limits.SILENCE_S]
    wrong = [r for r in quiet if not _explained(r, expected.silent, slack=rate.frames(0.5))]
    for start, end in wrong:
        seconds = float(rate.seconds(end - start))
        told = f"Silent for {seconds:.1f} s" + (", where the cut has sound." if expected.frames else ".")
        yield Finding("silence", "warn", start, end, told, seconds, limits.SILENCE_S)
    if not wrong:
        yield Finding("silence", "ok", 0, 0, "No silence where something should be heard.", 0.0, limits.SILENCE_S)


def _runs(inside: Sequence[bool]) -> list[Stretch]:
    """Where the flags stand, from one index up to another."""
    out: list[Stretch] = []
    start = -1
    for i, flag in enumerate((*inside, False)):
        if flag and start < 0:
            start = i
        elif not flag and start >= 0:
            out.append((start, i))
            start = -1
    return out


def _explained(run: Stretch, stretches: Sequence[Stretch], slack: int = 1) -> bool:
    """Whether one of the stretches holds the whole run, give or take a frame."""
    return any(a - slack <= run[0] and run[1] <= b + slack for a, b in stretches)


def _near(stretches: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Stretches with those joined that lie less than `gap` seconds apart."""
    out: list[tuple[float, float]] = []
    for start, end in stretches:
        if out and start - out[-1][1] < gap:
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out


def _frames(start: float, end: float, rate: Rate) -> Stretch:
    return rate.frames(start), rate.frames(end)
