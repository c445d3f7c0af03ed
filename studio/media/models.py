"""Tables of media."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field

from studio.core import clock
from studio.core.db import Row, UtcDateTime, moment


class Media(Row, table=True):
    """A file of a project. What somebody brought in has `brought_at`, and `origin` is the hash of the file it was drawn anew
    from; the rest the studio made. `state` is preparing, ready or failed (`problem` says why); `run_id` is who prepares it.
    """

    __table_args__ = (UniqueConstraint("project_id", "sha256"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    uploader_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    sha256: str = Field(index=True, max_length=64)
    kind: str = Field(max_length=16)
    mime: str = Field(max_length=80)
    name: str = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    origin: str | None = Field(default=None, max_length=64)
    folder: str = Field(default="", max_length=200)
    state: str = Field(default="ready", max_length=12)
    problem: str = Field(default="", max_length=400)
    run_id: str | None = Field(default=None, max_length=36)
    brought_at: datetime | None = moment()
    removed_at: datetime | None = moment()


class SubClip(Row, table=True):
    """A part of a file that has a name of its own, kept beside it in the bin: frames of the project's rate."""

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    sha256: str = Field(index=True, max_length=64)
    name: str = Field(max_length=200)
    first: int
    frames: int


class KnownFacts(Row, table=True):
    """What the media of a hash is, whichever projects it is in: `engine.looks.facts.packed`, read once and true for ever."""

    sha256: str = Field(unique=True, max_length=64)
    facts: dict[str, Any] = Field(sa_type=JSON)


class MediaForm(Row, table=True):
    """Another form of the media of a hash, in the store under `rendition_key`; `about` is what one must know to use it."""

    __table_args__ = (UniqueConstraint("sha256", "kind"),)

    sha256: str = Field(index=True, max_length=64)
    kind: str = Field(max_length=40)
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Upload(Row, table=True):
    """A file on its way in: how much of it has arrived, in pieces; after that who reads it, and what became of it.

    `state` is open, handed (a run reads it), done (`media_sha256` is what it became) or refused (`problem` says why).
    """

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    name: str = Field(max_length=200)
    folder: str = Field(default="", max_length=200)
    size: int = Field(sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    received: int = Field(default=0, sa_type=BigInteger)
    state: str = Field(default="open", max_length=12)
    problem: str = Field(default="", max_length=400)
    run_id: str | None = Field(default=None, max_length=36)
    media_sha256: str | None = Field(default=None, max_length=64)
    expires_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)  # pyright: ignore[reportArgumentType, reportCallIssue]


class UploadPiece(Row, table=True):
    """Some bytes of an upload, from `start`, in the store under a key of their own."""

    __table_args__ = (UniqueConstraint("upload_id", "start"),)

    upload_id: str = Field(foreign_key="upload.id", index=True, max_length=36)
    start: int = Field(sa_type=BigInteger)
    size: int
    key: str = Field(max_length=120)
