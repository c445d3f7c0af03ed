"""The wall clock of people (UTC). Leases use the database's own time instead: see `db.database_time`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
