"""What other rooms see of audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class EntryView:
    """Who changed what, and when: `label` says it in words ("move 2E")."""

    seq: int
    at: datetime
    actor_id: str
    by: str
    entity: str
    entity_id: str
    action: str
    label: str
    reverses: int | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of a project's history, newest first; `total` counts the entries of all pages."""

    items: tuple[EntryView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EntryMark:
    """That somebody did something; what it changed is left out."""

    seq: int
    actor_id: str
    action: str
    label: str
    reverses: int | None


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """An entry with what it changed, for whoever undoes it."""

    seq: int
    at: datetime
    actor_id: str
    action: str
    label: str
    before: dict[str, Any]
    after: dict[str, Any]
    reverses: int | None
    entity: str = ""
    entity_id: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What looking over a chain found: `broken` is the first entry that is not as it was written (None: all are), and why.

    `head` is the hash of the last entry: kept elsewhere, it proves later that none was cut off the end.
    """

    entries: int
    head: str
    broken: int | None
    why: str
