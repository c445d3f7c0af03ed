"""What is spoken in a cut: its words with their frames, from the recordings of the board's lines and its captions."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.storyboards import service as storyboards
from studio.timelines.service.reading import get_timeline
from studio.timelines.transcript import Spoken, Word, transcript


def words_of(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[Word, ...]:
    """Every word spoken in a cut the actor may see, in order of time. Raises: NotFound."""
    found = get_timeline(uow, actor, timeline_id)
    audio = (track for track in found.timeline.tracks if track.kind == "audio")
    hashes = sorted({clip.media for track in audio for clip in track.clips if clip.media})
    voiced = storyboards.list_voiced(uow, actor, found.project_id, hashes) if hashes else {}
    voices = {
        sha256: [Spoken(line.speaker, each.text, each.begin_s, each.end_s) for each in line.sentences]
        for sha256, line in voiced.items()
    }
    return transcript(found.timeline, voices)
