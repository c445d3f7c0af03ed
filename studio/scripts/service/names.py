"""Keeping the people and places of a project in step with its words: new names are added, those never more than typed go."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.db import UnitOfWork
from studio.scripts import repository
from studio.scripts.models import Character, Location
from studio.scripts.outline import CharacterOutline, LocationOutline, Outline
from studio.scripts.people import other_names


def add_names(uow: UnitOfWork, project_id: str, outline: Outline) -> Sequence[Character]:
    """Add the people and places of an outline the project does not know yet; everybody of the project."""
    people = list(repository.list_characters(uow, project_id))
    known = {c.name for c in people}.union(*({a.upper() for a in c.aliases} for c in people))
    for person in outline.characters:
        if person.name[:200] not in known:
            people.append(_character(project_id, person))
            uow.session.add(people[-1])
    _add_places(uow, project_id, outline.locations)
    return people


def follow_scene(uow: UnitOfWork, project_id: str, was: Outline, now: Outline) -> tuple[CharacterOutline, ...]:
    """Add who speaks and where it plays in a scene that was edited, and forget names that were only half typed.

    Everybody of the project, as outlines.
    """
    people = list(repository.list_characters(uow, project_id))
    before = {person.name for person in was.characters if person.cues}
    speaking = {person.name[:200]: person for person in now.characters if person.cues}
    known = {c.name for c in people}.union(*({a.upper() for a in c.aliases} for c in people))
    new = [name for name in speaking if name not in known]
    others = other_names([*known, *new], []) if new else {}
    for name in (n for n in new if n not in others):
        people.append(_character(project_id, speaking[name]))
        uow.session.add(people[-1])
    for person in [c for c in people if c.voice is None and c.name in before and c.name not in speaking]:
        if not repository.has_cue(uow, project_id, person.name):
            people.remove(person)
            uow.session.delete(person)
    if was.locations != now.locations:
        _add_places(uow, project_id, now.locations)
        stayed = {place.name for place in now.locations}
        gone = [p.name[:500] for p in was.locations if p.name not in stayed]
        for place in [p for p in repository.list_locations(uow, project_id) if p.name in gone]:
            if not repository.has_place(uow, project_id, place.name):
                uow.session.delete(place)
    return tuple(CharacterOutline(c.name, tuple(c.aliases), 0, 0, 0, c.feminine, c.age) for c in people)


def _character(project_id: str, person: CharacterOutline) -> Character:
    return Character(
        project_id=project_id,
        name=person.name[:200],
        aliases=list(person.aliases),
        feminine=person.feminine,
        age=person.age,
    )


def _add_places(uow: UnitOfWork, project_id: str, places: Sequence[LocationOutline]) -> None:
    known = {p.name for p in repository.list_locations(uow, project_id)}
    for place in places:
        if place.name[:500] not in known:
            known.add(place.name[:500])
            uow.session.add(Location(project_id=project_id, name=place.name[:500], int_ext=place.int_ext.value))
