"""What is told step by step: a count down to something, and how something is done."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.templates.model import Order, Parameter, Template
from studio.engine.templates.stage import FADES, INK, PAPER, YELLOW, Stage, Way, middled, on, stacked
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import Shape, Solid, TextStyle, Transform
from studio.engine.timeline.model import Clip, Timeline

_MOST_STEPS = 6


def _countdown(order: Order) -> Timeline:
    """A number a second, the ground in turn ink and colour, and a bar that runs out."""
    count = round(float(order.values["from"]))
    stage = Stage(order, float(count))
    accent = stage.text("colour")
    grounds = (INK, accent)
    for number in range(count):
        stage.put(f"Ground {count - number}", Solid(grounds[number % 2]), start=number, end=number + 1, layer="Ground")
    bar = 0.035 * stage.high
    for number in range(count):
        tone = on(grounds[number % 2])
        style = TextStyle(weight=900, colour=tone, leading=0.8)
        box = (stage.left, stage.top, stage.right, stage.bottom)
        made = stage.words(str(count - number), box, 0.95, style)
        first, last = stage.timed(number, number + 1)
        ease = (0.16, 1.0, 0.3, 1.0)
        comes = max(1, min(stage.order.rate.frames(0.3), last - first - 1))
        grows = Curve((Key(0, 1.35, "bezier", ease), Key(comes, 1.0)))
        clip = Clip("", f"Number {count - number}", "", first, last - first, made=made)
        stage.clip(replace(clip, transform=Transform(scale_x=grows, scale_y=grows)), layer="Number")
    for number in range(count):
        tone = accent if number % 2 == 0 else INK
        first, last = stage.timed(number, number + 1)
        line = Shape(box=(0.5, 1 - bar / 2, 1.0, bar), fill=tone)
        runs = Curve((Key(0, 0.0), Key(last - first, -1.0)))
        clip = Clip("", "Bar", "", first, last - first, made=line, transform=Transform(x=runs))
        stage.clip(clip, layer="Bar")
    if label := stage.text("label"):
        for number in range(count):
            tone = on(grounds[number % 2])
            style = TextStyle("archivo", weight=800, colour=tone, align="left", tracking=0.02)
            box = (stage.left, stage.top, stage.right, stage.top + 0.08 * stage.high)
            words = stage.words(label, box, 0.055, style, anchor="top", upper=True)
            stage.put("Label", words, start=number, end=number + 1, layer="Label")
    return stage.timeline("Countdown")


def _explainer(order: Order) -> Timeline:
    """One step after another comes and stays, each with its number in a hard box."""
    stage = Stage(order, order.length)
    accent = stage.text("colour")
    steps = [line.strip() for line in stage.text("steps").splitlines() if line.strip()][:_MOST_STEPS]
    stage.put("Ground", Solid(PAPER))
    head = 0.2 * stage.high
    style = TextStyle(weight=900, colour=INK, align="left", leading=1.0)
    box = (stage.left, stage.top, stage.right, stage.top + head)
    stage.put("Heading", stage.words(stage.text("heading"), box, 0.12, style, anchor="top", upper=True), Way(x=-1.2))
    room = stacked(len(steps), stage.top + head + 0.05 * stage.high, stage.bottom, 0.03 * stage.high)
    each = (stage.seconds - 1.2) / max(len(steps), 1)
    for number, (step, (top, bottom)) in enumerate(zip(steps, room, strict=True), start=1):
        side = min(bottom - top, 0.15 * stage.high)
        middle = (top + bottom) / 2
        across = side / stage.high * stage.wide
        square = (stage.left, middle - side / 2, stage.left + across, middle + side / 2)
        start = 0.5 + (number - 1) * each
        way = Way(x=-0.8, out=False)
        edge = 0.007
        figure = Shape(box=middled(square), fill=accent, stroke=INK, line=edge * stage.high)
        stage.put(f"Box {number}", figure, way, start=start)
        bold = TextStyle(weight=900, colour=on(accent), leading=1.0)
        digit = stage.words(str(number), square, side / stage.high * 0.62, bold)
        stage.put(f"Number {number}", digit, way, start=start)
        said = TextStyle(weight=700, colour=INK, align="left", leading=1.15)
        text = (
            square[2] + 0.04 * stage.wide,
            middle - max(side, bottom - top) / 2,
            stage.right,
            middle + max(side, bottom - top) / 2,
        )
        stage.put(f"Step {number}", stage.words(step, text, 0.07, said), replace(FADES, out=False), start=start + 0.15)
    return stage.timeline("Explainer")


COUNTDOWN = Template(
    "countdown",
    "Countdown",
    "Numbers that fill the frame, one a second.",
    5.0,
    (
        Parameter("from", "From", "number", 5.0, least=3.0, most=30.0),
        Parameter("label", "Label", "text", "We are back in"),
        Parameter("colour", "Colour", "colour", YELLOW),
    ),
    _countdown,
)
EXPLAINER = Template(
    "explainer-steps",
    "Explainer",
    "A heading and up to six steps that come one after another.",
    12.0,
    (
        Parameter("heading", "Heading", "text", "How to tie up a boat"),
        Parameter(
            "steps",
            "Steps",
            "text",
            "Come in slowly, against the wind\nFenders out on the side of the quay\n"
            "Stern line first, then the bow\nTwo springs, and the engine off",
            long=True,
        ),
        Parameter("colour", "Colour", "colour", YELLOW),
        Parameter("length", "Length", "length", 12.0, least=3.0, most=300.0),
    ),
    _explainer,
)
