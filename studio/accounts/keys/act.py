"""What one act is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["cut", "play", "press"]
"""What does an act in the browser: the timeline's table (`data-cut`), the player's (`data-play`), or a button of the page
that carries the act's id (`data-hit`)."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a key may do. `keys` are those it has unless a person chose others; `also` are words it is found by as well.

    A `fixed` act keeps its keys. One with a `lead` is two keys, one after the other; the first is always this one.
    """

    room: str
    group: str
    name: str
    words: str
    keys: tuple[str, ...] = ()
    by: By = "press"
    fixed: bool = False
    lead: str = ""
    also: str = ""

    @property
    def id(self) -> str:
        """Its name with its room: "cut.split"."""
        return f"{self.room}.{self.name}"
