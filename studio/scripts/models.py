"""Tables of scripts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class Script(Row, table=True):
    """A screenplay as Fountain text; one that came as Fountain is kept exactly (encoding and byte order mark beside it).

    `format` is that of the file it came from, `original_sha256` that file in the store. A script with `drawer_of` is the
    drawer of another: its scenes are those cut from that script, with their shots; nobody lists or films it.
    `revision` counts the changes of the whole.
    """

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    title: str = Field(max_length=300)
    author: str = Field(max_length=300)
    name: str = Field(max_length=200)
    format: str = Field(max_length=16)
    encoding: str = Field(max_length=16)
    bom: str = Field(max_length=16)
    source: str = Field(sa_type=Text)
    revision: int = 1
    original_sha256: str | None = Field(default=None, max_length=64)
    drawer_of: str | None = Field(default=None, foreign_key="script.id", index=True, max_length=36)


class Scene(Row, table=True):
    """One scene; `source[start_at:end_at]` of its script is its text, `revision` counts the changes of it."""

    __table_args__ = (UniqueConstraint("script_id", "position"),)

    script_id: str = Field(foreign_key="script.id", index=True, max_length=36)
    position: int
    number: str = Field(max_length=32)
    heading: str = Field(max_length=500)
    int_ext: str = Field(max_length=8)
    set_name: str = Field(max_length=500)
    time_of_day: str = Field(max_length=120)
    start_at: int
    end_at: int
    eighths: int
    seconds: float
    revision: int = 1
    script_day: str = Field(default="", max_length=16)


class ScriptVersion(Row, table=True):
    """The text of a script as it was at a moment; `origin` is import, edit, merge or restore."""

    __table_args__ = (UniqueConstraint("script_id", "number"),)

    script_id: str = Field(foreign_key="script.id", index=True, max_length=36)
    number: int
    name: str = Field(max_length=200)
    origin: str = Field(max_length=8)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    source: str = Field(sa_type=Text)


class Tag(Row, table=True):
    """Something a scene needs. `origin` is suggested or hand; a suggestion put aside stays, `dismissed`, so as not to return."""

    __table_args__ = (UniqueConstraint("scene_id", "category", "name"),)

    script_id: str = Field(foreign_key="script.id", index=True, max_length=36)
    scene_id: str = Field(foreign_key="scene.id", index=True, max_length=36)
    category: str = Field(max_length=20)
    name: str = Field(max_length=200)
    origin: str = Field(max_length=10)
    dismissed: bool = False


class ScriptImport(Row, table=True):
    """A file that was read and is being looked over before it is kept; only its uploader sees it, for a week.

    `document` is its draft as JSON with what the person re-tagged, `text` the Fountain it makes (with the file's encoding
    and byte order mark while nothing was re-tagged), `sha256` the file in the store.
    """

    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    project_id: str | None = Field(default=None, foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    format: str = Field(max_length=16)
    encoding: str = Field(max_length=16)
    bom: str = Field(max_length=16)
    sha256: str = Field(max_length=64)
    size: int
    text: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)


class Character(Row, table=True):
    """A person of the project, kept across its scripts."""

    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    feminine: bool | None = None
    age: str = Field(max_length=16)
    voice: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Location(Row, table=True):
    """A place of the project."""

    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    name: str = Field(max_length=500)
    int_ext: str = Field(max_length=8)
