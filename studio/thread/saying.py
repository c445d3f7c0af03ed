"""What a cut says otherwise than its script: told, and taken over into the script when somebody wants it there."""

from __future__ import annotations

from collections.abc import Iterator

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.scripts.views import SceneEdit
from studio.storyboards import service as storyboards
from studio.storyboards.views import LineWords
from studio.thread.rewriting import save_scene
from studio.thread.views import Otherwise
from studio.timelines import service as timelines
from studio.timelines.spoken.sentences import bare, pattern_of
from studio.timelines.views import SaidAnew


def otherwise_in_script(uow: UnitOfWork, actor: Actor, timeline_id: str) -> tuple[Otherwise, ...]:
    """The sentences that were said anew in a cut and that its script has otherwise. Raises: NotFound."""
    return tuple(each for each, _ in _different(uow, actor, timeline_id))


def say_in_script(uow: UnitOfWork, actor: Actor, timeline_id: str, clip: str, start: int) -> SceneEdit:
    """Let the script say what a cut says in a clip from a frame on: an act of the script. Its board follows, and voices the line.

    Raises:
        Conflict: the script says it already, or has changed there so that nobody but a writer can tell (code "not_in_script").
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, timelines.get_card(uow, actor, timeline_id).project_id)
    found = next(
        (each for each in _different(uow, actor, timeline_id) if (each[0].clip, each[0].start) == (clip, start)), None
    )
    if found is None:
        raise Conflict("The script says this already.", code="not_in_script")
    told, line = found
    if not told.was:
        raise Conflict("The script was changed here since. Write the new words there yourself.", code="not_in_script")
    scene = scripts.read_texts(uow, actor, line.script_id, line.scene, 1)[0]
    first, last = (at - scene.start for at in line.span)
    said, count = pattern_of(told.was).subn(lambda _: told.now, scene.text[first:last], 1)
    if not count:
        raise Conflict(
            "These words stand otherwise in the script. Write the new ones there yourself.", code="not_in_script"
        )
    text = scene.text[:first] + said + scene.text[last:]
    edit = save_scene(uow, actor, line.script_id, line.scene_id, text=text, revision=scene.revision, base=scene.text)
    storyboards.request_voices(uow, actor, line.script_id, scenes=(line.scene,))
    return edit


def _different(uow: UnitOfWork, actor: Actor, timeline_id: str) -> Iterator[tuple[Otherwise, LineWords]]:
    said = [each for each in timelines.said_anew_in(uow, actor, timeline_id) if each.line_id]
    if not said:
        return
    project_id = timelines.get_card(uow, actor, timeline_id).project_id
    lines = storyboards.words_of_lines(uow, actor, project_id, [each.line_id for each in said])
    for each in said:
        line = lines.get(each.line_id)
        if line is not None and not _in(each.text, line.text):
            yield Otherwise(each.clip, each.start, line.text, each.text, _replaced(each, line)), line


def _replaced(said: SaidAnew, line: LineWords) -> str:
    """The words of the line that the new ones stand for; "" where it has none of those that were said before."""
    return next((was for was in said.was if _in(was, line.text)), "")


def _in(words: str, text: str) -> bool:
    return f" {bare(words)} " in f" {bare(text)} "
