"""Bringing a script into a project: check it, keep it with its scenes, people and places, cast its voices."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.projects import service as projects
from studio.providers.port import Voice, VoiceProvider
from studio.scripts import repository
from studio.scripts.models import Character, Location, Scene, Script
from studio.scripts.outline import Outline
from studio.scripts.service.reading import detail, outline_of
from studio.scripts.source import SourceText, decoded
from studio.scripts.views import ScriptDetail


def checked_script(data: bytes, name: str) -> tuple[SourceText, Outline]:
    """A screenplay's text and outline, read but not kept.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large.
    """
    text = decoded(data, name)
    outline = outline_of(text.text)
    if not outline.scenes:
        raise Invalid("There is nothing to film in this script: it has a title page and no scenes.", field="script")
    return text, outline


def import_script(uow: UnitOfWork, actor: Actor, project_id: str, *, data: bytes, name: str) -> ScriptDetail:
    """Read a screenplay into a project: the script, its scenes, people and places. Nothing is kept when it is refused.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large.
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    text, outline = checked_script(data, name)
    script = _script(project_id, name, text, outline)
    uow.session.add(script)
    uow.session.flush()
    _add_scenes(uow, script.id, outline)
    _add_people_and_places(uow, project_id, outline)
    uow.session.flush()
    projects.mark_changed(uow, actor, project_id, "script")
    return detail(uow, script)


def cast_voices(uow: UnitOfWork, actor: Actor, project_id: str, provider: VoiceProvider) -> dict[str, Voice]:
    """Every character's voice by name; those without one are cast now, no two alike while voices last.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    people = repository.list_characters(uow, project_id, lock=True)
    voices = {p.name: Voice(**p.voice) for p in people if p.voice}
    for person in people:
        if person.voice is None:
            taken = frozenset(v.id for v in voices.values())
            voice = provider.cast(person.name, feminine=person.feminine, age=person.age, taken=taken)
            voices[person.name] = voice
            person.voice = {"id": voice.id, "pitch": voice.pitch, "pace": voice.pace}
            uow.session.add(person)
    return voices


def _script(project_id: str, name: str, text: SourceText, outline: Outline) -> Script:
    return Script(
        project_id=project_id,
        title=outline.title[:300],
        author=outline.author[:300],
        name=name[:200],
        format="fountain",
        encoding=text.encoding,
        bom=text.bom.hex(),
        source=text.text,
    )


def _add_scenes(uow: UnitOfWork, script_id: str, outline: Outline) -> None:
    uow.session.add_all(
        Scene(
            script_id=script_id,
            position=scene.index,
            number=scene.number[:32],
            heading=scene.heading[:500],
            int_ext=scene.int_ext.value,
            set_name=scene.set_name[:500],
            time_of_day=scene.time_of_day[:120],
            start_at=scene.start,
            end_at=scene.end,
            eighths=scene.eighths,
            seconds=scene.seconds,
        )
        for scene in outline.scenes
    )


def _add_people_and_places(uow: UnitOfWork, project_id: str, outline: Outline) -> None:
    known = {c.name for c in repository.list_characters(uow, project_id)}
    for person in outline.characters:
        name = person.name[:200]
        if name not in known:
            known.add(name)
            uow.session.add(
                Character(
                    project_id=project_id,
                    name=name,
                    aliases=list(person.aliases),
                    feminine=person.feminine,
                    age=person.age,
                )
            )
    places = {p.name for p in repository.list_locations(uow, project_id)}
    for place in outline.locations:
        name = place.name[:500]
        if name not in places:
            places.add(name)
            uow.session.add(Location(project_id=project_id, name=name, int_ext=place.int_ext.value))
