"""Breaking a script down: elements suggested from the text, kept, put aside, named and sorted by hand; days by hand.

What a person touched is theirs: the rules never change it, and what they put aside, renamed or moved does not come back.
"""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound
from studio.core.text import one_line
from studio.projects import service as projects
from studio.scripts import repository
from studio.scripts.models import Scene, Tag
from studio.scripts.service.reading import outline_of, project_of
from studio.scripts.service.sheets import tag_view
from studio.scripts.sheet import queries
from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.suggesting import suggested
from studio.scripts.sheet.views import TagView

_LONGEST_NAME = 200
_LONGEST_DAY = 16
_MOST_TAGS = 500
_SUGGESTED, _HAND = "suggested", "hand"

_Key = tuple[str, str]


def suggest_tags(uow: UnitOfWork, actor: Actor, script_id: str) -> int:
    """Suggest what every scene needs from its words as they are now; how many suggestions are new.

    Suggestions nobody has touched go when the words for them have gone. Made by hand, kept and put aside: untouched.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    project = project_of(uow, actor, script_id)
    projects.editable_project(uow, actor, project.id)
    outlines = {o.index: o for o in outline_of(repository.get_script(uow, script_id).source).scenes}
    scenes = repository.list_scenes(uow, script_id)
    tags = queries.list_tags(uow, script_id)
    known = {(tag.scene_id, *_key(tag.category, tag.name)) for tag in tags}
    wanted = {
        (scene.id, *_key(category, name)): (category, name)
        for scene in scenes
        if scene.position in outlines
        for category, name in suggested(outlines[scene.position])
    }
    rows = [
        {
            "id": ids.new_id(),
            "script_id": script_id,
            "scene_id": key[0],
            "category": category.value,
            "name": name,
            "origin": _SUGGESTED,
        }
        for key, (category, name) in wanted.items()
        if key not in known
    ]
    gone = [
        tag.id
        for tag in tags
        if tag.origin == _SUGGESTED
        and not tag.dismissed
        and (tag.scene_id, *_key(tag.category, tag.name)) not in wanted
    ]
    queries.remove_tags(uow, gone)
    uow.add_many(Tag, rows)
    if rows or gone:
        projects.mark_changed(uow, actor, project.id, "breakdown")
    return len(rows)


def add_tag(uow: UnitOfWork, actor: Actor, script_id: str, position: int, category: Category, name: str) -> TagView:
    """Put something on the sheet of the scene at a position; what was suggested or put aside under this name is kept by hand.

    Raises:
        Invalid: the name is empty or longer than 200 characters.
        LimitReached: the sheet is full.
        NotFound, Forbidden: the actor may not change the project.
    """
    scene = _editable_scene(uow, actor, script_id, position)
    name = _checked_name(category, name)
    tags = queries.list_scene_tags(uow, scene.id)
    found = next((tag for tag in tags if _key(tag.category, tag.name) == _key(category, name)), None)
    if found is None:
        if len(tags) >= _MOST_TAGS:
            raise LimitReached(f"A scene's sheet holds {_MOST_TAGS} elements. Remove some first.")
        found = Tag(script_id=script_id, scene_id=scene.id, category=category.value, name=name, origin=_HAND)
    found.origin, found.dismissed = _HAND, False
    return _kept(uow, actor, script_id, found)


def keep_tag(uow: UnitOfWork, actor: Actor, tag_id: str) -> TagView:
    """Agree with a suggestion: from now on it stays whatever the text says. Raises: NotFound, Forbidden."""
    tag, script_id = _editable_tag(uow, actor, tag_id)
    tag.origin, tag.dismissed = _HAND, False
    return _kept(uow, actor, script_id, tag)


def keep_tags(uow: UnitOfWork, actor: Actor, script_id: str, position: int) -> int:
    """Agree with every suggestion on the sheet of the scene at a position; how many there were. Raises: NotFound, Forbidden."""
    scene = _editable_scene(uow, actor, script_id, position)
    tags = [t for t in queries.list_scene_tags(uow, scene.id) if t.origin == _SUGGESTED and not t.dismissed]
    for tag in tags:
        tag.origin = _HAND
        uow.session.add(tag)
    if tags:
        projects.mark_changed(uow, actor, project_of(uow, actor, script_id).id, "breakdown")
    return len(tags)


def dismiss_tag(uow: UnitOfWork, actor: Actor, tag_id: str) -> TagView:
    """Take something off a sheet: put aside, `restore_tag` brings it back, no suggestion does. Raises: NotFound, Forbidden."""
    tag, script_id = _editable_tag(uow, actor, tag_id)
    tag.dismissed = True
    return _kept(uow, actor, script_id, tag)


def restore_tag(uow: UnitOfWork, actor: Actor, tag_id: str) -> TagView:
    """Bring back what was put aside. Raises: NotFound, Forbidden."""
    tag, script_id = _editable_tag(uow, actor, tag_id)
    tag.dismissed = False
    return _kept(uow, actor, script_id, tag)


def rename_tag(uow: UnitOfWork, actor: Actor, tag_id: str, name: str) -> TagView:
    """Call something by another name; it is by hand from then on.

    Raises:
        Invalid: the name is empty or longer than 200 characters.
        Conflict: the sheet has one of that name in this category.
        NotFound, Forbidden: the actor may not change the project.
    """
    tag, script_id = _editable_tag(uow, actor, tag_id)
    return _changed(uow, actor, script_id, tag, Category(tag.category), name)


def move_tag(uow: UnitOfWork, actor: Actor, tag_id: str, category: Category) -> TagView:
    """Sort something into another category; it is by hand from then on.

    Raises:
        Conflict: that category has one of this name.
        NotFound, Forbidden: the actor may not change the project.
    """
    tag, script_id = _editable_tag(uow, actor, tag_id)
    return _changed(uow, actor, script_id, tag, category, tag.name)


def set_script_day(uow: UnitOfWork, actor: Actor, script_id: str, position: int, day: str) -> str:
    """Say which day of the story a scene plays on ("D2", "N3", "FB"); "" leaves it to the headings again. The day before that.

    Raises:
        Invalid: longer than 16 characters.
        NotFound, Forbidden: the actor may not change the project.
    """
    scene = _editable_scene(uow, actor, script_id, position)
    day = one_line(day).upper()
    if len(day) > _LONGEST_DAY:
        raise Invalid(f"A script day has at most {_LONGEST_DAY} characters, as in D2 or N3.", field="day")
    before, scene.script_day = scene.script_day, day
    uow.session.add(scene)
    projects.mark_changed(uow, actor, project_of(uow, actor, script_id).id, "breakdown")
    return before


def _changed(uow: UnitOfWork, actor: Actor, script_id: str, tag: Tag, category: Category, name: str) -> TagView:
    """A tag under another name or category. What it was stays as put aside, so that no suggestion brings it back."""
    name = _checked_name(category, name)
    old = _key(tag.category, tag.name)
    if old != (new := _key(category, name)):
        others = {_key(t.category, t.name): t for t in queries.list_scene_tags(uow, tag.scene_id) if t.id != tag.id}
        there = others.get(new)
        if there is not None and not there.dismissed:
            raise Conflict(f"{name} is already under {LABELS[category]} on this sheet.")
        if there is not None:
            queries.remove_tags(uow, [there.id])
        trace = Tag(
            script_id=tag.script_id,
            scene_id=tag.scene_id,
            category=tag.category,
            name=tag.name,
            origin=_SUGGESTED,
            dismissed=True,
        )
        tag.category, tag.name = category.value, name
        uow.session.flush()
        uow.session.add(trace)
    tag.category, tag.name, tag.origin = category.value, name, _HAND
    return _kept(uow, actor, script_id, tag)


def _kept(uow: UnitOfWork, actor: Actor, script_id: str, tag: Tag) -> TagView:
    uow.session.add(tag)
    uow.session.flush()
    projects.mark_changed(uow, actor, project_of(uow, actor, script_id).id, "breakdown")
    return tag_view(tag)


def _editable_tag(uow: UnitOfWork, actor: Actor, tag_id: str) -> tuple[Tag, str]:
    tag, script_id = queries.get_tag(uow, tag_id)
    projects.editable_project(uow, actor, project_of(uow, actor, script_id).id)
    return tag, script_id


def _editable_scene(uow: UnitOfWork, actor: Actor, script_id: str, position: int) -> Scene:
    projects.editable_project(uow, actor, project_of(uow, actor, script_id).id)
    scene = queries.find_scene(uow, script_id, position)
    if scene is None:
        raise NotFound("There is no such scene in this script.")
    return scene


def _checked_name(category: Category, name: str) -> str:
    name = one_line(name)
    if not name:
        raise Invalid("Say what it is: a few words are enough.", field="name")
    if len(name) > _LONGEST_NAME:
        raise Invalid(f"A name has at most {_LONGEST_NAME} characters.", field="name")
    return name.upper() if category is Category.CAST else name


def _key(category: str, name: str) -> _Key:
    return category, name.casefold()
