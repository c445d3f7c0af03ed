"""The strip board on paper: a coloured strip a scene, a black one where a day of the story ends, and what the colours mean."""

from __future__ import annotations

from studio.scripts.formats.breakdown.sheet_csv import INSIDE
from studio.scripts.formats.breakdown.sheet_ink import BOLD, LETTER, PLAIN, QUIET, WHITE, Ink
from studio.scripts.formats.breakdown.sheet_xlsx import STRIP_COLOURS
from studio.scripts.sheet.strips import in_pages
from studio.scripts.sheet.views import Breakdown, StripView

_LEFT, _RIGHT, _TOP, _BOTTOM = 36.0, LETTER[0] - 36.0, LETTER[1] - 36.0, 58.0
_STRIP, _BREAK = 24.0, 14.0
_COLUMNS = (0.0, 0.08, 0.165, 0.66, 0.84, 0.92)  # scene, int/ext and time, set and story, cast, day, pages
_MEANINGS = (
    ("white", "INT day"),
    ("yellow", "EXT day"),
    ("blue", "INT night"),
    ("green", "EXT night"),
    ("grey", "not said"),
)


def print_strips(ink: Ink, breakdown: Breakdown) -> None:
    """The board over as many pages as it takes, then who has which number."""
    strips = breakdown.chart.strips
    y = 0.0
    for at, strip in enumerate(strips):
        if y - _STRIP < _BOTTOM:
            y = _page(ink, breakdown)
        y -= _STRIP
        _strip(ink, strip, y)
        ends = at + 1 == len(strips) or strips[at + 1].script_day != strip.script_day
        if ends and y - _BREAK >= _BOTTOM:
            y -= _BREAK
            _day_end(ink, strips, at, y)
    _legend(ink, breakdown, y)


def _page(ink: Ink, breakdown: Breakdown) -> float:
    """A new page with its head; where the strips begin."""
    ink.page()
    ink.text(_LEFT, _TOP - 4, "STRIP BOARD", BOLD, 15, 220)
    ink.text(_RIGHT, _TOP - 4, breakdown.title, BOLD, 11, 300, right=True)
    whole = in_pages(sum(strip.eighths for strip in breakdown.chart.strips))
    ink.text(
        _RIGHT,
        _TOP + 9,
        f"{len(breakdown.chart.strips)} scenes, {whole} pages",
        PLAIN,
        8,
        200,
        right=True,
        colour=QUIET,
    )
    x = _LEFT
    for colour, meaning in _MEANINGS:
        ink.box(x, 36, 12, 12, fill=STRIP_COLOURS[colour])
        ink.text(x + 17, 39, meaning, PLAIN, 8, 70)
        x += 84
    return _TOP - 16


def _strip(ink: Ink, strip: StripView, y: float) -> None:
    whole = _RIGHT - _LEFT
    ink.box(_LEFT, y, whole, _STRIP, fill=STRIP_COLOURS[strip.colour])
    x = [_LEFT + whole * share for share in (*_COLUMNS, 1.0)]
    for edge in x[1:-1]:
        ink.rule(edge, y, edge, y + _STRIP)
    ink.text(x[0] + 5, y + 7, strip.number, BOLD, 13, x[1] - x[0] - 10)
    ink.text(x[1] + 5, y + 14, INSIDE.get(strip.int_ext, ""), BOLD, 7.5, x[2] - x[1] - 10)
    ink.text(x[1] + 5, y + 5, strip.time_of_day.capitalize(), PLAIN, 7, x[2] - x[1] - 8)
    ink.text(x[2] + 5, y + 14, strip.set_name or strip.heading, BOLD, 8.5, x[3] - x[2] - 10)
    ink.text(x[2] + 5, y + 5, strip.story, PLAIN, 7, x[3] - x[2] - 10)
    ink.text(x[3] + 5, y + 8, ", ".join(map(str, strip.cast)), PLAIN, 9, x[4] - x[3] - 10)
    ink.text(x[4] + 5, y + 8, strip.script_day, BOLD, 9, x[5] - x[4] - 10)
    ink.text(x[6] - 5, y + 8, strip.pages, BOLD, 9, x[6] - x[5] - 10, right=True)


def _day_end(ink: Ink, strips: tuple[StripView, ...], last: int, y: float) -> None:
    """The black strip under the last scene of a day, with how long the day is."""
    first = last
    while first and strips[first - 1].script_day == strips[last].script_day:
        first -= 1
    day = strips[first : last + 1]
    ink.box(_LEFT, y, _RIGHT - _LEFT, _BREAK, fill="#000000")
    told = f"End of {strips[last].script_day}"
    ink.text(_LEFT + 5, y + 4, told.upper(), BOLD, 7.5, 200, colour=WHITE)
    ink.text(
        _RIGHT - 5, y + 4, f"{in_pages(sum(s.eighths for s in day))} pages", BOLD, 7.5, 200, right=True, colour=WHITE
    )


def _legend(ink: Ink, breakdown: Breakdown, y: float) -> None:
    """The people by their numbers, in three columns under the strips."""
    people = breakdown.chart.people
    width = (_RIGHT - _LEFT) / 3
    y -= 26
    for at, person in enumerate(people):
        if at % 3 == 0:
            y -= 13
            if y < _BOTTOM:
                y = _page(ink, breakdown) - 13
        told = f"{person.number}.  {person.name}  ({_scenes(person.scenes)})"
        ink.text(_LEFT + (at % 3) * width, y, told, PLAIN, 9, width - 12)


def _scenes(scenes: tuple[int, ...]) -> str:
    return f"{len(scenes)} scene{'' if len(scenes) == 1 else 's'}"
