"""What other rooms see of timelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from studio.engine.time import Rate
from studio.engine.timeline import Timeline
from studio.media.views import MediaView
from studio.providers.port import Voice


@dataclass(frozen=True, slots=True)
class TimelineDetail:
    """A timeline and the revision it stood at. A `live` one follows its board and is edited with it, one `by_hand` for itself."""

    id: str
    project_id: str
    revision: int
    timeline: Timeline
    script_id: str | None = None
    live: bool = False
    by_hand: bool = False
    name: str = ""

    @property
    def undrawn(self) -> tuple[str, ...]:
        """The shots in it without a picture: a film made now has them made first."""
        shots = self.timeline.clips("picture")
        return tuple(clip.name for clip in shots if clip.made is None and not clip.media and clip.enabled)

    @property
    def without_music(self) -> int:
        """The frames no music was made for, which has to be made, too."""
        return max(0, self.timeline.frames - sum(clip.frames for clip in self.timeline.clips("music")))


@dataclass(frozen=True, slots=True)
class CueView:
    """A piece of music the film needs: from frame `start` for `frames`, in a mood, made from a seed, under these scenes."""

    start: int
    frames: int
    mood: str
    seed: int
    scenes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineCard:
    """A timeline at a glance: its length in whole frames, and whether it is `live`, following its board, or cut by hand."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    frames: int
    rate: Rate
    width: int
    height: int
    revision: int
    created_at: datetime
    live: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A clip of a cut that shows or sounds a media: where it begins, in frames of the cut's rate."""

    timeline_id: str
    cut: str
    live: bool
    clip_id: str
    clip: str
    start: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file a cut names and the project lacks: the name of a clip of it, how many clips there are, how many of its frames they
    need; `alike` are hashes of files of the project that are called as it is."""

    key: str
    name: str
    clips: int
    frames: int
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterView:
    """Where a scene begins in the film: whole frames and seconds from its start."""

    frame: int
    seconds: float
    heading: str


Became = Literal["came", "went", "moved", "length", "sound", "changed"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clip is: frames from the start of the film, its length, and how loud it is in decibels."""

    start: int
    frames: int
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class ClipChange:
    """What became of a clip: where it was and where it is now. Clips that others only pushed along are left out."""

    clip: str
    name: str
    became: Became
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class CutEdit:
    """What edits of a cut came to: its revision and length afterwards, and what is different.

    `labels` say in words what was done, `seqs` where that is in the history; a trial (`kept` false) changed nothing.
    """

    timeline_id: str
    revision: int
    frames_before: int
    frames: int
    changes: tuple[ClipChange, ...]
    labels: tuple[str, ...]
    seqs: tuple[int, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class LossView:
    """What a file for another program does not have of the cut: `where` first, and in how many places."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class TimelineFile:
    """A cut as a file for another program."""

    name: str
    mime: str
    data: bytes
    losses: tuple[LossView, ...]


@dataclass(frozen=True, slots=True)
class TimelineEdit:
    """What an act on a cut by hand came to: from which revision to which, as a patch, in words, and clip by clip.

    `seq` is its revision in the journal; None where nothing was kept: it was a trial, or changed nothing.
    """

    timeline_id: str
    revision: int
    from_revision: int
    patch: dict[str, Any]
    label: str
    frames_before: int
    frames: int
    changes: tuple[ClipChange, ...]
    seq: int | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Act:
    """An act in the journal of a cut: who did what, when, and which revision it led to. `of` is the act it undid or did again."""

    revision: int
    by: str
    by_name: str
    kind: str
    label: str
    of: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ActPage:
    """One page of a cut's journal, newest first; `total` counts the acts of all pages."""

    items: tuple[Act, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EditPatch:
    """What a page that holds a revision has to do to hold the next: a patch, and whose act it was."""

    revision: int
    from_revision: int
    patch: dict[str, Any]
    by: str
    by_name: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A cut as it was at a revision, kept under a name."""

    id: str
    name: str
    revision: int
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeNote:
    """What was taken of the board, or was not, in a sentence; `clip` is empty where it is of none."""

    clip: str
    name: str
    became: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MergeView:
    """What laying the board's changes on a cut comes to; where both had changed the same (`conflicts`) the cut stays as it is."""

    edit: TimelineEdit
    taken: tuple[MergeNote, ...]
    conflicts: tuple[MergeNote, ...]


@dataclass(frozen=True, slots=True)
class ClipMedia:
    """A file clips show: `frames` at the rate of the timeline (None where it has no end, or nobody has read it yet).

    The last four say whether there is a small film of it, a strip of its pictures, a picture of its sound and a list of its beats.
    """

    kind: Literal["video", "image", "audio"]
    name: str
    frames: int | None
    width: int
    height: int
    sound: bool
    proxy: bool = False
    filmstrip: bool = False
    waveform: bool = False
    beats: bool = False


@dataclass(frozen=True, slots=True)
class TimelineShape:
    """The rate of a cut, and the size of its picture in pixels."""

    rate: Rate
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A cut as a page holds it: the whole document once, then patches. `me` is who looks."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    revision: int
    live: bool
    editable: bool
    document: dict[str, Any]
    media: dict[str, ClipMedia]
    me: str


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template to choose; `ours` come with Inkreel."""

    id: str
    name: str
    about: str
    seconds: float
    ours: bool


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A template as it lies in a cut: from frame `at`, made of these clips, filled with these values."""

    use: str
    template_id: str
    at: int
    clips: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckView:
    """Something wrong with a cut before its film is made: from frame `start` to `end`; a `grave` one is seen or heard by all."""

    kind: str
    grave: bool
    start: int
    end: int
    told: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A timeline of another program as a cut by hand; `losses` is what of it did not come, `missing` how many files are lost."""

    cut: TimelineDetail
    losses: tuple[LossView, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class TakeBrief:
    """What a worker needs to voice a sentence of a cut anew."""

    text: str
    manner: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class SaidAnew:
    """A sentence of a cut that was said anew in a clip: what it was before (several, where it was voiced for several), what it
    is now, and the line of the board its clip was made of ("" is none)."""

    clip: str
    start: int
    was: tuple[str, ...]
    text: str
    line_id: str


@dataclass(frozen=True, slots=True)
class ShotLength:
    """A shot that is not as long in a cut as on its board: frames at `rate`, the project's; why it could not be given, in words."""

    shot_id: str
    number: str
    on_board: int
    in_cut: int
    rate: Rate
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LengthsGiven:
    """Shots whose length the board took, those it kept and why, and what that is in the board's history (None: nothing)."""

    given: tuple[ShotLength, ...]
    kept: tuple[ShotLength, ...]
    seq: int | None
    label: str


@dataclass(frozen=True, slots=True)
class ToneView:
    """A band of an equaliser: "high_pass", "low_pass", "bell", "low_shelf" or "high_shelf" at `hertz`."""

    kind: str
    hertz: float
    db: float
    q: float


@dataclass(frozen=True, slots=True)
class CompressorView:
    """A compressor: from `threshold_db` on, 1 dB more for `ratio` dB, let go at so many dB a second, then `makeup_db` louder."""

    threshold_db: float
    ratio: float
    attack_ms: float
    release_db_s: float
    makeup_db: float


@dataclass(frozen=True, slots=True)
class TrackMix:
    """How a track sounds: the gain that balances it by itself, in dB; that under what it is ducked by as (frame, dB), straight
    between; its tone; its compressor."""

    gain_db: float = 0.0
    duck: tuple[tuple[float, float], ...] = ()
    tone: tuple[ToneView, ...] = ()
    compressor: CompressorView | None = None


@dataclass(frozen=True, slots=True)
class MixView:
    """How a cut sounds at a revision, by the ids of its audio tracks."""

    revision: int
    tracks: dict[str, TrackMix]


@dataclass(frozen=True, slots=True)
class Voiced:
    """A cut at a revision, and the files that are heard in it."""

    timeline: Timeline
    revision: int
    files: dict[str, MediaView]
