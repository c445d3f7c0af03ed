"""Passwords: how they are kept, compared and judged. Nothing here knows a database."""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from studio.core.errors import Invalid

SHORTEST, LONGEST = 10, 200

# Source: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB, 2 passes, 1 lane.
_HASH = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))

_COMMON_WORDS = """
0123456789 0987654321 1029384756 1111111111 123123123123 1234512345 1234567890 12345678900 12345678910 1234567891
123456789a 123456789q 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 9876543210 a123456789 abc1234567 abcd123456 abcdefghij
abcdefghijk adminadmin admin12345 administrator asdfasdfasdf asdfghjkl1 asdfghjkl; baseball123 changeme123
charlie123 chocolate1 computer123 contraseña dragon12345 football123 football10 hello12345 helloworld iloveyou12
iloveyou123 iloveyou1234 letmein123 letmein1234 letmeinnow liverpool1 manchester mot2passe motdepasse motdepasse1
myp@ssw0rd mypassword mypassword1 p@ssw0rd123 p@ssword123 p@ssword1! pa$$word123 passw0rd123 passwort123
password00 password01 password11 password12 password123 password123! password1234 password12345 password1!
password!1 password2024 password2025 password2026 passwordpassword princess123 qazwsxedc1 qazwsxedcrfv qwerasdfzxcv
qwertyuiop qwertyuiop1 qwertyuiop123 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty rockyou123 secret1234
starwars123 sunshine123 superman123 supersecret test123456 testtest123 trustno1trustno1 unbelievable welcome123
welcome1234 welcome2024 welcome2025 welcome2026 zxcvbnm123 zaq12wsxcde3
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def hashed(password: str) -> str:
    """The argon2id hash to keep; takes tens of milliseconds, so never inside a transaction."""
    return _HASH.hash(_bytes(password))


def verified(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Whether the password is the one kept, and a new hash when the kept one is of older strength.

    Without a kept hash, or with one nobody can read, the answer is no, after the same time.
    """
    try:
        correct, rehash = _HASH.verify_and_update(_bytes(password), kept or _dummy())
    except UnknownHashError:
        return verified(password, None)
    return (correct, rehash) if kept else (False, None)


def checked_password(password: str, *, email: str, display_name: str) -> str:
    """The password, when it is good enough. Raises: Invalid (field "password")."""
    if len(password) < SHORTEST:
        raise Invalid(f"Choose a password of at least {SHORTEST} characters.", field="password")
    if len(password) > LONGEST:
        raise Invalid(f"A password may have at most {LONGEST} characters.", field="password")
    plain = _squeezed(password)
    own = {_squeezed(email), _squeezed(email.partition("@")[0]), _squeezed(display_name)}
    if plain in own:
        raise Invalid(
            "Your name or e-mail is the first thing somebody would try. Choose another password.", field="password"
        )
    if plain in _COMMON or len(set(plain)) < 3:
        raise Invalid("This password is one of the first that are tried. Choose a less common one.", field="password")
    return password


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bytes(password: str) -> bytes:
    """The same bytes for the same text however a keyboard composed it."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _dummy() -> str:
    return hashed(secrets.token_urlsafe(16))
