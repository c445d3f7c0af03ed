"""Counting the queries a piece of code sends to the database in force."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import event

from studio.core.db import engine
from studio.core.settings import settings


@contextmanager
def counted_queries() -> Generator[list[str]]:
    """The statements sent while this lasts; beginnings, ends and the nesting of transactions are not counted."""
    sent: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            sent.append(statement)

    target = engine(settings().database)
    event.listen(target, "before_cursor_execute", heard)
    try:
        yield sent
    finally:
        event.remove(target, "before_cursor_execute", heard)
