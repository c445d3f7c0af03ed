"""Coverage: which words of a script no shot holds, and which spoken lines have no voice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.scripts import service as scripts
from studio.scripts.elements import Element, Kind, source_offset
from studio.scripts.outline import SceneOutline, said
from studio.storyboards import reading
from studio.storyboards.views import SceneCoverage, ScriptCoverage, UncoveredSpan, UnvoicedLine

_FILMED = (Kind.ACTION, Kind.DIALOGUE, Kind.LYRICS, Kind.CENTERED)
_WORD = re.compile(r"\S*\w\S*")
_CAMERA = re.compile(r"(?:FADE|CUT|DISSOLVE|SMASH CUT|MATCH CUT) (?:IN|OUT|TO)[:.]?|(?:THE )?END[.]?")


def coverage_of(uow: UnitOfWork, actor: Actor, script_id: str) -> ScriptCoverage:
    """What the shots of a script hold of it. Headings, cues, parentheticals and transitions are not filmed. Raises: NotFound."""
    scenes = scripts.list_scenes(uow, actor, script_id)
    outlines = {scene.index: scene for scene in scripts.get_outline(uow, actor, script_id).scenes}
    held = _Held(reading.shot_spans(uow, script_id))
    spoken = _Spoken((UnvoicedLine(*row[:6]), bool(row[6])) for row in reading.spoken_lines(uow, script_id))
    found: list[SceneCoverage] = []
    covered = lines = voiced = 0
    for scene in scenes:
        outline = outlines.get(scene.position)
        if outline is None:
            continue
        words, spans = _uncovered(outline, held)
        speeches = list(_speeches(outline, spoken))
        missing = sum(span.words for span in spans)
        covered += words - missing
        lines += len(speeches)
        voiced += sum(has_voice for _, has_voice in speeches)
        found.append(
            SceneCoverage(
                scene_id=scene.id,
                position=scene.position,
                number=scene.number,
                percent=_percent(words - missing, words),
                words=words,
                uncovered=spans,
                unvoiced=tuple(line for line, has_voice in speeches if not has_voice),
            )
        )
    total = sum(scene.words for scene in found)
    return ScriptCoverage(script_id, _percent(covered, total), total, covered, lines, voiced, tuple(found))


class _Held:
    """The parts of a source that shots hold, overlaps joined."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


def _uncovered(scene: SceneOutline, held: _Held) -> tuple[int, tuple[UncoveredSpan, ...]]:
    """How many filmable words a scene has, and the runs of them that no shot holds."""
    words = 0
    spans: list[UncoveredSpan] = []
    for element in scene.elements:
        if element.kind not in _FILMED or _CAMERA.fullmatch(element.text.strip()):
            continue
        run: list[re.Match[str]] = []
        for match in _WORD.finditer(element.text):
            words += 1
            if not held.holds(source_offset(element, match.start()), source_offset(element, match.end() - 1) + 1):
                run.append(match)
            elif run:
                spans.append(_span(element, run))
                run = []
        if run:
            spans.append(_span(element, run))
    return words, tuple(spans)


def _span(element: Element, run: Sequence[re.Match[str]]) -> UncoveredSpan:
    first, last = run[0].start(), run[-1].end()
    start, end = source_offset(element, first), source_offset(element, last - 1) + 1
    return UncoveredSpan(start, end, " ".join(element.text[first:last].split()), len(run))


def _speeches(scene: SceneOutline, spoken: _Spoken) -> Iterator[tuple[UnvoicedLine, bool]]:
    """Every line spoken in a scene and whether it has a voice: those of shots, then speeches that no shot holds."""
    for speech in said(scene):
        within = spoken.within(speech.start, speech.end)
        yield from within
        if not within:
            text = " ".join(speech.text.split())
            yield UnvoicedLine("", "", speech.speaker, text, speech.start, speech.end), False


class _Spoken:
    """The lines of all shots by where they stand."""

    def __init__(self, lines: Iterable[tuple[UnvoicedLine, bool]]) -> None:
        self._lines = sorted(lines, key=lambda each: (each[0].start, each[0].end))
        self._starts = [line.start for line, _ in self._lines]

    def within(self, start: int, end: int) -> list[tuple[UnvoicedLine, bool]]:
        """Those that begin in a part of the source."""
        return self._lines[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]


def _percent(part: int, whole: int) -> int:
    """Rounded, but 100 only when nothing is missing."""
    if part >= whole:
        return 100
    return min(99, round(100 * part / whole))
