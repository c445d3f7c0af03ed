"""Voicing lines: ask for it scene by scene, brief the worker, keep what it recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.providers.port import Speech, VoiceProvider
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.service.plan import LINE_WEIGHT, retime_shot
from studio.storyboards.views import LineBrief, LineWords, SentenceView, VoicedLine

_MOST_ASKED = 5_000


def request_voices(
    uow: UnitOfWork, actor: Actor, script_id: str, *, parent_id: str | None = None, scenes: Sequence[int] = ()
) -> int:
    """Ask for the voices of every scene with unvoiced lines, or of those of these positions, one run a scene; how many.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    shots = repository.list_shots(uow, script_id)
    lines = repository.lines_by_shot(uow, script_id)
    waiting: Counter[int] = Counter()
    for shot in shots:
        waiting[shot.scene_position] += sum(line.voice_sha256 is None for line in lines.get(shot.id, []))
    asked = [(scene, count) for scene, count in sorted(waiting.items()) if count and (not scenes or scene in scenes)]
    for scene, count in asked:
        key = f"{parent_id}:voice:{scene}" if parent_id else None
        config = {"script_id": script_id, "scene": scene}
        weight = count * LINE_WEIGHT
        runs.submit_run(
            uow, actor, script.project_id, "voice", config, parent_id=parent_id, idem_key=key, weight=weight
        )
    return len(asked)


def voice_briefs(
    uow: UnitOfWork, actor: Actor, script_id: str, scene: int, provider: VoiceProvider
) -> tuple[LineBrief, ...]:
    """The unvoiced lines of a scene with each speaker's voice; speakers are cast now if they have none.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    voices = scripts.cast_voices(uow, actor, script.project_id, provider)
    nobody = provider.cast("NARRATOR", feminine=None, age="adult", taken=frozenset(v.id for v in voices.values()))
    return tuple(
        LineBrief(line.id, line.text, line.manner, voices.get(line.speaker, nobody))
        for line in repository.list_scene_lines(uow, script_id, scene)
        if line.voice_sha256 is None
    )


def add_voice(
    uow: UnitOfWork, actor: Actor, project_id: str, brief: LineBrief, speech: Speech, wav: StoredFile
) -> bool:
    """Keep the recording of a line, and let its shot be as long as it takes; False when the script no longer says those words.

    Raises: NotFound, Forbidden.
    """
    project = projects.editable_project(uow, actor, project_id)
    projects.mark_changed(uow, actor, project_id, "voice")
    lines = repository.list_lines(uow, [brief.line_id])
    if not lines or lines[0].text != brief.text:
        return False
    media.add_media(uow, actor, project_id, wav)
    line = lines[0]
    line.voice_sha256 = wav.sha256
    line.voice_seconds = speech.seconds
    line.sentences = [[s.start, s.end, s.begin_s, s.end_s] for s in speech.sentences]
    line.provider, line.completeness = speech.provider, speech.completeness
    uow.session.add(line)
    uow.session.flush()
    shot = repository.list_shots_by_id(uow, [line.shot_id])[0]
    retime_shot(uow, shot, repository.lines_of_shots(uow, [shot.id])[shot.id], project.rate)
    return True


def list_voiced(uow: UnitOfWork, actor: Actor, project_id: str, hashes: Sequence[str]) -> dict[str, VoicedLine]:
    """What is said in recordings of a project, by their hashes; those of no line of its boards are left out. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    found: dict[str, VoicedLine] = {}
    lines = reading.voiced_lines(uow, project_id, sorted(set(hashes))[:_MOST_ASKED])
    for sha256, speaker, text, sentences, manner, provider, completeness in lines:
        told = tuple(SentenceView(text[int(a) : int(b)], begin, end) for a, b, begin, end in sentences)
        found[sha256] = VoicedLine(speaker, told, (manner, provider or "", completeness or ""))
    return found


def words_of_lines(uow: UnitOfWork, actor: Actor, project_id: str, line_ids: Sequence[str]) -> dict[str, LineWords]:
    """What the boards of a project have of these lines now, by their ids; lines that are gone are left out. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    return reading.words_of_lines(uow, project_id, sorted(set(line_ids))[:_MOST_ASKED])
