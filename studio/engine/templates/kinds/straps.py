"""Straps that lie over a picture: who is seen, and what the news is."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from studio.engine.templates.model import Order, Parameter, Template
from studio.engine.templates.stage import INK, ORANGE, PAPER, YELLOW, Stage, Way, middled, on
from studio.engine.timeline.looks import Shape, Text, TextStyle
from studio.engine.timeline.model import Timeline

Side = Literal["left", "right"]


def _lower_third(order: Order) -> Timeline:
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    room = min(0.98 * stage.wide, stage.right - stage.left)
    foot = stage.bottom - (0.14 * stage.high if stage.tall else 0.02 * stage.high)
    style = TextStyle(weight=900, colour=on(accent), background=accent, padding=0.4, leading=1.12)
    quiet = TextStyle(weight=600, colour=PAPER, background=INK, padding=0.55, leading=1.3)
    right = stage.text("side") == "right"
    left = stage.right - room if right else stage.left
    side: Side = "right" if right else "left"
    role = stage.text("role")
    below = 0.045 * 1.85 * stage.high if role else 0.0
    name = _aligned(stage, stage.text("name"), (left, foot - below), room, 0.09, style, side)
    if role:
        said = _aligned(stage, role, (left, foot), room, 0.045, quiet, side)
        stage.put("Role", said, Way(x=1.1 if right else -1.1, goes=0.3), start=0.2)
    stage.put("Name", name, Way(x=1.1 if right else -1.1))
    return stage.timeline("Lower third")


def _aligned(
    stage: Stage, text: str, at: tuple[float, float], room: float, size: float, style: TextStyle, side: Side
) -> Text:
    made = stage.tag(text, at, room, size, style)
    return replace(made, style=replace(made.style, align=side))


def _news(order: Order) -> Timeline:
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    foot = stage.bottom - (0.14 * stage.high if stage.tall else 0.0)
    thin, thick = 0.085 * stage.high, (0.3 if stage.tall else 0.16) * stage.high
    left, right = stage.left, stage.right
    edge = 0.006
    rise = Way(y=0.6)
    strap = (left, foot - thin - thick, right, foot - thin)
    stage.put("Headline ground", Shape(box=middled(strap), fill=PAPER), rise)
    inset = 0.028 * stage.wide
    side = Shape(box=middled((left, strap[1], left + edge * 2 * stage.wide, strap[3])), fill=accent)
    stage.put("Edge", side, rise)
    style = TextStyle(weight=900, colour=INK, align="left", leading=1.05)
    box = (left + inset, strap[1] + 0.02 * stage.high, right - inset, strap[3] - 0.02 * stage.high)
    stage.put("Headline", stage.words(stage.text("headline"), box, 0.09, style), rise)
    stage.put("Line ground", Shape(box=middled((left, foot - thin, right, foot)), fill=INK), rise, start=0.1)
    lines = [line.strip() for line in stage.text("lines").splitlines() if line.strip()]
    quiet = TextStyle(weight=600, colour=PAPER, align="left")
    each = (stage.seconds - 0.3) / max(len(lines), 1)
    for number, line in enumerate(lines):
        words = stage.words(line, (left + inset, foot - thin, right - inset, foot), 0.045, quiet)
        way = Way(fade=True, y=0.04, comes=0.3, goes=0.2)
        stage.put(line[:40], words, way, start=0.3 + number * each, end=0.3 + (number + 1) * each, layer="Lines")
    label = TextStyle(weight=900, colour=on(accent), background=accent, padding=0.5, tracking=0.03, leading=1.15)
    tag = stage.tag(stage.text("label"), (left, strap[1]), right - left, 0.05, label, upper=True)
    stage.put("Label", tag, Way(x=-1.1), start=0.25)
    return stage.timeline("News strap")


LOWER_THIRD = Template(
    "lower-third",
    "Lower third",
    "Who is seen: a name in a hard box, and what they do.",
    5.0,
    (
        Parameter("name", "Name", "text", "Ines Duarte"),
        Parameter("role", "Role", "text", "Harbour pilot, Kell"),
        Parameter("colour", "Colour", "colour", ORANGE),
        Parameter("side", "Side", "choice", "left", choices=("left", "right")),
        Parameter("length", "Length", "length", 5.0, least=1.5, most=60.0),
    ),
    _lower_third,
)
NEWS = Template(
    "news-strap",
    "News strap",
    "A headline over the picture, with lines beneath that take turns.",
    9.0,
    (
        Parameter("label", "Label", "text", "Breaking"),
        Parameter("headline", "Headline", "text", "Last ferry of the season leaves Kell tonight"),
        Parameter(
            "lines",
            "Lines",
            "text",
            "Storm warning until Friday noon\nThe road over the dam stays closed\nHarbour master: “Nobody is left behind”",
            long=True,
        ),
        Parameter("colour", "Colour", "colour", YELLOW),
        Parameter("length", "Length", "length", 9.0, least=3.0, most=120.0),
    ),
    _news,
)
