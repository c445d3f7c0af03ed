"""Passwords: how they are kept, compared and judged."""

from __future__ import annotations

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from studio.accounts import passwords
from studio.core.errors import Invalid


def checked(password: str) -> str:
    return passwords.checked_password(password, email="mara.voss@example.com", display_name="Mara Voss")


def test_a_password_is_kept_as_argon2id_with_19_mib_and_two_passes() -> None:
    kept = passwords.hashed("the ferry at dawn")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != passwords.hashed("the ferry at dawn")


def test_only_the_same_password_is_right() -> None:
    kept = passwords.hashed("the ferry at dawn")
    assert passwords.verified("the ferry at dawn", kept) == (True, None)
    assert passwords.verified("the ferry at dusk", kept) == (False, None)


@pytest.mark.parametrize("kept", [None, "", "none", "$argon2id$v=19$m=19456"])
def test_without_a_readable_hash_every_password_is_wrong(kept: str | None) -> None:
    assert passwords.verified("the ferry at dawn", kept) == (False, None)


def test_a_weaker_hash_is_replaced_when_the_password_is_right() -> None:
    weak = PasswordHash((Argon2Hasher(memory_cost=8192, time_cost=1, parallelism=1),)).hash("the ferry at dawn")
    correct, rehash = passwords.verified("the ferry at dawn", weak)
    assert correct
    assert rehash is not None
    assert rehash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verified("wrong and long", weak) == (False, None)


def test_the_same_letters_composed_otherwise_are_the_same_password() -> None:
    assert passwords.verified("cafe\u0301 du port", passwords.hashed("caf\u00e9 du port"))[0]


def test_half_a_character_is_no_error() -> None:
    assert passwords.verified("broken \ud800 half", passwords.hashed("broken \ud800 half"))[0]


@pytest.mark.parametrize(
    "good", ["the ferry at dawn", "xK9#mPq2vL", "十文字以上のパスワード", "a" * 9 + "bc", "abc" * 66]
)
def test_these_are_good_enough(good: str) -> None:
    assert checked(good) == good


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "at least 10"),
        ("short pw!", "at least 10"),
        ("x y" * 67, "at most 200"),
        ("Mara.Voss@example.com", "name or e-mail"),
        ("M A R A  VOSS", "name or e-mail"),
        ("Password123", "less common"),
        ("password 1234", "less common"),
        ("qwertyuiop", "less common"),
        ("1212121212", "less common"),
        ("aaaaaaaaaaaaa", "less common"),
    ],
)
def test_these_are_not(bad: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        checked(bad)
    assert refused.value.field == "password"
