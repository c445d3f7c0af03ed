"""Reading scripts: whole, at a glance, scene by scene as printed, their people and places. Each source is parsed once a process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.scripts import fountain, repository
from studio.scripts.elements import Kind, source_offset
from studio.scripts.formats.writing import ExportFormat, exported
from studio.scripts.models import Scene, Script
from studio.scripts.outline import Outline, SceneOutline, outlined
from studio.scripts.source import SourceText
from studio.scripts.views import (
    ElementView,
    PersonHit,
    PersonView,
    PlaceView,
    PrintedKind,
    SceneHit,
    ScenePage,
    SceneView,
    ScriptCard,
    ScriptDetail,
    ScriptExport,
)

Paper = Literal["letter", "a4"]
MOST_SCENES = 20
"""Scenes read at once."""
_MOST_NAMES = 200
_NO_SCRIPT = "There is no such script."

_PRINTED: dict[Kind, PrintedKind] = {
    Kind.SCENE_HEADING: "heading",
    Kind.ACTION: "action",
    Kind.CHARACTER: "character",
    Kind.PARENTHETICAL: "parenthetical",
    Kind.DIALOGUE: "dialogue",
    Kind.LYRICS: "lyric",
    Kind.TRANSITION: "transition",
    Kind.CENTERED: "centered",
}


def get_script(uow: UnitOfWork, actor: Actor, script_id: str) -> ScriptDetail:
    """A script the actor may see. Raises: NotFound."""
    return detail(uow, _visible(uow, actor, script_id))


def latest_script(uow: UnitOfWork, actor: Actor, project_id: str) -> ScriptDetail | None:
    """The newest script of a project; None before the first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    card = latest_by_project(uow, [project_id]).get(project_id)
    return detail(uow, repository.get_script(uow, card.id)) if card else None


def get_card(uow: UnitOfWork, actor: Actor, script_id: str) -> ScriptCard:
    """A script at a glance, without reading its source. Raises: NotFound."""
    card = repository.find_card(uow, script_id)
    if card is None:
        raise NotFound(_NO_SCRIPT)
    projects.get_project(uow, actor, card.project_id)
    return card


def project_of(uow: UnitOfWork, actor: Actor, script_id: str) -> ProjectView:
    """The project of a script the actor may see. Raises: NotFound."""
    project_id = uow.once(("script", script_id), lambda: repository.find_project_id(uow, script_id))
    if project_id is None:
        raise NotFound(_NO_SCRIPT)
    return projects.get_project(uow, actor, project_id)


def latest_by_project(uow: UnitOfWork, project_ids: Sequence[str]) -> dict[str, ScriptCard]:
    """The newest script of each project that has one. The caller has checked that the projects may be seen."""
    return {card.project_id: card for card in repository.latest_cards(uow, project_ids)} if project_ids else {}


def list_scenes(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[SceneView, ...]:
    """The scenes of a script in order. Raises: NotFound."""
    project_of(uow, actor, script_id)
    return tuple(scene_view(s) for s in repository.list_scenes(uow, script_id))


def headings_of(uow: UnitOfWork, script_id: str) -> tuple[str, ...]:
    """The headings of a script's scenes in order. The caller has checked who asks."""
    return repository.list_headings(uow, script_id)


def get_scene(uow: UnitOfWork, actor: Actor, scene_id: str) -> SceneView:
    """One scene. Raises: NotFound."""
    scene = repository.get_scene(uow, scene_id)
    project_of(uow, actor, scene.script_id)
    return scene_view(scene)


def get_outline(uow: UnitOfWork, actor: Actor, script_id: str) -> Outline:
    """The outline of a stored script. Raises: NotFound."""
    return outline_of(_visible(uow, actor, script_id).source)


def read_scene(uow: UnitOfWork, actor: Actor, script_id: str, position: int) -> ScenePage:
    """One scene as it is printed. Raises: NotFound."""
    pages = read_scenes(uow, actor, script_id, position, 1)
    if not pages:
        raise NotFound("There is no such scene in this script.")
    return pages[0]


def read_scenes(
    uow: UnitOfWork, actor: Actor, script_id: str, first: int, count: int = MOST_SCENES
) -> tuple[ScenePage, ...]:
    """At most `count` (and 20) scenes from position `first` on, as they are printed. Raises: NotFound."""
    outline = outline_of(_visible(uow, actor, script_id).source)
    rows = repository.list_scenes(uow, script_id, first=max(0, first), count=max(0, min(count, MOST_SCENES)))
    return tuple(ScenePage(scene_view(row), printed(outline.scenes[row.position])) for row in rows)


def export_script(
    uow: UnitOfWork, actor: Actor, script_id: str, format: ExportFormat = "fountain", *, paper: Paper = "letter"
) -> ScriptExport:
    """A script as a file. Fountain that nobody changed is given back byte for byte; `paper` is for the PDF. Raises: NotFound."""
    script = _visible(uow, actor, script_id)
    data, mime, suffix = b"", "text/plain; charset=utf-8", ".fountain"
    if format == "fountain":
        data = SourceText(script.source, script.encoding, bytes.fromhex(script.bom)).encoded()
    else:
        screenplay, outline = fountain.remembered(script.source), outline_of(script.source)
        data, mime, suffix = exported(screenplay, format, outline=outline, paper=paper)
    return ScriptExport(data, mime, f"{PurePosixPath(script.name).stem or script.title or 'script'}{suffix}")


def list_people(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[PersonView, ...]:
    """The characters of a project, who speaks most first; at most 200. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    card = latest_by_project(uow, [project_id]).get(project_id)
    outline = outline_of(repository.get_script(uow, card.id).source) if card else None
    cues = {person.name[:200]: person.cues for person in outline.characters} if outline else {}
    people = [
        PersonView(p.name, cues.get(p.name, 0), p.age, str(p.voice["id"]) if p.voice else None)
        for p in repository.list_characters(uow, project_id)
    ]
    return tuple(sorted(people, key=lambda p: -p.lines)[:_MOST_NAMES])


def list_places(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[PlaceView, ...]:
    """The places of a project, the most used first; at most 200. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    card = latest_by_project(uow, [project_id]).get(project_id)
    used = Counter(s.set_name for s in repository.list_scenes(uow, card.id)) if card else Counter[str]()
    places = [PlaceView(p.name, p.int_ext, used[p.name]) for p in repository.list_locations(uow, project_id)]
    return tuple(sorted(places, key=lambda p: -p.scenes)[:_MOST_NAMES])


def search_scenes(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[SceneHit, ...]:
    """Scenes of the newest scripts of these projects whose heading holds the words. The caller has checked who asks."""
    return repository.search_scenes(uow, project_ids, words, limit=limit)


def search_people(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[PersonHit, ...]:
    """Characters of these projects whose name holds the words. The caller has checked who asks."""
    return repository.search_people(uow, project_ids, words, limit=limit)


@lru_cache(maxsize=8)
def outline_of(source: str) -> Outline:
    """The outline of a source text; the last eight are kept, so that a page and the next one parse it once."""
    return outlined(fountain.remembered(source))


def printed(scene: SceneOutline) -> tuple[ElementView, ...]:
    """What of a scene is printed: no notes, sections, synopses or cut passages; parentheticals with their brackets."""
    return tuple(
        ElementView(
            kind=_PRINTED[element.kind],
            text=f"({element.text})" if element.kind is Kind.PARENTHETICAL else element.text,
            start=source_offset(element, 0),
            end=source_offset(element, len(element.text)),
        )
        for element in scene.elements
        if element.kind in _PRINTED and element.text.strip()
    )


def detail(uow: UnitOfWork, script: Script) -> ScriptDetail:
    """The view of a whole script."""
    outline = outline_of(script.source)
    return ScriptDetail(
        id=script.id,
        project_id=script.project_id,
        title=script.title,
        author=script.author,
        eighths=outline.eighths,
        seconds=outline.seconds,
        scenes=tuple(scene_view(s) for s in repository.list_scenes(uow, script.id)),
        characters=tuple(c.name for c in outline.characters),
    )


def scene_view(s: Scene) -> SceneView:
    """The view of a scene's row."""
    return SceneView(s.id, s.position, s.number, s.heading, s.eighths, s.seconds, s.int_ext, s.set_name, s.time_of_day)


def _visible(uow: UnitOfWork, actor: Actor, script_id: str) -> Script:
    script = repository.get_script(uow, script_id)
    projects.get_project(uow, actor, script.project_id)
    return script
