"""Pictures put together: side by side, one after another, whole in a frame of another shape, and a thing to be sold."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.templates.model import Order, Parameter, Template
from studio.engine.templates.stage import INK, ORANGE, PAPER, STAYS, YELLOW, Stage, Way, middled, on, stacked
from studio.engine.timeline.looks import Colour, Shape, Solid, TextStyle
from studio.engine.timeline.model import Timeline

_MOST_PICTURES = 8
_LAPS = 0.5
"""Seconds in which one picture dissolves into the next."""


def _split(order: Order) -> Timeline:
    """Two pictures with a bar between them: beside each other, or over each other in a tall frame."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    half = 0.008
    if stage.tall:
        gap = half * stage.high
        boxes = (0.0, 0.0, 1.0, 0.5 - gap), (0.0, 0.5 + gap, 1.0, 1.0)
        ways, bar = (Way(x=-1.0), Way(x=1.0)), (0.0, 0.5 - gap, 1.0, 0.5 + gap)
    else:
        gap = half * stage.wide
        boxes = (0.0, 0.0, 0.5 - gap, 1.0), (0.5 + gap, 0.0, 1.0, 1.0)
        ways, bar = (Way(y=-1.0), Way(y=1.0)), (0.5 - gap, 0.0, 0.5 + gap, 1.0)
    stage.put("Ground", Solid(INK))
    for name, slot, box, way, tone in zip(
        ("First", "Second"), ("first", "second"), boxes, ways, ("#2b2e36", "#3a3e48"), strict=True
    ):
        stage.picture(name, slot, box, replace(way, out=False), heard=True, empty=tone)
    stage.put("Bar", Shape(box=middled(bar), fill=accent), Way(x=-1.0) if stage.tall else Way(y=-1.0))
    style = TextStyle(weight=800, colour=on(accent), background=accent, padding=0.45)
    for name, box in zip(("first", "second"), boxes, strict=True):
        if label := stage.text(f"{name}_label"):
            left = max(box[0] + 0.04 * stage.wide, stage.left)
            foot = min(box[3] - 0.04 * stage.high, stage.bottom)
            tag = stage.tag(label, (left, foot), min(box[2], stage.right) - left, 0.045, style)
            stage.put(f"Label {name}", tag, Way(x=-0.6 if name == "first" or stage.tall else 0.6), start=0.4)
    return stage.timeline("Split screen")


def _slideshow(order: Order) -> Timeline:
    """The camera moves over each picture, and each dissolves into the next; the time is shared out evenly."""
    stage = Stage(order, order.length)
    names = [name for n in range(1, _MOST_PICTURES + 1) if (name := f"picture_{n}") and (n < 3 or stage.source(name))]
    each = (stage.seconds - _LAPS) / len(names)
    for number, name in enumerate(names):
        last = number == len(names) - 1
        start, end = number * each, stage.seconds if last else (number + 1) * each + _LAPS
        upper = number % 2 == 1  # every second one lies above: it comes and goes before its neighbours, which stand
        into = Way(fade=True, comes=_LAPS, goes=_LAPS, out=not last) if upper else STAYS
        zoom = (1.0, 1.1) if number % 2 == 0 else (1.1, 1.0)
        tone = ("#2b2e36", "#3a3e48")[number % 2]
        stage.picture(
            f"Picture {number + 1}",
            name,
            way=into,
            start=start,
            end=end,
            zoom=zoom,
            empty=tone,
            layer="Upper pictures" if upper else "Pictures",
        )
    if title := stage.text("title"):
        accent = stage.text("colour")
        style = TextStyle(weight=900, colour=on(accent), background=accent, padding=0.4)
        tag = stage.tag(title, (stage.left, stage.bottom), stage.right - stage.left, 0.075, style)
        stage.put("Title", tag, Way(x=-1.2), start=0.3, end=min(4.5, stage.seconds))
    return stage.timeline("Slideshow")


def _short(order: Order) -> Timeline:
    """A film of another shape lies whole before a soft copy of itself that fills the frame."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    dim = Colour(exposure=-0.8, saturation=0.9)
    stage.picture("Copy behind", "film", zoom=(1.12, 1.12), colour=dim, blur=0.035, empty=INK)
    source = stage.source("film")
    shape = source.width / max(source.height, 1) if source else 16 / 9
    frame = stage.width / stage.height
    across, down = (1.0, frame / shape) if shape > frame else (shape / frame, 1.0)
    box = (0.5 - across / 2, 0.5 - down / 2, 0.5 + across / 2, 0.5 + down / 2)
    stage.picture("Film", "film", box, whole=True, heard=True, empty="#2b2e36")
    above = box[1] - 0.05 * stage.high if stage.tall else stage.top + 0.25 * stage.high
    style = TextStyle(weight=900, leading=1.02, colour=on(accent), background=accent, padding=0.35)
    room = (
        stage.left + 0.03 * stage.wide,
        max(stage.top, above - 0.5 * stage.high),
        stage.right - 0.03 * stage.wide,
        above,
    )
    if hook := stage.text("hook"):
        words = stage.words(
            hook, room, 0.1, replace(style, align="left"), anchor="bottom" if stage.tall else "top", upper=True
        )
        stage.put("Hook", words, Way(x=-1.2), start=0.1)
    if handle := stage.text("handle"):
        small = TextStyle("jetbrains-mono", weight=700, colour=PAPER, background=INK, padding=0.6)
        foot = min(box[3] + 0.13 * stage.high, stage.bottom) if stage.tall else stage.bottom
        tag = stage.tag(handle, (stage.left, foot), stage.right - stage.left, 0.042, small)
        stage.put("Handle", tag, Way(x=-1.2), start=0.35)
    return stage.timeline("Vertical short")


def _product(order: Order) -> Timeline:
    """The picture with a hard shadow; beside it (below it in a tall frame) name, what it does, and its price."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    stage.put("Ground", Solid(accent))
    gap, shadow = 0.06, 0.025
    if stage.tall:
        box = (stage.left, stage.top, stage.right - shadow * stage.wide, 0.52)
        text = (stage.left, 0.52 + gap * stage.high, stage.right, stage.bottom)
    else:
        box = (stage.left, stage.top, 0.5 - gap / 2 * stage.wide, stage.bottom - shadow * stage.high)
        text = (0.5 + gap * stage.wide, stage.top, stage.right, stage.bottom)
    way = Way(y=1.2) if not stage.tall else Way(x=-1.2)
    by_x, by_y = shadow * stage.wide, shadow * stage.high
    line = 0.008
    behind = (box[0] + by_x, box[1] + by_y, box[2] + by_x, box[3] + by_y)
    stage.put("Shadow", Shape(box=middled(behind), fill=INK), way)
    stage.picture("Picture", "picture", box, way, empty=PAPER)
    edge = Shape(box=middled(box), fill="", stroke=INK, line=line * stage.high)
    stage.put("Edge", edge, way)
    tone = on(accent)
    price = stage.text("price")
    foot = text[3] - (0.21 * stage.high if price else 0.0)
    head = text[1] + (foot - text[1]) * 0.42
    name = TextStyle(weight=900, colour=tone, align="left", leading=0.98)
    stage.put(
        "Name",
        stage.words(stage.text("name"), (text[0], text[1], text[2], head), 0.17, name, anchor="top", upper=True),
        Way(x=1.2),
        start=0.2,
    )
    lines = [each.strip() for each in stage.text("lines").splitlines() if each.strip()][:4]
    said = TextStyle(weight=700, colour=tone, align="left", leading=1.15)
    rows = stacked(len(lines), head + 0.03 * stage.high, foot - 0.02 * stage.high, 0.015 * stage.high)
    for number, (each, (top, bottom)) in enumerate(zip(lines, rows, strict=True)):
        words = stage.words(each, (text[0], top, text[2], bottom), 0.066, said)
        stage.put(f"Line {number + 1}", words, Way(x=1.2), start=0.5 + 0.2 * number)
    if price:
        style = TextStyle(weight=900, colour=YELLOW if accent.lower() != YELLOW else PAPER, background=INK, padding=0.4)
        tag = stage.tag(price, (text[0], text[3]), text[2] - text[0], 0.11, style)
        stage.put("Price", tag, Way(x=1.2), start=0.7 + 0.2 * len(lines))
    return stage.timeline("Product")


def _podcast(order: Order) -> Timeline:
    """Two who talk, each in a box with their name; below them room is kept free for captions."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    stage.put("Ground", Solid(INK))
    head, captions = 0.16 * stage.high, (0.2 if not stage.tall else 0.16)
    top, bottom = stage.top + head, 1 - captions
    gap = 0.035
    if stage.tall:
        boxes = [(stage.left, a, stage.right, b) for a, b in stacked(2, top, bottom, gap * stage.high)]
    else:
        boxes = [(a, top, b, bottom) for a, b in stacked(2, stage.left, stage.right, gap * stage.wide)]
    show = TextStyle(weight=900, colour=PAPER, align="left", leading=1.0)
    title = (stage.left, stage.top, stage.right, stage.top + head - 0.035 * stage.high)
    words = stage.words(stage.text("show"), title, 0.085, show, anchor="middle", upper=True)
    stage.put("Show", words, Way(y=-0.4))
    style = TextStyle(weight=800, colour=on(accent), background=accent, padding=0.45)
    for number, (box, tone) in enumerate(zip(boxes, ("#2b2e36", "#3a3e48"), strict=True), start=1):
        way = Way(x=(-1.2 if number == 1 else 1.2), out=False)
        stage.picture(f"Face {number}", f"face_{number}", box, way, heard=True, empty=tone)
        edge = Shape(box=middled(box), fill="", stroke=accent, line=0.008 * stage.high)
        stage.put(f"Edge {number}", edge, way)
        if name := stage.text(f"name_{number}"):
            tag = stage.tag(name, (box[0], box[3]), box[2] - box[0], 0.045, style)
            stage.put(f"Name {number}", tag, way, start=0.3)
    return stage.timeline("Podcast")


def _length(seconds: float, least: float = 2.0, most: float = 600.0) -> Parameter:
    return Parameter("length", "Length", "length", seconds, least=least, most=most)


SPLIT = Template(
    "split-screen",
    "Split screen",
    "Two pictures or films at once, each with its label.",
    6.0,
    (
        Parameter("first", "First picture", "media", ""),
        Parameter("second", "Second picture", "media", ""),
        Parameter("first_label", "First label", "text", "Before"),
        Parameter("second_label", "Second label", "text", "After"),
        Parameter("colour", "Colour", "colour", ORANGE),
        _length(6.0),
    ),
    _split,
)
SLIDESHOW = Template(
    "slideshow",
    "Slideshow",
    "Up to eight pictures; the camera moves over each and they dissolve.",
    16.0,
    (
        *(Parameter(f"picture_{n}", f"Picture {n}", "media", "", optional=n > 2) for n in range(1, _MOST_PICTURES + 1)),
        Parameter("title", "Title", "text", "A week in Kell"),
        Parameter("colour", "Colour", "colour", YELLOW),
        _length(16.0, 4.0),
    ),
    _slideshow,
)
SHORT = Template(
    "vertical-short",
    "Vertical short",
    "A film of any shape, whole, before a soft copy of itself; a hook above and a name below.",
    15.0,
    (
        Parameter("film", "Film or picture", "media", ""),
        Parameter("hook", "Hook", "text", "Nobody told us about the fog"),
        Parameter("handle", "Name", "text", "@lastferry"),
        Parameter("colour", "Colour", "colour", YELLOW),
        _length(15.0),
    ),
    _short,
)
PRODUCT = Template(
    "product",
    "Product",
    "A thing, its name, what it does and what it costs.",
    8.0,
    (
        Parameter("picture", "Picture", "media", ""),
        Parameter("name", "Name", "text", "Storm lamp"),
        Parameter("lines", "What it does", "text", "Burns forty hours\nFloats\nMade in Kell", long=True),
        Parameter("price", "Price", "text", "49 €"),
        Parameter("colour", "Colour", "colour", ORANGE),
        _length(8.0, 3.0, 60.0),
    ),
    _product,
)
PODCAST = Template(
    "podcast",
    "Podcast",
    "Two who talk, with their names; room is kept for captions.",
    30.0,
    (
        Parameter("show", "Name of the show", "text", "Low water"),
        Parameter("face_1", "First face", "media", ""),
        Parameter("name_1", "First name", "text", "Ines Duarte"),
        Parameter("face_2", "Second face", "media", ""),
        Parameter("name_2", "Second name", "text", "Paul Brandt"),
        Parameter("colour", "Colour", "colour", ORANGE),
        _length(30.0, 3.0, 7200.0),
    ),
    _podcast,
)
