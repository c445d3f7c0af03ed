"""Caption files (SubRip, WebVTT, SubStation Alpha) in and out; engine/captions.py writes SubRip and WebVTT, to the frame."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from typing import Literal

from studio.core.errors import Invalid, LimitReached
from studio.engine.captions import srt, vtt
from studio.engine.interchange.formats import Loss, Read, Written
from studio.engine.interchange.screening import text_of
from studio.engine.time import Rate
from studio.engine.timeline import PICTURE, Caption, Timeline, Track

Form = Literal["srt", "vtt", "ass"]
_MOST = 20_000
_TAG = re.compile(r"</?(?:[ibuscv]|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
_SPEAKER = re.compile(r"<v(?:\.[^ <>]*)?\s+([^<>]{1,80})>")
_OVERRIDE = re.compile(r"\{[^{}]*\}")


def written(timeline: Timeline, form: Form) -> Written:
    """The captions of a timeline as a file. Raises: Invalid when it has none."""
    captions = timeline.captions()
    if not captions:
        raise Invalid("This timeline has no captions to write.")
    losses = [
        Loss(f"Track '{track.name}'", "only captions are in a caption file")
        for track in timeline.tracks
        if track.clips and track.kind in (*PICTURE, "audio")
    ]
    if form == "ass":
        return Written(_substation(timeline).encode(), tuple(losses))
    if any(caption.speaker for caption in captions):
        losses.append(Loss("Captions", f"who speaks is not in {'SubRip' if form == 'srt' else 'our WebVTT'}"))
    text = srt(captions, timeline.rate) if form == "srt" else vtt(captions, timeline.rate)
    return Written(text.encode(), tuple(losses))


def read(data: bytes, name: str, form: Form, *, rate: Rate | None = None) -> Read:
    """A caption file as a timeline with one track of captions, at 24 frames a second unless told.

    Raises: Invalid, LimitReached.
    """
    import pysubs2
    import pysubs2.exceptions

    text = text_of(data)
    try:
        found = pysubs2.SSAFile.from_string(text, format_=form, **({"keep_html_tags": True} if form != "ass" else {}))
    except (pysubs2.exceptions.Pysubs2Error, ValueError, IndexError, KeyError, OverflowError) as e:
        raise Invalid("This caption file is damaged. Export it again as SRT, VTT or ASS.") from e
    if len(found) > _MOST:
        raise LimitReached(f"This file has more than {_MOST} captions. Bring it in in parts.")
    at = rate or Rate(24)
    losses: list[Loss] = []
    captions: list[Caption] = []
    for event in sorted((e for e in found if not e.is_comment), key=lambda e: (e.start, e.end)):
        spoken = _SPEAKER.search(event.text)
        plain = _OVERRIDE.sub("", event.text).replace(r"\h", " ").replace(r"\n", "\n").replace(r"\N", "\n")
        words = plain if form == "ass" else unescape(_TAG.sub("", plain))
        words = "\n".join(line.strip() for line in words.strip().splitlines() if line.strip())
        start, end = (_frame(ms, at) for ms in (event.start, event.end))
        if not words or end < start or end > 100_000_000:
            losses.append(Loss(f"Caption at {event.start / 1000:g} s", "it has no words or no length"))
            continue
        captions.append(Caption(start, max(1, end - start), words, event.name or (spoken[1].strip() if spoken else "")))
    if not captions:
        raise Invalid("There are no captions in this file. Export it again as SRT, VTT or ASS.")
    track = Track("c1", "captions", "Captions", "captions", captions=tuple(captions))
    if form == "ass" and len(found.styles) > 1:
        losses.append(Loss("Captions", "their styles were not brought in"))
    return Read(form, Timeline(PurePosixPath(name).stem, at, 1920, 1080, (track,)), (), tuple(losses))


def _substation(timeline: Timeline) -> str:
    """SubStation Alpha, whose times are hundredths: each to the nearest, which is within its frame at 60 a second and less."""
    import pysubs2

    made = pysubs2.SSAFile()
    made.info["Title"] = " ".join(timeline.name.split())
    made.info["PlayResX"], made.info["PlayResY"] = str(timeline.width), str(timeline.height)
    made.styles["Default"] = pysubs2.SSAStyle(
        fontsize=timeline.height // 18, marginv=timeline.height // 18, outline=2.0, shadow=0.0
    )
    for caption in timeline.captions():
        words = caption.text.replace("\\", "⧵").replace("{", "(").replace("}", ")").replace("\n", "\\N")
        start, end = (10 * round(timeline.rate.seconds(f) * 100) for f in (caption.start, caption.end))
        name = " ".join(caption.speaker.replace(",", " ").split())
        made.append(pysubs2.SSAEvent(start=start, end=end, text=words, name=name))
    return made.to_string("ass")


def _frame(ms: int, rate: Rate) -> int:
    """The frame that begins nearest to a time."""
    return max(0, (ms * rate.num * 2 + 1000 * rate.den) // (2000 * rate.den))
