"""Looking a file over before it is kept: every paragraph with the type it was given, another type by hand, what is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork, unit_of_work
from studio.core.errors import Invalid, NotFound
from studio.core.storage import storage
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.scripts import repository
from studio.scripts.elements import Kind
from studio.scripts.formats.draft import Draft, Paragraph
from studio.scripts.formats.fountain_out import fountain_of
from studio.scripts.models import ScriptImport
from studio.scripts.service.importing import ScriptFile, read_script
from studio.scripts.service.reading import outline_of
from studio.scripts.source import SourceText
from studio.scripts.views import ImportView, LossView, ParagraphView

TAGS = (
    Kind.SCENE_HEADING,
    Kind.ACTION,
    Kind.CHARACTER,
    Kind.PARENTHETICAL,
    Kind.DIALOGUE,
    Kind.LYRICS,
    Kind.TRANSITION,
    Kind.CENTERED,
    Kind.SECTION,
    Kind.SYNOPSIS,
    Kind.NOTE,
    Kind.BONEYARD,
)
"""The types a person may give a paragraph; as boneyard it is kept, not filmed."""

_SPOKEN = (Kind.CHARACTER, Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS)
_KEPT_FOR = timedelta(days=7)
_MIME = {"fdx": "application/xml", "pdf": "application/pdf", "docx": "application/zip", "fadein": "application/zip"}
_NOT_THERE = "This import is not there any more. Choose the file again."
_drafts = TypeAdapter(Draft)


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What a person has looked over and wants to keep: the script as it was read, and the file it came from."""

    file: ScriptFile
    name: str
    original: StoredFile
    project_id: str | None


def begin_import(actor: Actor, *, data: bytes, name: str, project_id: str | None = None) -> ImportView:
    """Read a file so that a person can look it over; nothing is part of a project yet.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large, or takes too long to read.
        NotFound, Forbidden: the actor may not change the project.
    """
    if project_id is not None:
        with unit_of_work() as uow:
            projects.editable_project(uow, actor, project_id)
    read = read_script(data, name)
    stored = _stored(data, name, read.draft.format)
    with unit_of_work() as uow:
        repository.forget_imports(uow, clock.now() - _KEPT_FOR)
        row = ScriptImport(
            user_id=actor.user_id,
            project_id=project_id,
            name=name[:200],
            format=read.draft.format,
            encoding=read.text.encoding,
            bom=read.text.bom.hex(),
            sha256=stored.sha256,
            size=stored.size,
            text=read.text.text,
            document=_drafts.dump_json(read.draft).decode(),
        )
        uow.session.add(row)
        uow.session.flush()
        return _view(row, read.draft)


def get_import(uow: UnitOfWork, actor: Actor, import_id: str) -> ImportView:
    """A file being looked over. Raises: NotFound (also when it is somebody else's)."""
    row = _own(uow, actor, import_id)
    return _view(row, _drafts.validate_json(row.document))


def list_paragraphs(
    uow: UnitOfWork, actor: Actor, import_id: str, *, page: int = 1, limit: int = 100, guessed: bool = False
) -> tuple[tuple[ParagraphView, ...], int]:
    """A page of its paragraphs in order, or of those whose type is guessed, and how many there are. Raises: NotFound."""
    draft = _drafts.validate_json(_own(uow, actor, import_id).document)
    wanted = [(i, p) for i, p in enumerate(draft.paragraphs) if not (guessed and p.certain)]
    first = (max(1, page) - 1) * limit
    return tuple(_paragraph(i, p) for i, p in wanted[first : first + limit]), len(wanted)


def retag(uow: UnitOfWork, actor: Actor, import_id: str, changes: Mapping[int, Kind]) -> ImportView:
    """Give paragraphs another type, by their index; under a new cue, what was action for want of one becomes dialogue.

    Raises:
        NotFound: there is no such import.
        Invalid: there is no such paragraph or type, or nothing to film would be left.
    """
    row = _own(uow, actor, import_id)
    draft = _drafts.validate_json(row.document)
    paragraphs = list(draft.paragraphs)
    for index, kind in changes.items():
        if not 0 <= index < len(paragraphs) or kind not in TAGS:
            raise Invalid("There is no such paragraph or type.", field="paragraphs")
        paragraphs[index] = _retagged(paragraphs[index], kind)
        below = index + 1
        if kind is Kind.CHARACTER and below < len(paragraphs) and below not in changes and _unsure(paragraphs[below]):
            paragraphs[below] = replace(_retagged(paragraphs[below], Kind.DIALOGUE), certain=False)
    draft = replace(draft, paragraphs=tuple(paragraphs))
    text = fountain_of(draft)
    if not outline_of(text).scenes:
        raise Invalid("Then nothing to film would be left in this script.", field="paragraphs")
    row.text, row.encoding, row.bom, row.document = text, "utf-8", "", _drafts.dump_json(draft).decode()
    uow.session.add(row)
    return _view(row, draft)


def discard_import(uow: UnitOfWork, actor: Actor, import_id: str) -> None:
    """Forget a file that was looked over. Raises: NotFound."""
    uow.session.delete(_own(uow, actor, import_id))


def looked_over(uow: UnitOfWork, actor: Actor, import_id: str) -> LookedOver:
    """What was looked over, to keep it. Raises: NotFound."""
    row = _own(uow, actor, import_id)
    draft = _drafts.validate_json(row.document)
    text = SourceText(row.text, row.encoding, bytes.fromhex(row.bom))
    file = ScriptFile(text, draft, outline_of(row.text))
    return LookedOver(file, row.name, _original(row), row.project_id)


def _own(uow: UnitOfWork, actor: Actor, import_id: str) -> ScriptImport:
    row = uow.session.get(ScriptImport, import_id)
    if row is None or row.user_id != actor.user_id:
        raise NotFound(_NOT_THERE)
    if row.project_id is not None:
        projects.get_project(uow, actor, row.project_id)
    return row


def _unsure(paragraph: Paragraph) -> bool:
    """Whether it is action only because nobody was seen to say it."""
    return paragraph.kind is Kind.ACTION and not paragraph.certain


def _retagged(paragraph: Paragraph, kind: Kind) -> Paragraph:
    """The same words as something else; what only the old type had is left behind."""
    text = paragraph.text
    if paragraph.kind is Kind.PARENTHETICAL and kind not in (Kind.PARENTHETICAL, Kind.DIALOGUE):
        text = f"({text})"
    elif kind is Kind.PARENTHETICAL:
        text = text.removeprefix("(").removesuffix(")")
    return Paragraph(
        kind,
        text,
        spans=paragraph.spans if text == paragraph.text else (),
        number=paragraph.number if kind is Kind.SCENE_HEADING else "",
        side=paragraph.side
        if kind in (Kind.CHARACTER, Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS)
        else type(paragraph.side).NONE,
        notes=paragraph.notes,
        depth=1 if kind is Kind.SECTION else 0,
        place=paragraph.place,
    )


def _stored(data: bytes, name: str, format: str) -> StoredFile:
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / "script"
        path.write_bytes(data)
        return media.stored(storage(), path, kind="script", mime=_MIME.get(format, "text/plain"), name=name[:200])


def _original(row: ScriptImport) -> StoredFile:
    return StoredFile(row.sha256, row.size, "script", _MIME.get(row.format, "text/plain"), row.name)


def _paragraph(index: int, p: Paragraph) -> ParagraphView:
    return ParagraphView(index, p.kind, p.text, p.number, p.side, p.place, not p.certain)


def _view(row: ScriptImport, draft: Draft) -> ImportView:
    outline = outline_of(row.text)
    return ImportView(
        id=row.id,
        project_id=row.project_id,
        name=row.name,
        format=row.format,
        title=outline.title,
        author=outline.author,
        paragraphs=len(draft.paragraphs),
        guessed=sum(not p.certain for p in draft.paragraphs),
        scenes=len(outline.scenes),
        cues=sum(person.cues for person in outline.characters),
        characters=tuple(person.name for person in outline.characters),
        locations=tuple(place.name for place in outline.locations),
        eighths=outline.eighths,
        seconds=outline.seconds,
        losses=tuple(LossView(loss.what, loss.count) for loss in draft.losses),
        warnings=draft.warnings,
    )
