"""Numbers measured of a film's sound by chunks, kept under keys that name all they hang on: what is known is not heard again."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

VERSION = 2
"""Raised whenever the same clips would sound otherwise: what is kept is then made anew."""

_MOST_PACKED = 2000

Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Measures:
    """Numbers in files of a folder; `used` names those that were asked for."""

    folder: Path
    used: dict[str, None] = field(default_factory=dict[str, None])

    def of(self, key: str, measure: Callable[[], Numbers]) -> Numbers:
        """The numbers under a key, measured unless they are there."""
        found = self.find(key)
        return self.keep(key, measure()) if found is None else found

    def find(self, key: str) -> Numbers | None:
        """The numbers under a key, if they are there."""
        path = self.folder / f"{key}.npy"
        self.used[path.name] = None
        return np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) if path.is_file() else None

    def keep(self, key: str, numbers: Numbers) -> Numbers:
        """Put numbers under a key."""
        written(self.folder / f"{key}.npy", numbers)
        return numbers


def written(path: Path, numbers: Numbers) -> None:
    """Keep numbers as a file, which appears whole or not at all."""
    part = path.with_name(f".{path.stem}.{os.getpid()}.{secrets.token_hex(4)}.npy")
    try:
        np.save(part, numbers, allow_pickle=False)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def key_of(*content: object) -> str:
    """The key of what this content decides."""
    return hashlib.sha256(json.dumps([VERSION, *content]).encode()).hexdigest()


def packed(folder: Path, used: Sequence[str], out: Path) -> None:
    """Write the measures of a folder as one file: those used, then others that are there, some thousands at most."""
    there = sorted(path.name for path in folder.glob("*.npy"))
    with ZipFile(out, "w") as file:
        for name in [*used, *(name for name in there if name not in set(used))][:_MOST_PACKED]:
            file.write(folder / name, name)


def unpacked(pack: Path, folder: Path) -> None:
    """Lay the measures of a file into a folder; one that is damaged holds none."""
    try:
        with ZipFile(pack) as file:
            file.extractall(folder)
    except BadZipFile:
        return
