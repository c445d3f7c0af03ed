"""What other rooms see of storyboards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.engine.artist.spec import Angle, Light, Move, PanelSpec, ShotType, Size
from studio.providers.port import Voice
from studio.runs.views import RunView
from studio.storyboards.printing.worksheet.placing import SheetReport

Edge = Literal["head", "tail"]


@dataclass(frozen=True, slots=True)
class PanelBrief:
    """What a worker needs to draw one panel; width and height in pixels.

    `drawn` says that it has a picture already, `stale` that this was made before the shot changed.
    """

    panel_id: str
    project_id: str
    number: str
    spec: PanelSpec
    width: int
    height: int
    drawn: bool
    stale: bool = False


@dataclass(frozen=True, slots=True)
class LineBrief:
    """What a worker needs to speak one line."""

    line_id: str
    text: str
    manner: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a line and when it is heard, in seconds from the line's start."""

    text: str
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class VoicedLine:
    """What is said in a recording, and by whom; `how`: the script's word for the manner, who recorded it, how complete it is."""

    speaker: str
    sentences: tuple[SentenceView, ...]
    how: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a line as the script has them now, and where: from one letter of its source to before another."""

    script_id: str
    scene_id: str
    scene: int
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LineView:
    """A voiced line in a shot, `offset` frames after the shot's start."""

    speaker: str
    offset: int
    seconds: float
    sha256: str
    sentences: tuple[SentenceView, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class ShotView:
    """A shot as the cut needs it: picture, length in frames, camera move, lines; its `panels` where it has several."""

    id: str
    number: str
    scene: int
    frames: int
    move: Move
    description: str
    action: str
    picture: str | None
    lines: tuple[LineView, ...]
    panels: tuple[PanelShown, ...] = ()
    scene_id: str = ""


@dataclass(frozen=True, slots=True)
class PanelShown:
    """What the cut shows of one of several panels, for so many frames; no picture before it is drawn."""

    number: str
    picture: str | None
    frames: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a board's pictures and voices, and how complete they are."""

    image: str
    voice: str
    completeness: str


@dataclass(frozen=True, slots=True)
class BoardScene:
    """A scene of a board: its shots, how many are drawn, their length, and its first eight pictures (None: undrawn).

    `stale` counts the pictures made before their shots changed; `people` are those in its shots.
    """

    position: int
    number: str
    heading: str
    int_ext: str
    set_name: str
    time_of_day: str
    eighths: int
    shots: int
    drawn: int
    frames: int
    seconds: float
    strip: tuple[str | None, ...]
    id: str = ""
    locked: bool = False
    stale: int = 0
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelCard:
    """A shot on the board with the picture shown for it.

    `scene` is the position of its scene; `speaker` and `dialogue` are its first line's; `start`..`end` is the span of the
    source it covers; `sha256`, `origin`, `completeness` and `version` are None until it is drawn; `stale` says that the
    picture was made before the shot changed, `locked` that its number stays. `panels` counts them; the first is shown.
    """

    shot_id: str
    panel_id: str
    number: str
    scene: int
    size: str
    type: str
    angle: str
    move: str
    lens_mm: float
    frames: int
    seconds: float
    description: str
    action: str
    speaker: str | None
    dialogue: str
    start: int
    end: int
    sha256: str | None
    origin: str | None
    completeness: str | None
    version: int | None
    stale: bool = False
    locked: bool = False
    cast: tuple[str, ...] = ()
    panels: int = 1


@dataclass(frozen=True, slots=True)
class PanelView:
    """One panel of a shot: `at` and `frames` say when it is shown, counted from the shot's start; `number` is 12A, or 12A/2
    where there are several. `sha256`, `origin`, `completeness` and `version` are None until it is drawn."""

    id: str
    shot_id: str
    number: str
    at: int
    frames: int
    seconds: float
    size: str
    sha256: str | None
    origin: str | None
    completeness: str | None
    version: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of a board; `total` counts the shots of all pages."""

    items: tuple[PanelCard, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """Words spoken in a shot and, once voiced, their length in seconds and their sound."""

    speaker: str
    text: str
    seconds: float | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One drawing of a panel."""

    number: int
    sha256: str
    origin: str
    provider: str
    completeness: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ShotDetail:
    """All there is to know of a shot; `light` and `time` are words of its scene; `timed` says that a person set its length.
    `panels` are in order; picture, `light` and `versions` (newest first) are those of the panel that was asked for, the first
    unless another was."""

    card: PanelCard
    script_id: str
    project_id: str
    scene_heading: str
    cast: tuple[str, ...]
    light: str
    time: str
    rule: str
    lines: tuple[SpokenLine, ...]
    versions: tuple[VersionView, ...]
    previous_id: str | None
    next_id: str | None
    panels: tuple[PanelView, ...] = ()
    timed: bool = False


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How far the board of a script is; `completeness` is the worst of its pictures and voices, `poster` a picture of it."""

    shots: int
    drawn: int
    frames: int
    lines: int
    voiced: int
    completeness: str
    poster: str | None


@dataclass(frozen=True, slots=True)
class PanelThumb:
    """A drawn panel, small."""

    shot_id: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ShotHit:
    """A shot found by its number or its words."""

    id: str
    project_id: str
    number: str
    description: str


@dataclass(frozen=True, slots=True)
class UncoveredSpan:
    """Words no shot holds: `source[start:end]` is where they stand, `words` how many they are."""

    start: int
    end: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class UnvoicedLine:
    """A spoken line without a voice; `shot_id` and `number` are empty where no shot holds it."""

    shot_id: str
    number: str
    speaker: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SceneCoverage:
    """How much of a scene's filmable words its shots hold, in whole per cent (100 only when all), and what is missing."""

    scene_id: str
    position: int
    number: str
    percent: int
    words: int
    uncovered: tuple[UncoveredSpan, ...]
    unvoiced: tuple[UnvoicedLine, ...]


@dataclass(frozen=True, slots=True)
class ScriptCoverage:
    """The coverage of every scene and of the whole; `lines` are all spoken lines, `voiced` those with a voice."""

    script_id: str
    percent: int
    words: int
    covered: int
    lines: int
    voiced: int
    scenes: tuple[SceneCoverage, ...]


@dataclass(frozen=True, slots=True)
class SceneCounts:
    """What hangs on a scene."""

    shots: int
    drawn: int
    voiced: int


@dataclass(frozen=True, slots=True)
class ShotReason:
    """Why a shot is there: the rule that made it, the script's words it shows, and whether a person changed it since."""

    shot_id: str
    number: str
    rule: str
    words: str
    asked_for: bool
    edited: bool


@dataclass(frozen=True, slots=True)
class PrintView:
    """A file of a board that was asked for; `layout` is a PDF's, no `scenes` (positions) are all.

    `name`, `sha256` and `size_bytes` are empty or None until it is made; `run` says how far it is.
    """

    id: str
    project_id: str
    script_id: str
    run: RunView
    format: str
    layout: str | None
    scenes: tuple[int, ...]
    mime: str
    name: str
    sha256: str | None
    size_bytes: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One page of the prints of a board, newest first; `total` counts those of all pages."""

    items: tuple[PrintView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ScanBrief:
    """What a worker needs to read sheets: the size of a panel, the panels (id, number) in the order of the board, and the id of
    the one that drawings on blank sheets begin with."""

    width: int
    height: int
    panels: tuple[tuple[str, str], ...]
    first: str | None


@dataclass(frozen=True, slots=True)
class ScanView:
    """Drawn worksheets brought in at once: their files' `names`, what came of every page, how many drawings were `kept`.

    There is nothing of the last two until they are read; `run` says how far that is.
    """

    id: str
    project_id: str
    script_id: str
    run: RunView
    names: tuple[str, ...]
    sheets: tuple[SheetReport, ...]
    kept: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page of the sheets brought in on a board, newest first; `total` counts those of all pages."""

    items: tuple[ScanView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LayoutView:
    """A page layout and a drawing of it: `pictures` and `words` are SVG paths on a page of `width` by `height` points."""

    name: str
    says: str
    landscape: bool
    turns: bool
    width: float
    height: float
    pictures: str
    words: str


@dataclass(frozen=True, slots=True)
class ContinuityWarning:
    """Two shots that do not cut together. `rule` is axis, direction, turn, eyeline, jump or wardrobe; `told` says why in a
    sentence; `shot_id` is the second of the two and `scene` the position of its scene; `reason` is why it is meant, if it is."""

    id: str
    rule: str
    first_shot_id: str
    first_number: str
    shot_id: str
    number: str
    scene: int
    told: str
    dismissed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ShotFields:
    """What is to be changed in a shot; None leaves a field as it is. A length in whole frames, a lens in millimetres.

    `edge` is the end a new length is taken from or given to; without it all pauses share. `timed` false gives the length back
    to the voices, true keeps it as it is.
    """

    size: Size | None = None
    type: ShotType | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens_mm: float | None = None
    frames: int | None = None
    description: str | None = None
    cast: tuple[str, ...] | None = None
    light: Light | None = None
    edge: Edge | None = None
    timed: bool | None = None


@dataclass(frozen=True, slots=True)
class BoardEdit:
    """What an act on a board came to: what it was in words, its place in the history (None: nothing changed), the shots it
    was about that are on the board now, and the panel of a shot that it was about, if it was about one."""

    action: str
    label: str
    seq: int | None
    shots: tuple[PanelCard, ...]
    panel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """What somebody can undo and do again next, in words; "" is nothing."""

    undo: str
    redo: str


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where a panel is, the size of its pictures in pixels and the one shown."""

    panel_id: str
    shot_id: str
    project_id: str
    number: str
    width: int
    height: int
    sha256: str | None
