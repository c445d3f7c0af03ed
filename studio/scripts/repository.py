"""Queries of scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, or_, update
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.matching import matches
from studio.scripts.models import Character, Location, Scene, Script, ScriptImport, ScriptVersion, Tag
from studio.scripts.views import PersonHit, SceneHit, ScriptCard, ScriptVersionView


def get_script(uow: UnitOfWork, script_id: str) -> Script:
    """Raises: NotFound."""
    script = uow.session.get(Script, script_id)
    if script is None:
        raise NotFound("There is no such script.")
    return script


def get_scene(uow: UnitOfWork, scene_id: str) -> Scene:
    """Raises: NotFound."""
    scene = uow.session.get(Scene, scene_id)
    if scene is None:
        raise NotFound("There is no such scene.")
    return scene


_PROJECT_ID = select(col(Script.project_id)).where(col(Script.id) == bindparam("script"))


def find_project_id(uow: UnitOfWork, script_id: str) -> str | None:
    return uow.session.scalars(_PROJECT_ID, {"script": script_id}).one_or_none()


def find_card(uow: UnitOfWork, script_id: str) -> ScriptCard | None:
    """A script at a glance."""
    row = uow.session.execute(_cards().where(col(Script.id) == script_id)).one_or_none()
    return _card(row) if row else None


def latest_cards(uow: UnitOfWork, project_ids: Sequence[str]) -> list[ScriptCard]:
    """The newest script of each project, at a glance."""
    query = _cards().where(col(Script.id).in_(_latest(project_ids)))
    return [_card(row) for row in uow.session.execute(query)]


def _cards() -> Select[*tuple[Any, ...]]:
    fields = (Script.id, Script.project_id, Script.title, Script.author, Script.name, Script.created_at)
    columns: list[Any] = [col(f) for f in fields]
    sums: list[Any] = [func.count(col(Scene.id)), func.sum(col(Scene.eighths)), func.sum(col(Scene.seconds))]
    joined = select(*columns, *sums).join(Scene, col(Scene.script_id) == col(Script.id), isouter=True)
    return joined.group_by(*columns)


def _card(row: Row[*tuple[Any, ...]]) -> ScriptCard:
    script_id, project_id, title, author, name, created_at, scenes, eighths, seconds = row
    return ScriptCard(
        script_id, project_id, title, author, name, int(scenes), int(eighths or 0), float(seconds or 0), created_at
    )


def _latest(project_ids: Sequence[str]) -> Any:
    newest = select(func.max(col(Script.id))).where(
        col(Script.project_id).in_(project_ids), col(Script.drawer_of).is_(None)
    )
    return newest.group_by(col(Script.project_id))


def search_scenes(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[SceneHit, ...]:
    """Scenes of the newest script of each project whose heading holds every word."""
    fields = (Scene.id, Script.project_id, Scene.position, Scene.number, Scene.heading)
    columns: list[Any] = [col(f) for f in fields]
    query = (
        select(*columns)
        .join(Script, col(Script.id) == col(Scene.script_id))
        .where(col(Scene.script_id).in_(_latest(project_ids)), matches(uow, col(Scene.heading), words))
        .limit(limit)
    )
    return tuple(SceneHit(*row) for row in uow.session.execute(query))


def search_people(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[PersonHit, ...]:
    """Characters of these projects whose name holds every word."""
    query = (
        select(col(Character.id), col(Character.project_id), col(Character.name), col(Character.age))
        .where(col(Character.project_id).in_(project_ids), matches(uow, col(Character.name), words))
        .limit(limit)
    )
    return tuple(PersonHit(*row) for row in uow.session.execute(query))


def forget_imports(uow: UnitOfWork, before: datetime) -> None:
    """Remove files that were looked over and never kept."""
    uow.session.execute(delete(ScriptImport).where(col(ScriptImport.created_at) < before))


def list_scenes(uow: UnitOfWork, script_id: str, *, first: int = 0, count: int | None = None) -> Sequence[Scene]:
    """The scenes of a script in order, from position `first` on, at most `count` of them."""
    query = select(Scene).where(col(Scene.script_id) == script_id, col(Scene.position) >= first)
    return uow.session.scalars(query.order_by(col(Scene.position)).limit(count)).all()


def list_headings(uow: UnitOfWork, script_id: str) -> tuple[str, ...]:
    query = select(col(Scene.heading)).where(col(Scene.script_id) == script_id)
    return tuple(uow.session.scalars(query.order_by(col(Scene.position))))


def list_characters(uow: UnitOfWork, project_id: str, *, lock: bool = False) -> Sequence[Character]:
    query = select(Character).where(col(Character.project_id) == project_id).order_by(col(Character.id))
    return uow.session.scalars(query.with_for_update() if lock else query).all()


def list_locations(uow: UnitOfWork, project_id: str) -> Sequence[Location]:
    query = select(Location).where(col(Location.project_id) == project_id).order_by(col(Location.id))
    return uow.session.scalars(query).all()


def lock_script(uow: UnitOfWork, script_id: str) -> Script:
    """A script nobody else changes until this transaction ends. Raises: NotFound."""
    query = select(Script).where(col(Script.id) == script_id).with_for_update()
    script = uow.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if script is None:
        raise NotFound("There is no such script.")
    return script


def find_drawer(uow: UnitOfWork, script_id: str) -> Script | None:
    """The drawer of a script, once a scene was cut from it."""
    query = select(Script).where(col(Script.drawer_of) == script_id).order_by(col(Script.id)).limit(1)
    return uow.session.scalars(query).one_or_none()


def shift_scenes(uow: UnitOfWork, script_id: str, *, after: int, characters: int) -> None:
    """Move the offsets of all scenes behind a position."""
    behind = update(Scene).where(col(Scene.script_id) == script_id, col(Scene.position) > after)
    moved = behind.values(start_at=col(Scene.start_at) + characters, end_at=col(Scene.end_at) + characters)
    uow.session.execute(moved, execution_options={"synchronize_session": False})


def place_scenes(uow: UnitOfWork, script_ids: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of scenes by their ids, all those of these scripts, in whatever new order; no two ever share a position."""
    aside = update(Scene).where(col(Scene.script_id).in_(script_ids)).values(position=-1 - col(Scene.position))
    uow.session.execute(aside, execution_options={"synchronize_session": False})
    if rows:
        uow.session.execute(update(Scene), list(rows))


def times_before(uow: UnitOfWork, script_id: str, position: int, *, count: int = 20) -> Sequence[Scene]:
    """The scenes before a position, the nearest first."""
    query = select(Scene).where(col(Scene.script_id) == script_id, col(Scene.position) < position)
    return uow.session.scalars(query.order_by(col(Scene.position).desc()).limit(count)).all()


def get_version(uow: UnitOfWork, version_id: str) -> ScriptVersion:
    """Raises: NotFound."""
    version = uow.session.get(ScriptVersion, version_id)
    if version is None:
        raise NotFound("There is no such version of this script.")
    return version


def latest_version(uow: UnitOfWork, script_id: str) -> ScriptVersion | None:
    """The version kept last."""
    query = select(ScriptVersion).where(col(ScriptVersion.script_id) == script_id)
    return uow.session.scalars(query.order_by(col(ScriptVersion.number).desc()).limit(1)).one_or_none()


def list_versions(
    uow: UnitOfWork, script_id: str, *, offset: int, limit: int
) -> tuple[tuple[ScriptVersionView, ...], int]:
    """Versions of a script, newest first, without their texts, and how many there are."""
    mine = col(ScriptVersion.script_id) == script_id
    fields = (ScriptVersion.id, ScriptVersion.number, ScriptVersion.name, ScriptVersion.origin, ScriptVersion.by_id)
    columns: list[Any] = [*(col(f) for f in fields), col(ScriptVersion.created_at)]
    rows = uow.session.execute(
        select(*columns).where(mine).order_by(col(ScriptVersion.number).desc()).offset(offset).limit(limit)
    )
    total = uow.session.execute(select(func.count()).select_from(ScriptVersion).where(mine)).scalar_one()
    return tuple(ScriptVersionView(*row) for row in rows), int(total)


def thin_versions(uow: UnitOfWork, script_id: str, *, keep: int) -> None:
    """Delete unnamed versions of edits but the newest so many."""
    unnamed = (
        select(col(ScriptVersion.id))
        .where(
            col(ScriptVersion.script_id) == script_id,
            col(ScriptVersion.origin) == "edit",
            col(ScriptVersion.name) == "",
        )
        .order_by(col(ScriptVersion.number).desc())
    )
    if old := uow.session.scalars(unnamed.offset(keep).limit(100)).all():
        uow.session.execute(delete(ScriptVersion).where(col(ScriptVersion.id).in_(old)))


def has_cue(uow: UnitOfWork, project_id: str, name: str) -> bool:
    """Whether anybody of this name has a cue in any script of a project, cut scenes too."""
    upper = func.upper(col(Script.source))
    cues = [f"\n{mark}{name.upper()}{end}" for mark in ("", "@") for end in ("\n", "\r", " ")]
    found = or_(*(upper.contains(cue, autoescape=True) for cue in cues))
    query = select(col(Script.id)).where(col(Script.project_id) == project_id, found).limit(1)
    return uow.session.scalars(query).first() is not None


def has_place(uow: UnitOfWork, project_id: str, name: str) -> bool:
    """Whether any scene of a project, cut ones too, plays there."""
    query = select(col(Scene.id)).join(Script, col(Script.id) == col(Scene.script_id))
    found = query.where(col(Script.project_id) == project_id, col(Scene.set_name) == name).limit(1)
    return uow.session.scalars(found).first() is not None


def move_tags(uow: UnitOfWork, gone: Mapping[str, str]) -> None:
    """Give the tags of scenes that live on in others to those, unless they have them already."""
    both = {*gone, *gone.values()}
    tags = uow.session.scalars(select(Tag).where(col(Tag.scene_id).in_(both)).order_by(col(Tag.id))).all()
    known = {(t.scene_id, t.category, t.name) for t in tags if t.scene_id not in gone}
    for tag in (t for t in tags if t.scene_id in gone):
        key = (gone[tag.scene_id], tag.category, tag.name)
        if key in known:
            uow.session.delete(tag)
        else:
            known.add(key)
            tag.scene_id = gone[tag.scene_id]
    uow.session.flush()


def delete_scenes(uow: UnitOfWork, scene_ids: Sequence[str]) -> None:
    uow.session.execute(
        delete(Scene).where(col(Scene.id).in_(scene_ids)), execution_options={"synchronize_session": False}
    )


def tags_follow(uow: UnitOfWork, script_ids: Sequence[str]) -> None:
    """Tags belong to the script their scene is in."""
    home = select(col(Scene.script_id)).where(col(Scene.id) == col(Tag.scene_id)).scalar_subquery()
    moved = update(Tag).where(col(Tag.script_id).in_(script_ids)).values(script_id=home)
    uow.session.execute(moved, execution_options={"synchronize_session": False})
