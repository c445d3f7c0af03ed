"""The words a person is known by: e-mail, display name, username. Nothing here knows a database."""

from __future__ import annotations

import re
import secrets

from email_validator import EmailNotValidError, validate_email

from studio.core.errors import Invalid
from studio.core.text import one_line

LONGEST_NAME = 120


def normalised_email(text: str) -> str:
    """The one form in which an e-mail address is kept and compared; whether mail arrives there is not asked.

    Raises:
        Invalid: it is no e-mail address (field "email").
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, globally_deliverable=False)
    except (EmailNotValidError, UnicodeError) as e:
        raise Invalid("This is not an e-mail address. It looks like name@example.com.", field="email") from e
    if "." not in found.domain:
        raise Invalid("This e-mail address lacks its ending, as in name@example.com.", field="email")
    return found.normalized.lower()


def checked_display_name(text: str) -> str:
    """The name others see. Raises: Invalid (field "display_name")."""
    name = one_line(text)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A name has 1 to {LONGEST_NAME} characters.", field="display_name")
    return name


def username_of(email: str, *, distinct: bool = False) -> str:
    """A username made of the e-mail's first part; `distinct` adds six random characters to it."""
    name = re.sub(r"[^a-z0-9._-]+", "", email.partition("@")[0])[:40].strip("._-") or "person"
    return f"{name}-{secrets.token_hex(3)}" if distinct else name
