"""Bringing a script into a project: check it, keep it with its scenes, people and places, cast its voices."""

from __future__ import annotations

from dataclasses import dataclass

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.providers.port import Voice, VoiceProvider
from studio.scripts import repository
from studio.scripts.formats.apart import read_apart
from studio.scripts.formats.draft import Draft
from studio.scripts.formats.fountain_out import fountain_of
from studio.scripts.formats.reading import is_text
from studio.scripts.models import Scene, Script
from studio.scripts.outline import Outline
from studio.scripts.service import versions
from studio.scripts.service.names import add_names
from studio.scripts.service.reading import detail, outline_of
from studio.scripts.source import SourceText, decoded
from studio.scripts.views import ScriptDetail


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A file as it was read: its text as Fountain (its own bytes' text if it is one), its paragraphs, its outline."""

    text: SourceText
    draft: Draft
    outline: Outline


def read_script(data: bytes, name: str) -> ScriptFile:
    """Read a screenplay in any format we know; nothing is kept. Foreign formats are read in a child process, 20 s at most.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large, or takes too long.
    """
    draft = read_apart(data, name)
    ours = draft.format in ("fountain", "text")
    text = decoded(data, name) if ours else SourceText(fountain_of(draft), "utf-8", b"")
    outline = outline_of(text.text)
    if not outline.scenes:
        raise Invalid("There is nothing to film in this script: it has a title page and no scenes.", field="script")
    return ScriptFile(text, draft, outline)


def wants_a_look(data: bytes, name: str) -> bool:
    """Whether a person should look the file over before it is kept: whatever is no plain text, or leaves something to say.

    Raises: as `read_script`.
    """
    return not is_text(data) or bool(read_apart(data, name).warnings)


def import_script(uow: UnitOfWork, actor: Actor, project_id: str, *, data: bytes, name: str) -> ScriptDetail:
    """Read a screenplay into a project. Raises: as `read_script` and `keep_script`."""
    projects.editable_project(uow, actor, project_id)
    return keep_script(uow, actor, project_id, read_script(data, name), name)


def keep_script(
    uow: UnitOfWork, actor: Actor, project_id: str, file: ScriptFile, name: str, original: StoredFile | None = None
) -> ScriptDetail:
    """Keep a script that was read, with its scenes, people and places, and the file it came from.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    if original:
        keep_original(uow, actor, project_id, original)
    script = _script(project_id, name, file, original)
    uow.session.add(script)
    uow.session.flush()
    _add_scenes(uow, script.id, file.outline)
    add_names(uow, project_id, file.outline)
    uow.session.flush()
    versions.keep(uow, script, actor, "import", name)
    projects.mark_changed(uow, actor, project_id, "script")
    return detail(uow, script)


def keep_original(uow: UnitOfWork, actor: Actor, project_id: str, file: StoredFile) -> str:
    """Keep the file a script came from; its hash. Raises: NotFound, Forbidden."""
    return media.add_media(uow, actor, project_id, file).sha256


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


def _script(project_id: str, name: str, file: ScriptFile, original: StoredFile | None) -> Script:
    return Script(
        project_id=project_id,
        title=file.outline.title[:300],
        author=file.outline.author[:300],
        name=name[:200],
        format=file.draft.format,
        encoding=file.text.encoding,
        bom=file.text.bom.hex(),
        source=file.text.text,
        original_sha256=original.sha256 if original else None,
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
