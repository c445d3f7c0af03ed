"""What other rooms see of people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UserRole(StrEnum):
    USER = "user"
    CREATOR = "creator"
    PRO = "pro"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: every service asks for one."""

    user_id: str
    role: UserRole
