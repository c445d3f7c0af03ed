"""Tables of drawing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class Drawing(Row, table=True):
    """What was drawn on a panel, as a whole: how many ops and bytes, up to which op there is a picture, what was drawn over.

    The journal outlives its panel, so that nothing drawn is lost with a shot: `panel_id` is no foreign key.
    """

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    panel_id: str = Field(unique=True, max_length=36)
    last_seq: int = 0
    inked_seq: int = 0
    size: int = 0
    base_sha256: str | None = Field(default=None, max_length=64)


class StrokeBatch(Row, table=True):
    """Ops sent together: numbers `seq` and on of the panel, `client_seq` and on of the page that sent them. Never changed."""

    __table_args__ = (UniqueConstraint("panel_id", "seq"), UniqueConstraint("panel_id", "client", "client_seq"))

    panel_id: str = Field(index=True, max_length=36)
    actor_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    seq: int
    count: int
    client: str = Field(max_length=36)
    client_seq: int
    size: int
    data: dict[str, Any] = Field(sa_type=JSON)
