"""Which espeak-ng voice a character gets: a pure choice by name and hints, so that a cast stays the same for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio.providers.port import Voice

NARRATOR = "NARRATOR"

_ACCENTS = ("en-us", "en-gb")
# Chosen by measure from the 100 variants of espeak-ng 1.51: far apart in pitch and long-term spectrum, none clipped or muffled.
_MEN = ("m3", "robert", "m7", "Mario", "travis", "Alex", "victor", "m4", "boris", "Michael", "pablo", "m2", "quincy")
_WOMEN = ("f2", "belinda", "Annie", "f5", "Alicia", "f3", "linda", "Andrea", "aunty")
_OLD_MEN = ("m1", "m8", "david", "m6")
_OLD_WOMEN = ("f1", "f4", "grandma")
_CHILDREN = ("f5", "f3", "f2", "Annie", "linda")
_NARRATOR = Voice("en-gb-x-rp+m5", 42, 158)

_ID = re.compile(r"(?P<accent>[a-z-]+)\+(?P<variant>[A-Za-z0-9]+)(?:/(?P<age>child|old))?(?:#[0-9]+)?")
_FEMININE = frozenset(_WOMEN + _OLD_WOMEN + _CHILDREN)


@dataclass(frozen=True, slots=True)
class Timbre:
    """What espeak-ng is asked for, and `tract`: how much shorter the throat is than an adult's (pitch and formants together)."""

    accent: str
    variant: str
    feminine: bool
    tract: float


def cast(name: str, *, feminine: bool | None, age: str, taken: frozenset[str]) -> Voice:
    """A voice for a character, always the same for the same arguments: not a taken one, nor a taken timbre, while any is left.

    `age` is child, adult or old. NARRATOR has a voice of its own that nobody else gets.
    """
    if _normal(name) == NARRATOR:
        return _NARRATOR
    seed = _digest(_normal(name))
    tag = f"/{age}" if age in ("child", "old") else ""
    choices = _shuffled(_variants(feminine, age, seed), seed)
    accents = _ACCENTS if seed[0] % 3 else _ACCENTS[::-1]
    heard = {timbre(voice).variant for voice in taken}
    candidates = [f"{accent}+{variant}{tag}" for accent in accents for variant in choices]
    fresh = (c for c in candidates if timbre(c).variant not in heard)
    chosen = next(fresh, None) or _first_free(candidates, taken)
    again = int(chosen.partition("#")[2] or 1)
    return Voice(chosen, _pitch(seed, age, again), _pace(seed, age, again))


def timbre(voice_id: str) -> Timbre:
    """What to ask espeak-ng for; an id of another engine gets a timbre by its hash."""
    found = _ID.fullmatch(voice_id)
    if not found:
        return timbre(cast(voice_id, feminine=None, age="adult", taken=frozenset()).id)
    variant = found["variant"]
    tract = {"child": 1.13, "old": 0.97}.get(found["age"] or "", 1.0)
    return Timbre(found["accent"], variant, variant in _FEMININE, tract)


def _variants(feminine: bool | None, age: str, seed: bytes) -> tuple[str, ...]:
    if age == "child":
        return _CHILDREN
    old = age == "old"
    men, women = (_OLD_MEN, _OLD_WOMEN) if old else (_MEN, _WOMEN)
    if feminine is None:
        feminine = seed[1] % 2 == 1
    return women if feminine else men


def _shuffled(variants: Iterable[str], seed: bytes) -> list[str]:
    return sorted(variants, key=lambda v: hashlib.sha256(seed + v.encode()).digest())


def _first_free(candidates: list[str], taken: frozenset[str]) -> str:
    """The first not taken; when all are, the same voices again at another pitch and pace."""

    def numbered() -> Iterator[str]:
        yield from candidates
        for n in range(2, len(taken) + 3):
            yield from (f"{c}#{n}" for c in candidates)

    return next(c for c in numbered() if c not in taken)


def _pitch(seed: bytes, age: str, again: int) -> int:
    middle = {"child": 62, "old": 40}.get(age, 50)
    shift = (-1) ** again * 12 * ((again - 1) % 3)
    return max(5, min(95, middle - 7 + seed[2] % 15 + shift))


def _pace(seed: bytes, age: str, again: int) -> int:
    middle = {"child": 165, "old": 138}.get(age, 160)
    return middle - 9 + seed[3] % 19 + 6 * ((again - 1) % 3)


def _normal(name: str) -> str:
    return " ".join(name.upper().split())


def _digest(name: str) -> bytes:
    return hashlib.sha256(f"voice:{name}".encode("utf-8", "surrogatepass")).digest()
