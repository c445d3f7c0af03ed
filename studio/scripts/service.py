"""Use cases of scripts."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.projects import service as projects
from studio.providers.port import Voice, VoiceProvider
from studio.scripts import fountain, repository
from studio.scripts.models import Character, Location, Scene, Script
from studio.scripts.outline import Outline, outlined
from studio.scripts.source import SourceText, decoded
from studio.scripts.views import SceneView, ScriptDetail


def checked_script(data: bytes, name: str) -> tuple[SourceText, Outline]:
    """A screenplay's text and outline, read but not kept.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large.
    """
    text = decoded(data, name)
    outline = outlined(fountain.parse(text.text))
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
    return _detail(uow, script, outline)


def get_script(uow: UnitOfWork, actor: Actor, script_id: str) -> ScriptDetail:
    """A script the actor may see. Raises: NotFound."""
    script = repository.get_script(uow, script_id)
    projects.get_project(uow, actor, script.project_id)
    return _detail(uow, script, outlined(fountain.parse(script.source)))


def get_outline(uow: UnitOfWork, actor: Actor, script_id: str) -> Outline:
    """The outline of a stored script. Raises: NotFound."""
    script = repository.get_script(uow, script_id)
    projects.get_project(uow, actor, script.project_id)
    return outlined(fountain.parse(script.source))


def export_script(uow: UnitOfWork, actor: Actor, script_id: str) -> bytes:
    """The script's bytes, exactly as they came in. Raises: NotFound."""
    script = repository.get_script(uow, script_id)
    projects.get_project(uow, actor, script.project_id)
    return SourceText(script.source, script.encoding, bytes.fromhex(script.bom)).encoded()


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


def _detail(uow: UnitOfWork, script: Script, outline: Outline) -> ScriptDetail:
    scenes = tuple(
        SceneView(s.id, s.position, s.number, s.heading, s.eighths, s.seconds)
        for s in repository.list_scenes(uow, script.id)
    )
    names = tuple(c.name for c in outline.characters)
    return ScriptDetail(
        script.id, script.project_id, script.title, script.author, outline.eighths, outline.seconds, scenes, names
    )
