"""Versions of a script: kept before what changes much and now and then while it is written; named, listed, compared."""

from __future__ import annotations

import re
from datetime import timedelta
from difflib import SequenceMatcher

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, NotFound
from studio.core.text import one_line
from studio.projects import service as projects
from studio.scripts import repository
from studio.scripts.merging.matching import Match, Passage, matched
from studio.scripts.merging.pieces import number_given
from studio.scripts.models import Script, ScriptVersion
from studio.scripts.outline import Outline
from studio.scripts.service.reading import outline_of, project_of
from studio.scripts.views import SceneDiff, ScriptVersionPage, ScriptVersionView, VersionOrigin, WordRun

QUIET = timedelta(minutes=10)
_BETWEEN_PEOPLE = timedelta(minutes=1)
_MOST_UNNAMED = 100
_LARGEST_PAGE = 100
_LONGEST_NAME = 200
_TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]+")
_LONG = 4000


def keep(uow: UnitOfWork, script: Script, actor: Actor, origin: VersionOrigin, name: str = "") -> ScriptVersion:
    """Keep the text of a script as it is now. The caller has checked that the actor may change it."""
    latest = repository.latest_version(uow, script.id)
    version = ScriptVersion(
        script_id=script.id,
        number=latest.number + 1 if latest else 1,
        name=name[:_LONGEST_NAME],
        origin=origin,
        by_id=actor.user_id,
        source=script.source,
    )
    uow.session.add(version)
    uow.session.flush()
    repository.thin_versions(uow, script.id, keep=_MOST_UNNAMED)
    return version


def keep_if_due(uow: UnitOfWork, script: Script, actor: Actor) -> str | None:
    """Keep the text before an edit when the newest version is ten minutes old, or a minute and another person's; its id.

    The very text of the newest version is not kept twice.
    """
    latest = repository.latest_version(uow, script.id)
    if latest is not None:
        age = clock.now() - latest.created_at
        due = age >= QUIET or (latest.by_id != actor.user_id and age >= _BETWEEN_PEOPLE)
        if not due or latest.source == script.source:
            return None
    return keep(uow, script, actor, "edit").id


def list_versions(
    uow: UnitOfWork, actor: Actor, script_id: str, *, page: int = 1, limit: int = 20
) -> ScriptVersionPage:
    """One page of the versions of a script, newest first. Raises: NotFound."""
    project_of(uow, actor, script_id)
    limit = max(1, min(limit, _LARGEST_PAGE))
    return ScriptVersionPage(*repository.list_versions(uow, script_id, offset=(max(1, page) - 1) * limit, limit=limit))


def name_version(uow: UnitOfWork, actor: Actor, version_id: str, name: str) -> ScriptVersionView:
    """Give a version a name, or none.

    Raises:
        Invalid: the name is too long.
        NotFound, Forbidden: the actor may not change the project.
    """
    version = repository.get_version(uow, version_id)
    project = project_of(uow, actor, version.script_id)
    projects.editable_project(uow, actor, project.id)
    words = one_line(name)
    if len(words) > _LONGEST_NAME:
        raise Invalid(f"A version's name has at most {_LONGEST_NAME} characters.", field="name")
    version.name = words
    uow.session.add(version)
    uow.session.flush()
    projects.mark_changed(uow, actor, project.id, "script")
    return version_view(version)


def diff_versions(
    uow: UnitOfWork, actor: Actor, script_id: str, version_id: str, other_id: str | None = None
) -> tuple[SceneDiff, ...]:
    """What changed from a version to another, or to the script as it is now, scene by scene. Raises: NotFound."""
    project_of(uow, actor, script_id)
    old = version_of(uow, script_id, version_id).source
    new = version_of(uow, script_id, other_id).source if other_id else repository.get_script(uow, script_id).source
    return diff_of(old, new)


def version_of(uow: UnitOfWork, script_id: str, version_id: str) -> ScriptVersion:
    """A version of this script. Raises: NotFound."""
    version = repository.get_version(uow, version_id)
    if version.script_id != script_id:
        raise NotFound("There is no such version of this script.")
    return version


def version_view(v: ScriptVersion) -> ScriptVersionView:
    """The view of a version's row."""
    return ScriptVersionView(v.id, v.number, v.name, v.origin, v.by_id, v.created_at)  # pyright: ignore[reportArgumentType]


def passages_of(outline: Outline, source: str) -> list[Passage]:
    """The scenes of a text as they are matched."""
    return [Passage(s.heading, number_given(s.elements), source[s.start : s.end]) for s in outline.scenes]


def diff_of(old: str, new: str) -> tuple[SceneDiff, ...]:
    """What changed between two texts: every scene of the new one in order, then those that are cut."""
    before, after = outline_of(old), outline_of(new)
    olds, news = passages_of(before, old), passages_of(after, new)
    plan = matched(olds, news)
    found = [
        SceneDiff(
            match.fate,
            scene.number,
            scene.heading,
            before.scenes[match.sources[0]].number if match.sources else "",
            before.scenes[match.sources[0]].heading if match.sources else "",
            _runs(_old_text(match, olds), passage.text),
        )
        for scene, passage, match in zip(after.scenes, news, plan.matches, strict=True)
    ]
    for index in plan.cut:
        gone = before.scenes[index]
        found.append(SceneDiff("cut", "", "", gone.number, gone.heading, _runs(olds[index].text, "")))
    return tuple(found)


def _old_text(match: Match, olds: list[Passage]) -> str:
    """What a scene's words are compared with: all the scenes it was, or nothing for one split off another."""
    return "".join(olds[i].text for i in match.sources) if match.old is not None else ""


def _runs(old: str, new: str) -> tuple[WordRun, ...]:
    if old == new:
        return (WordRun("same", new),) if new else ()
    olds, news = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=len(news) > _LONG)
    runs: list[WordRun] = []
    for tag, a, b, x, y in matcher.get_opcodes():
        if tag == "equal":
            runs.append(WordRun("same", "".join(news[x:y])))
            continue
        if a < b:
            runs.append(WordRun("removed", "".join(olds[a:b])))
        if x < y:
            runs.append(WordRun("added", "".join(news[x:y])))
    return tuple(runs)
