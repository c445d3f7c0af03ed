"""What is spoken in a cut: its words with their frames, from recordings of lines and of what was said anew, and its captions."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.timeline import Timeline
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.service.reading import get_card, get_timeline
from studio.timelines.spoken.sentences import Heard, line_of, sentences_of
from studio.timelines.transcript import Spoken, Word, transcript
from studio.timelines.views import SaidAnew


def words_of(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[Word, ...]:
    """Every word spoken in a cut the actor may see, in order of time. Raises: NotFound."""
    found = get_timeline(uow, actor, timeline_id)
    return words_in(uow, actor, found.project_id, found.timeline)


def list_sentences(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[Heard, ...]:
    """The sentences voices say in a cut the actor may see, in order of time. Raises: NotFound."""
    found = get_timeline(uow, actor, timeline_id)
    return sentences_of(words_in(uow, actor, found.project_id, found.timeline), found.timeline)


def said_anew_in(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[SaidAnew, ...]:
    """The sentences of a cut that were said anew, and which line of the board each was. Raises: NotFound."""
    if not repository.has_takes(uow, get_card(uow, actor, timeline_id).project_id):
        return ()
    found = get_timeline(uow, actor, timeline_id)
    media = {clip.id: clip.media for track in found.timeline.tracks if track.kind == "audio" for clip in track.clips}
    takes = repository.takes_of(uow, found.project_id, sorted(set(media.values()) - {""}))
    was: dict[str, list[str]] = {}
    for take in takes:
        if take.was:
            was.setdefault(take.sha256, []).append(take.was)
    sentences = sentences_of(words_in(uow, actor, found.project_id, found.timeline), found.timeline)
    return tuple(
        SaidAnew(each.clip, each.start, tuple(was[media[each.clip]]), each.text, line_of(each.clip))
        for each in sentences
        if media[each.clip] in was
    )


def words_in(uow: UnitOfWork, actor: Actor, project_id: str, timeline: Timeline) -> tuple[Word, ...]:
    """Every word spoken in a document, from the recordings of a project. Raises: NotFound."""
    audio = (track for track in timeline.tracks if track.kind == "audio")
    hashes = sorted({clip.media for track in audio for clip in track.clips if clip.media})
    voiced = storyboards.list_voiced(uow, actor, project_id, hashes) if hashes else {}
    voices = {
        sha256: [Spoken(line.speaker, each.text, each.begin_s, each.end_s) for each in line.sentences]
        for sha256, line in voiced.items()
    }
    for take in repository.takes_of(uow, project_id, hashes) if hashes else ():
        told = [Spoken(take.speaker, take.text[int(a) : int(b)], begin, end) for a, b, begin, end in take.sentences]
        voices[take.sha256] = told
    return transcript(timeline, voices)
