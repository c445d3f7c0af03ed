"""What a page sends made into changes of the script: a scene kept, a first page begun, words replaced everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from state.script.printed import plain
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.scripts.elements import Kind, Side
from studio.scripts.views import SceneEdit
from studio.scripts.writing.lines import WRITTEN, EditorLine, composed, lines_in
from studio.storyboards import service as storyboards
from studio.thread import rewriting

NEW_HEADING = "INT. NEW PLACE - DAY"
_MOST_LINES = 5000
_OLD_PAGE = "This page is older than the studio. Load it again; what you wrote is still in it."


@dataclass(frozen=True, slots=True)
class Kept:
    """A scene as it was kept, and the text and lines that were sent."""

    edit: SceneEdit
    sent: str
    lines: list[dict[str, str]]


def saved(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    scene_id: str,
    revision: int,
    base: str,
    lines: list[dict[str, str]],
) -> Kept:
    """Keep the lines of a scene whose text was `base` at `revision`. Raises: as `rewriting.save_scene`."""
    wanted = lines_sent(lines)
    text = composed(wanted, lines_in(base), base)
    edit = rewriting.save_scene(uow, actor, script_id, scene_id, text=text, revision=revision, base=base)
    return Kept(edit, text, plain(wanted))


def begun(uow: UnitOfWork, actor: Actor, project_id: str) -> None:
    """Give a project without a script a first page to write on.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
        Conflict: it has a script.
    """
    name = projects.get_project(uow, actor, project_id).name
    if scripts.latest_script(uow, actor, project_id) is not None:
        raise Conflict("This project has a script already. Load the page again.", code="has_script")
    text = f"Title: {name}\n\n{NEW_HEADING}\n\n"
    script = scripts.import_script(uow, actor, project_id, data=text.encode(), name=f"{name[:190]}.fountain")
    storyboards.break_down(uow, actor, script.id)


def replaced(uow: UnitOfWork, actor: Actor, script_id: str, words: str, by: str) -> tuple[int, str]:
    """Replace words in a whole script; how often, and the version that has it as it was. Raises: as `apply_merge`."""
    source, revision, count = scripts.replaced_source(uow, actor, script_id, words, by)
    if not count:
        return 0, ""
    change = rewriting.apply_merge(uow, actor, script_id, source, {}, expected_revision=revision)
    return count, (change.version_id or "") if change else ""


def lines_sent(lines: list[dict[str, str]]) -> list[EditorLine]:
    """The lines of a scene as a page holds them. Raises: Invalid, LimitReached."""
    if len(lines) > _MOST_LINES:
        raise LimitReached(
            f"A scene has at most {_MOST_LINES:,} paragraphs. Give it headings, so that it becomes several."
        )
    try:
        found = [EditorLine(Kind(x["k"]), x["t"], x.get("n", ""), Side(x.get("s", ""))) for x in lines]
    except (KeyError, ValueError) as e:
        raise Invalid(_OLD_PAGE) from e
    if any(line.kind not in WRITTEN for line in found):
        raise Invalid(_OLD_PAGE)
    return found
