"""What a change of a script did to its scenes, for those whose offsets and places hang on it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.scripts.merging.offsets import Block
from studio.scripts.outline import Outline


@dataclass(frozen=True, slots=True)
class Run:
    """Scenes in a row whose words are as they were: positions `first`..`last` of a script, `last` None to its end.

    They are `places` further down now, their words `characters` further, in `to_script_id`: the same script, its drawer,
    or, out of the drawer, the script.
    """

    script_id: str
    first: int
    last: int | None
    to_script_id: str
    places: int
    characters: int


@dataclass(frozen=True, slots=True)
class Part:
    """Where the words of an old scene went: blocks from offsets in its old source to offsets in the new one."""

    scene_id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A scene whose words changed, or a new one.

    `outline` holds a stand-in for the scene before it (only when there is one) and, last, the scene itself; its offsets
    count from `offset` in the source. `text` is the scene's, from `start` on. `parts` are the scenes whose words are in
    it, itself among them unless it is new.
    """

    scene_id: str
    position: int
    number: str
    outline: Outline
    offset: int
    start: int
    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A scene that has another number now."""

    scene_id: str
    was: str
    number: str


@dataclass(frozen=True, slots=True)
class ScriptChange:
    """All that changed, in the order: runs as they are, then rewritten scenes. Scenes `gone` live on in others' parts."""

    script_id: str
    project_id: str
    revision: int
    runs: tuple[Run, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    version_id: str | None = None
