"""Hearing a cut: how loud it is as its faders have it, how loud its clips are. In this process, one at a time, stored nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.errors import Conflict, LimitReached, NotFound
from studio.engine.timeline import Clip, Timeline
from studio.renders.service.shelf import media_file
from studio.timelines import service as timelines
from studio.timelines.views import Voiced

if TYPE_CHECKING:
    from studio.engine.sound.hearing import Loudness
    from studio.engine.sound.source import Sound

T = TypeVar("T")

LONGEST_MIN = 30
"""Minutes of sound that are listened to while somebody waits."""

_SILENCE_LUFS = -70.0
_turn = threading.Lock()


def hear_cut(actor: Actor, timeline_id: str) -> Loudness:
    """How loud a cut is before a film is made of it, which brings it to the loudness of its preset.

    Raises:
        Conflict: nothing is heard in it. LimitReached: it is longer than half an hour.
        NotFound: there is no such timeline for this actor. UnsupportedMedia: a file cannot be heard.
    """
    from studio.engine.sound.hearing import mix_loudness

    cut = _cut(actor, timeline_id)
    timeline = cut.timeline
    _short(timeline, timeline.frames)
    found = _heard(cut, lambda media, folder: mix_loudness(timeline, media, folder))
    if found.lufs <= _SILENCE_LUFS:
        raise Conflict("Nothing is heard in this cut yet.")
    return found


def hear_clips(actor: Actor, timeline_id: str, clips: Sequence[str]) -> tuple[tuple[Clip, float], ...]:
    """How loud clips of a cut are (LUFS), each with its gain, fades and speed alone.

    Raises:
        Conflict: nothing is heard in one of them. LimitReached, NotFound, UnsupportedMedia: as `hear_cut`.
    """
    from studio.engine.sound.hearing import clip_loudness

    cut = _cut(actor, timeline_id)
    timeline = cut.timeline
    found = [
        clip for t in timeline.tracks if t.kind == "audio" for clip in t.clips if clip.id in set(clips) and not t.locked
    ]
    if not found:
        raise NotFound("There is no such clip with sound in this cut, or its track is locked.")
    _short(timeline, sum(clip.frames for clip in found))
    heard = _heard(cut, lambda media, folder: [clip_loudness(clip, timeline, media, folder) for clip in found])
    for clip, lufs in zip(found, heard, strict=True):
        if lufs <= _SILENCE_LUFS:
            raise Conflict(f"Nothing is heard in {clip.name or 'this clip'}.")
    return tuple(zip(found, heard, strict=True))


def _cut(actor: Actor, timeline_id: str) -> Voiced:
    with reading() as uow:
        return timelines.voiced(uow, actor, timeline_id)


def _short(timeline: Timeline, frames: int) -> None:
    if timeline.rate.seconds(frames) > LONGEST_MIN * 60:
        raise LimitReached(f"At most {LONGEST_MIN} minutes of sound are listened to at once. Choose less of it.")


def _heard(cut: Voiced, listen: Callable[[Callable[[str], Sound], Path], T]) -> T:
    """What listening to the sound of a cut gives, with a folder for what is decoded."""
    from studio.engine.sound.recording import recorded

    with _turn, TemporaryDirectory(prefix="inkreel-hearing-") as name:
        folder = Path(name)

        def sound(sha256: str) -> Sound:
            known = cut.files.get(sha256)
            return recorded(media_file(sha256), sha256, folder, name=known.name if known else "")

        return listen(sound, folder)
