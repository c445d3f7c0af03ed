"""What other rooms see of scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.scripts.elements import Kind, Side
from studio.scripts.merging.change import ScriptChange

PrintedKind = Literal["heading", "action", "character", "parenthetical", "dialogue", "lyric", "transition", "centered"]


@dataclass(frozen=True, slots=True)
class SceneView:
    """A scene: number and heading and what it names, length in eighths of a page and seconds."""

    id: str
    position: int
    number: str
    heading: str
    eighths: int
    seconds: float
    int_ext: str = "OTHER"
    set_name: str = ""
    time_of_day: str = ""


@dataclass(frozen=True, slots=True)
class ScriptDetail:
    """A script with its scenes in order and the names of its people."""

    id: str
    project_id: str
    title: str
    author: str
    eighths: int
    seconds: float
    scenes: tuple[SceneView, ...]
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptExport:
    """A script as a file: its bytes, MIME type and name."""

    data: bytes
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class ScriptCard:
    """A script at a glance; `name` is the file it came from, `scenes` how many it has, lengths as in `SceneView`."""

    id: str
    project_id: str
    title: str
    author: str
    name: str
    scenes: int
    eighths: int
    seconds: float
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ElementView:
    """One printed part of a scene: its words without any markup, and where they stand in the source."""

    kind: PrintedKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScenePage:
    """A scene as it is printed."""

    scene: SceneView
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A character of the project: cues in the newest script, age (child, adult, old), the name of their voice once cast."""

    name: str
    lines: int
    age: str
    voice: str | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of the project and in how many scenes of the newest script it is."""

    name: str
    int_ext: str
    scenes: int


@dataclass(frozen=True, slots=True)
class SceneHit:
    """A scene found by its heading."""

    id: str
    project_id: str
    position: int
    number: str
    heading: str


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A character found by name."""

    id: str
    project_id: str
    name: str
    age: str


Fate = Literal["kept", "edited", "moved", "split", "merged", "new", "cut"]
"""What became of a scene. A moved one may have been edited as well; a split one is one of several, a merged one was several."""

VersionOrigin = Literal["import", "edit", "merge", "restore"]
Choice = Literal["same", "apart"]
"""A doubtful scene: the old one goes on in the new one, or the old one is cut and the new one is new."""


@dataclass(frozen=True, slots=True)
class SceneText:
    """A scene's raw Fountain, as it stands from `start` on in the source; who changes it names the revision they saw."""

    scene: SceneView
    text: str
    start: int
    revision: int


@dataclass(frozen=True, slots=True)
class SceneEdit:
    """A scene as it is kept after an edit.

    `merged` says that somebody else's changes of the same scene are in `text` too; `restructured` that scenes came or went,
    so that the list of scenes has to be read again. `version_id` is the version kept before the edit, if one was due.
    """

    text: SceneText
    merged: bool
    restructured: bool
    change: ScriptChange | None
    version_id: str | None = None


@dataclass(frozen=True, slots=True)
class ScriptVersionView:
    """The text of a script as it was; `by_id` is who brought it in or was about to change it."""

    id: str
    number: int
    name: str
    origin: VersionOrigin
    by_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ScriptVersionPage:
    """One page of the versions of a script, newest first; `total` counts those of all pages."""

    items: tuple[ScriptVersionView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words of a scene that are the same in both texts, or only in one of them."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class SceneDiff:
    """What became of one scene between two texts: its number and heading then and now (empty where it is not), its words."""

    fate: Fate
    number: str
    heading: str
    was_number: str
    was_heading: str
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class MergeScene:
    """A scene of a merge: where it is in the new text (`position`; None when it is cut) and what it was.

    `was` are the ids of the scenes its words come from; `drawn` panels and `voiced` lines are what those carry along.
    """

    fate: Fate
    position: int | None
    number: str
    heading: str
    was: tuple[str, ...]
    was_number: str
    was_heading: str
    confidence: float
    drawn: int = 0
    voiced: int = 0


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """A scene that may or may not be one of the old ones; a person decides. Unanswered it counts as the same."""

    id: str
    scene_id: str
    was_number: str
    was_heading: str
    position: int
    number: str
    heading: str
    confidence: float
    was_text: str
    text: str
    drawn: int = 0
    voiced: int = 0


@dataclass(frozen=True, slots=True)
class MergeView:
    """What a new text would make of a script: every scene of it in order, the cut ones after them, and what to decide."""

    revision: int
    scenes: tuple[MergeScene, ...]
    conflicts: tuple[MergeConflict, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One paragraph of a file being looked over: `place` as the file has it, `guessed` where the type is not certain."""

    index: int
    kind: Kind
    text: str
    number: str
    side: Side
    place: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class LossView:
    """Something the file holds that is not kept, and how many of it."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file being looked over: what it is, what was understood, and what of it is not kept. Lengths as in `SceneView`.

    `project_id` is where it will go, None for a project of its own; `guessed` counts the paragraphs of uncertain type.
    """

    id: str
    project_id: str | None
    name: str
    format: str
    title: str
    author: str
    paragraphs: int
    guessed: int
    scenes: int
    cues: int
    characters: tuple[str, ...]
    locations: tuple[str, ...]
    eighths: int
    seconds: float
    losses: tuple[LossView, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptNote:
    """A note in a script, without its brackets, and the scene it stands in."""

    scene_id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ScriptSurvey:
    """A script as a writer counts it: words outside notes and cut passages, notes in order (at most 200)."""

    words: int
    notes: tuple[ScriptNote, ...]
    note_count: int


@dataclass(frozen=True, slots=True)
class WordsFound:
    """How often words stand in a script, and how often in each scene that has them: (id, number, position, times)."""

    total: int
    scenes: tuple[tuple[str, str, int, int], ...]
