"""Titles: how a film opens, what somebody said, and who made it."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.templates.model import Order, Parameter, Template
from studio.engine.templates.stage import (
    INK,
    ORANGE,
    PAPER,
    QUIET,
    YELLOW,
    Stage,
    Way,
    middled,
    on,
)
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import Colour, Shape, Solid, Text, TextStyle, Transform
from studio.engine.timeline.model import Clip, Timeline

HEADLINE = TextStyle(weight=900, leading=0.98, align="left", colour=PAPER)
_NAME, _LEADING = 0.055, 1.5
"""Size and lines of the names that roll by."""

_DARKENED = Colour(exposure=-1.1, saturation=0.85)


def _opening(order: Order) -> Timeline:
    """A hard colour sweeps over, and leaves the title with a bar beside it and a line beneath."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    if stage.source("picture"):
        stage.picture("Picture behind", "picture", zoom=(1.0, 1.06), colour=_DARKENED)
    else:
        stage.put("Ground", Solid(INK))
    line = stage.text("line")
    bar = 0.022 * stage.wide
    foot = stage.bottom - (0.15 * stage.high if line else 0.0)
    box = (stage.left + bar + 0.035 * stage.wide, stage.top, stage.right, foot)
    title = stage.words(stage.text("title"), box, 0.27, HEADLINE, anchor="bottom", upper=True)
    _, top, _, _ = stage.block(title)
    inset = min(0.03 * stage.high, (foot - top) / 8)
    bar_box = (stage.left, top + inset, stage.left + bar, foot - inset)
    stage.put("Bar", Shape(box=middled(bar_box), fill=accent), Way(y=1.2), start=0.2)
    stage.put("Title", title, Way(x=-1.2, comes=0.7), start=0.2)
    if line:
        style = TextStyle(weight=700, colour=on(accent), background=accent, padding=0.5)
        tag = stage.tag(line, (stage.left, stage.bottom), stage.right - stage.left, 0.058, style)
        stage.put("Line", tag, Way(x=-1.2), start=0.5)
    stage.sweep("Sweep", accent, 0.55)
    return stage.timeline("Opening title")


def _quote(order: Order) -> Timeline:
    """The mark, the words and who said them, one under another, in the middle of the frame's height."""
    stage = Stage(order, order.length)
    accent, by = stage.text("colour"), stage.text("by")
    if stage.source("picture"):
        stage.picture("Picture behind", "picture", zoom=(1.0, 1.06), colour=Colour(exposure=-1.6, saturation=0.6))
    else:
        stage.put("Ground", Solid(INK))
    mark, gap, foot = 0.17 * stage.high, 0.05 * stage.high, (0.16 * stage.high if by else 0.0)
    room = stage.bottom - stage.top - mark - gap - foot
    style = TextStyle(weight=800, leading=1.1, align="left", colour=PAPER)
    box = (stage.left, stage.top, stage.right, stage.top + room)
    words = stage.words(stage.text("words"), box, 0.135 if not stage.tall else 0.125, style, anchor="top")
    _, first, _, last = stage.block(words)
    top = 0.5 - (mark + gap + (last - first) + foot) / 2
    quote = TextStyle(size=3.4 * mark, weight=900, colour=accent, align="left", leading=1.0)
    sign = Text("“", quote, middled((stage.left, top, stage.left + stage.wide, top + quote.size)), "top")
    ink_left, ink_top, _, _ = stage.ink(sign)
    x, y, across, down = sign.box
    sign = replace(sign, box=(x + stage.left - ink_left, y + top - ink_top, across, down))
    stage.put("Mark", sign, Way(y=-1.0))
    begins = top + mark + gap
    moved = replace(words, box=middled((box[0], begins, box[2], begins + room)))
    stage.put("Words", moved, Way(fade=True, y=0.05), start=0.2)
    if by:
        name = TextStyle(weight=800, colour=on(accent), background=accent, padding=0.5)
        at = stage.left, begins + (last - first) + foot
        stage.put("Who said it", stage.tag(by, at, stage.right - stage.left, 0.055, name), Way(x=-1.2), start=0.6)
    return stage.timeline("Quote")


def _credits(order: Order) -> Timeline:
    """Names roll by at an even speed. A page is what fits the frame; pages follow each other without a seam."""
    stage = Stage(order, order.length)
    stage.put("Ground", Solid(INK))
    rows = [row for line in stage.text("names").splitlines() for row in _rows(line, stage.tall)]
    step = _NAME * _LEADING * stage.high
    on_page = max(1, int((stage.bottom - stage.top) / step))
    pages = [rows[i : i + on_page] for i in range(0, len(rows), on_page)]
    head = 0.6 if stage.text("title") else 0.0
    travel = 1.05 + head + step * len(rows)
    if head:
        style = TextStyle(weight=900, colour=stage.text("colour"), leading=1.0)
        title = stage.words(stage.text("title"), (stage.left, 0.3, stage.right, 0.7), 0.16, style, upper=True)
        _Roll(stage, head / 2, travel).put("Title", title, head)
    at = head
    for page in pages:
        _page(stage, page, at, step, travel)
        at += step * len(page)
    return stage.timeline("End credits")


def _rows(line: str, tall: bool) -> list[tuple[str, str]]:
    """A line as rows of role and name: beside each other, or in a tall frame one under the other."""
    role, colon, name = (part.strip() for part in line.partition(":"))
    if not colon:
        role, name = "", role
    if not tall or not name:
        return [(role, name)]
    return [*([(role, "")] if role else []), ("", name), ("", "")]


def _page(stage: Stage, page: list[tuple[str, str]], at: float, step: float, travel: float) -> None:
    high, gap = step * len(page), 0.02 * stage.wide
    top, bottom = 0.5 - high / 2, 0.5 + high / 2
    if stage.tall:
        left = right = (stage.left, top, stage.right, bottom)
        quiet, bright = TextStyle(weight=500, colour=QUIET), TextStyle(weight=800, colour=PAPER)
    else:
        left, right = (stage.left, top, 0.5 - gap, bottom), (0.5 + gap, top, stage.right, bottom)
        quiet, bright = (
            TextStyle(weight=500, colour=QUIET, align="right"),
            TextStyle(weight=800, colour=PAPER, align="left"),
        )
    roll = _Roll(stage, at + high / 2, travel)
    for name, which, box, style in (("Names", 1, right, bright), ("Roles", 0, left, quiet)):
        if any(row[which] for row in page):
            told = [stage.row(row[which] or " ", box[2] - box[0], _NAME, style) for row in page]
            size = min(told)
            text = Text("\n".join(row[which] or " " for row in page), replace(style, size=size), middled(box), "top")
            roll.put(name, replace(text, style=replace(text.style, leading=step / size)), high)


class _Roll:
    """Something that rolls through the frame: its middle lies `at` below where the roll begins."""

    def __init__(self, stage: Stage, at: float, travel: float) -> None:
        self.stage, self.at, self.travel = stage, at, travel

    def put(self, name: str, text: Text, high: float) -> None:
        """On a layer that is free while it is seen. Drawn in the middle of the frame and moved by keys."""
        stage, seconds = self.stage, self.stage.seconds
        comes = max(0.0, (self.at - high / 2 - 0.05) / self.travel * seconds)
        leaves = min(seconds, (self.at + high / 2 + 1.05) / self.travel * seconds)
        first, last = stage.timed(comes, leaves)
        whole = stage.order.rate.frames(seconds)

        def y(frame: int) -> float:
            return 0.5 + self.at - self.travel * frame / whole

        keys = (Key(0, y(first)), Key(last - first, y(last)))
        clip = Clip("", name, "", first, last - first, made=text, transform=Transform(y=Curve(keys)))
        stage.clip(clip, layer=name)


_LENGTH = Parameter("length", "Length", "length", 5.0, least=1.5, most=60.0)
_PICTURE = Parameter("picture", "Picture behind", "media", "", optional=True)

OPENING = Template(
    "opening-title",
    "Opening title",
    "The film's name, large, with a line beneath it. On ink, or over a picture.",
    5.0,
    (
        Parameter("title", "Title", "text", "The last ferry", long=True),
        Parameter("line", "Line", "text", "A film by Ann Lee"),
        Parameter("colour", "Colour", "colour", ORANGE),
        _PICTURE,
        _LENGTH,
    ),
    _opening,
)
QUOTE = Template(
    "quote",
    "Quote",
    "What somebody said, and who it was.",
    6.0,
    (
        Parameter("words", "Words", "text", "We had one boat, one light and no idea how cold it would get.", long=True),
        Parameter("by", "Who said it", "text", "Ann Lee, skipper"),
        Parameter("colour", "Colour", "colour", YELLOW),
        _PICTURE,
        Parameter("length", "Length", "length", 6.0, least=2.0, most=60.0),
    ),
    _quote,
)
CREDITS = Template(
    "end-credits",
    "End credits",
    "Names that roll by. One to a line, “Role: Name”; an empty line leaves room.",
    20.0,
    (
        Parameter("title", "Title", "text", "The last ferry"),
        Parameter(
            "names",
            "Names",
            "text",
            "Directed by: Ann Lee\nWritten by: Tom Okafor\n\nMara: Ines Duarte\nThe skipper: Paul Brandt\nThe boy: Noa Stern\n\n"
            "Camera: Lena Vogt\nSound: Idris Khan\nMusic: The Low Water Band\nEditing: Sam Reyes\n\nThank you: the harbour of Kell",
            long=True,
        ),
        Parameter("colour", "Colour of the title", "colour", ORANGE),
        Parameter("length", "Length", "length", 20.0, least=4.0, most=600.0),
    ),
    _credits,
)
