"""The hash of an entry: SHA-256 over its canonical JSON, which holds the hash of the entry before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
"""What stands before the first entry."""

FIELDS = ("project_id", "seq", "actor_id", "entity", "entity_id", "action", "label", "before", "after", "inverse")


def as_kept(document: dict[str, Any]) -> dict[str, Any]:
    """A document as it comes back from the database: the hash is over this."""
    return json.loads(json.dumps(document, allow_nan=False))


def entry_hash(fields: dict[str, Any], *, at: datetime, reverses: int | None, prev_hash: str) -> str:
    """The hash of an entry with these `FIELDS`, as 64 hexadecimal digits."""
    told = {name: fields[name] for name in FIELDS}
    told |= {"at": at.astimezone(UTC).isoformat(), "reverses": reverses, "prev_hash": prev_hash}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
