"""Identifiers: UUIDv7, so that they sort by the time they were made."""

from __future__ import annotations

from uuid_utils import uuid7


def new_id() -> str:
    """A fresh UUIDv7 as 36 characters. Source: RFC 9562, 5.7."""
    return str(uuid7())
