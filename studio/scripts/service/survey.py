"""A script looked over without reading it as a screenplay: its words counted, its notes listed, words found and replaced."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.scripts import repository
from studio.scripts.elements import Kind
from studio.scripts.inline import Deadline, hidden_parts
from studio.scripts.models import Scene
from studio.scripts.service.reading import project_of
from studio.scripts.views import ScriptNote, ScriptSurvey, WordsFound
from studio.scripts.writing.lines import EditorLine, composed, lines_in

_MOST_NOTES = 200
_LONGEST_WORDS = 200
_LIMIT_S = 5.0
_CAPITALS = (Kind.SCENE_HEADING, Kind.CHARACTER, Kind.TRANSITION)


def survey_script(uow: UnitOfWork, actor: Actor, script_id: str) -> ScriptSurvey:
    """The words and notes of a script. Raises: NotFound."""
    project_of(uow, actor, script_id)
    source = repository.get_script(uow, script_id).source
    scenes = repository.list_scenes(uow, script_id)
    hidden = [part for part in hidden_parts(source, Deadline(_LIMIT_S)) if scenes and part.start >= scenes[0].start_at]
    words, at = 0, scenes[0].start_at if scenes else len(source)
    for part in hidden:
        words += len(source[at : part.start].split())
        at = part.end
    words += len(source[at:].split())
    found = [part for part in hidden if part.note]
    notes = tuple(_note(scenes, source[p.start + 2 : p.end - 2], p.start) for p in found[:_MOST_NOTES])
    return ScriptSurvey(words, notes, len(found))


def find_words(uow: UnitOfWork, actor: Actor, script_id: str, words: str) -> WordsFound:
    """Where words stand in a script, in any case of letters.

    Raises:
        NotFound: there is no such script.
        Invalid: more than 200 characters.
    """
    project_of(uow, actor, script_id)
    if len(words) > _LONGEST_WORDS:
        raise Invalid(f"Look for at most {_LONGEST_WORDS} characters.", field="words")
    if not words.strip():
        return WordsFound(0, ())
    source = repository.get_script(uow, script_id).source
    wanted = words.casefold()
    counted = [
        (scene.id, scene.number, scene.position, source[scene.start_at : scene.end_at].casefold().count(wanted))
        for scene in repository.list_scenes(uow, script_id)
    ]
    scenes = tuple(each for each in counted if each[3])
    return WordsFound(sum(each[3] for each in scenes), scenes)


def _note(scenes: Sequence[Scene], text: str, at: int) -> ScriptNote:
    scene = scenes[max(0, bisect_right(scenes, at, key=lambda s: s.start_at) - 1)]
    return ScriptNote(scene.id, scene.number, " ".join(text.split()))


def replaced_source(uow: UnitOfWork, actor: Actor, script_id: str, words: str, by: str) -> tuple[str, int, int]:
    """The text a script would have with some words replaced by others everywhere, its revision, and how often.

    Words are found in any case of letters; where capitals belong, the new ones are written in capitals.

    Raises:
        NotFound: there is no such script.
        Invalid: nothing to look for, or more than 200 characters.
    """
    project_of(uow, actor, script_id)
    if not words.strip() or max(len(words), len(by)) > _LONGEST_WORDS or "\n" in by:
        raise Invalid(f"Replace 1 to {_LONGEST_WORDS} characters in a line by others.", field="words")
    script = repository.get_script(uow, script_id)
    wanted = re.compile(re.escape(words), re.IGNORECASE)
    parts: list[str] = []
    count = at = 0
    for scene in repository.list_scenes(uow, script_id):
        raw = script.source[scene.start_at : scene.end_at]
        if wanted.search(raw):
            before = lines_in(raw)
            after = [_with(line, wanted, by) for line in before]
            count += sum(len(wanted.findall(line.text)) for line in before)
            raw = composed(after, before, raw)
        parts += [script.source[at : scene.start_at], raw]
        at = scene.end_at
    return "".join([*parts, script.source[at:]]), script.revision, count


def _with(line: EditorLine, wanted: re.Pattern[str], by: str) -> EditorLine:
    words = by.upper() if line.kind in _CAPITALS and line.text == line.text.upper() else by
    return replace(line, text=wanted.sub(lambda _: words, line.text))
