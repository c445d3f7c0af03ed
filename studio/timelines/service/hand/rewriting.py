"""A sentence of a cut said otherwise: asked for, voiced by the voice that said it, and laid into the cut as one act."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.editing import Edit, batch, to_json
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.media.views import StoredFile
from studio.providers.port import Speech, VoiceProvider
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.labels import LONGEST as LONGEST_LABEL
from studio.timelines.models import TakeRow
from studio.timelines.service.hand.acting import Acting
from studio.timelines.service.hand.spoken import words_in
from studio.timelines.spoken.sentences import (
    Heard,
    Take,
    bare,
    checked_words,
    said_anew,
    same_still,
    sentence_at,
    sentences_of,
)
from studio.timelines.views import TakeBrief, TimelineEdit

KIND = "take"
_WEIGHT = 0.3  # CPU seconds
_SHOWN = 40


def rewrite_sentence(uow: UnitOfWork, actor: Actor, timeline_id: str, clip: str, start: int, text: str) -> RunView:
    """Ask for the sentence of a clip whose words begin at a frame to be said otherwise, by the same voice.

    A run does it: it voices the words and lays them into the cut as it is by then. A second wish for the same is the same run.

    Raises:
        Conflict: there is no such sentence any more (code "cut_changed"), its track is locked, or it is not cut by hand.
        Invalid: there are no words in it, too many, or the same as are said now.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, timeline_id, trial=True)
    old = sentence_at(_sentences(act), clip, start)
    track = next(track for track in act.timeline.tracks if any(each.id == clip for each in track.clips))
    if track.locked:
        raise Conflict(f"The track {track.name} is locked. Unlock it to change what is on it.", code="locked")
    config = {
        "timeline_id": timeline_id,
        "clip": clip,
        "at": old.at,
        "speaker": old.speaker,
        "was": old.text,
        "text": checked_words(text, old.text),
        "manner": _manner(act, clip),
    }
    if live := runs.find_live(uow, act.row.project_id, KIND, config):
        return live
    return runs.submit_run(uow, actor, act.row.project_id, KIND, config, weight=_WEIGHT)


def take_brief(
    uow: UnitOfWork, actor: Actor, project_id: str, config: Mapping[str, Any], provider: VoiceProvider
) -> TakeBrief:
    """What a worker needs to voice a sentence anew; who speaks it is cast now if nobody was yet. Raises: NotFound, Forbidden."""
    voices = scripts.cast_voices(uow, actor, project_id, provider)
    voice = voices.get(config["speaker"]) or provider.cast(
        "NARRATOR", feminine=None, age="adult", taken=frozenset(each.id for each in voices.values())
    )
    return TakeBrief(config["text"], config["manner"], voice)


def lay_take(
    uow: UnitOfWork, actor: Actor, config: Mapping[str, Any], speech: Speech, wav: StoredFile
) -> TimelineEdit | None:
    """Put the new recording of a sentence into the cut as it is now: one act of who asked. None where it lies there already.

    Raises:
        Conflict: somebody has changed the sentence meanwhile (code "cut_changed"), or locked its track.
        NotFound, Forbidden: the cut is gone, or the actor may not change the project.
    """
    act = Acting(uow, actor, config["timeline_id"])
    sentences = _sentences(act)
    old = same_still(sentences, config["clip"], config["was"])
    if old is None:
        if same_still(sentences, config["clip"], config["text"]):
            return None
        raise Conflict(
            "This sentence was changed in the cut meanwhile. Look at it, then say it anew.", code="cut_changed"
        )
    media.add_media(uow, actor, act.row.project_id, wav)
    _keep_old(act, _media_of(act.timeline, old.clip))
    _keep(act, config, speech, wav.sha256)
    known = {**act.available(), wav.sha256: int(speech.seconds * act.timeline.rate.fps) + 1}
    take = Take(wav.sha256, config["text"], speech.seconds, speech.sentences)
    edits = said_anew(act.timeline, old, take, known)
    after = batch(act.timeline, edits, known).timeline
    label = f"say “{_short(config['text'])}”"[:LONGEST_LABEL]
    return act.keep(after, kind="edit", label=label, edit=to_json(Edit("batch", {"edits": edits})))


def _sentences(act: Acting) -> tuple[Heard, ...]:
    return sentences_of(words_in(act.uow, act.actor, act.row.project_id, act.timeline), act.timeline)


def _manner(act: Acting, clip_id: str) -> str:
    """How the recording that is heard now was to be said."""
    media_of = _media_of(act.timeline, clip_id)
    takes = repository.takes_of(act.uow, act.row.project_id, [media_of])
    if takes:
        return takes[0].manner
    voiced = storyboards.list_voiced(act.uow, act.actor, act.row.project_id, [media_of])
    return voiced[media_of].how[0] if media_of in voiced else ""


def _media_of(timeline: Timeline, clip_id: str) -> str:
    return next(clip.media for track in timeline.tracks for clip in track.clips if clip.id == clip_id)


def _keep(act: Acting, config: Mapping[str, Any], speech: Speech, sha256: str) -> None:
    """Remember what is said in the recording; the same words said instead of the same are kept once."""
    project_id = act.row.project_id
    known = repository.takes_of(act.uow, project_id, [sha256])
    if any(bare(take.was) == bare(config["was"]) for take in known):
        return
    row = TakeRow(
        project_id=project_id,
        sha256=sha256,
        speaker=config["speaker"],
        text=config["text"],
        was=config["was"],
        manner=config["manner"],
        seconds=speech.seconds,
        sentences=[[s.start, s.end, s.begin_s, s.end_s] for s in speech.sentences],
        provider=speech.provider,
        completeness=speech.completeness,
        by_id=act.actor.user_id,
    )
    act.uow.session.add(row)
    act.uow.session.flush()


def _keep_old(act: Acting, sha256: str) -> None:
    """Remember what is said in the recording of a line, too: an undo brings it back, though its board may have another by then."""
    project_id = act.row.project_id
    line = storyboards.list_voiced(act.uow, act.actor, project_id, [sha256]).get(sha256)
    if line is None or repository.takes_of(act.uow, project_id, [sha256]):
        return
    manner, provider, completeness = line.how
    text = " ".join(each.text for each in line.sentences)
    ends = list(accumulate(len(each.text) + 1 for each in line.sentences))
    row = TakeRow(
        project_id=project_id,
        sha256=sha256,
        speaker=line.speaker,
        text=text,
        was="",
        manner=manner,
        seconds=max((each.end_s for each in line.sentences), default=0.0),
        sentences=[
            [end - 1 - len(each.text), end - 1, each.begin_s, each.end_s]
            for each, end in zip(line.sentences, ends, strict=True)
        ],
        provider=provider,
        completeness=completeness,
        by_id=act.actor.user_id,
    )
    act.uow.session.add(row)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
