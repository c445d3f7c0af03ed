"""`inkreel timeline`: look at a timeline file of any program, and turn one format into another, without a studio."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.folder import delivered
from studio.core.errors import Invalid
from studio.engine.interchange.apart import read_apart, written
from studio.engine.interchange.formats import SUFFIXES, TITLES, Format, Loss, Media, Read, format_of
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.screening import MAX_BYTES
from studio.engine.interchange.timecode import timecode
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, from_document, to_document
from studio.engine.timeline.checks import checked

timeline = typer.Typer(
    help="Look at a timeline file, turn it into another format, or work on the cuts of a project.", no_args_is_help=True
)

OURS = ".inkreel.json"
_TOLD = 20
_RATE = typer.Option("--rate", help="Frames a second, for an EDL or captions: 25, 29.97, 24000/1001.")


@timeline.command("info")
def info(
    file: Annotated[
        Path, typer.Argument(help=f"A timeline: {', '.join(SUFFIXES.values())}, {OURS}.", show_default=False)
    ],
    rate: Annotated[str, _RATE] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what a timeline file holds, and what of it cannot be brought in."""
    form, found, media, losses = read_timeline(file, rate)
    said = _summary(form, found, media, losses)
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
        return
    print(f"{said['name'] or file.stem}  ({said['title']})\n")
    for key, words in (("rate", "frames/s"), ("frames", "frames"), ("start", "starts at"), ("tracks", "tracks")):
        print(f"{words:12}{said[key]:>14}")
    for key in ("clips", "transitions", "markers", "captions", "media"):
        print(f"{key:12}{said[key]:>14}")
    if lost := list(told(losses)):
        print("\n" + "\n".join(lost))


@timeline.command("convert")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The timeline to read.", show_default=False)],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help=f"The file to write: {', '.join(SUFFIXES.values())}, {OURS}.", show_default=False
        ),
    ],
    rate: Annotated[str, _RATE] = "",
) -> None:
    """Turn a timeline into another format, named by the suffix of OUT. What cannot be carried is said."""
    into = None if target.name.lower().endswith(OURS) else format_of(target.name)
    if target.is_dir() or not os.access(target.absolute().parent, os.W_OK):
        raise Invalid(f"{target} cannot be written. Choose a folder that exists and is yours.", field="output")
    _, found, media, losses = read_timeline(source, rate)
    if into is None:
        data = json.dumps(to_document(found), ensure_ascii=False, indent=1).encode()
        left: Sequence[Loss] = ()
    else:
        made = written(found, into, media)
        data, left = made.data, made.losses
    with delivered(target, "timeline") as part:
        part.write_bytes(data)
    for line in told([*losses, *left]):
        print(f"inkreel: {line}", file=sys.stderr)


def read_timeline(file: Path, rate: str) -> tuple[Format | None, Timeline, Mapping[str, Media], Sequence[Loss]]:
    """A timeline file: of ours, or of another program in the sandbox. Raises: Invalid."""
    data = _bytes(file)
    if not file.name.lower().endswith(OURS):
        found: Read = read_apart(data, file.name, rate=_rate(rate))
        return found.format, found.timeline, {each.key: each for each in found.media}, found.losses
    try:
        document: Any = json.loads(data)
    except (ValueError, RecursionError) as e:
        raise Invalid(f"{file} is no timeline of Inkreel. Give a {OURS} file.") from e
    if not isinstance(document, dict):
        raise Invalid(f"{file} is no timeline of Inkreel. Give a {OURS} file.")
    return None, checked(from_document(document)), {}, ()  # pyright: ignore[reportUnknownArgumentType]


def _rate(text: str) -> Rate | None:
    if not text:
        return None
    try:
        return Rate.parse(text) if "." not in text else rate_near(float(text))
    except ValueError as e:
        raise Invalid("Give the rate as 25, 29.97 or 24000/1001.", field="rate") from e


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as f:
            return f.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}. Check the path.", field="timeline") from None
    except OSError as e:
        raise Invalid(f"{file} cannot be read ({e.strerror}). Give a timeline file.", field="timeline") from e


def _summary(
    form: Format | None, found: Timeline, media: Mapping[str, Media], losses: Sequence[Loss]
) -> dict[str, Any]:
    frames = max((c.end for t in found.tracks for c in (*t.clips, *t.captions)), default=0)
    return {
        "ok": True,
        "format": form or "inkreel",
        "title": TITLES[form] if form else "Inkreel",
        "name": found.name,
        "rate": str(found.rate),
        "drop_frame": found.drop_frame,
        "start": timecode(found.first_frame, found.rate, drop=found.drop_frame),
        "frames": frames,
        "width": found.width,
        "height": found.height,
        "tracks": len(found.tracks),
        "clips": sum(len(t.clips) for t in found.tracks),
        "transitions": sum(len(t.transitions) for t in found.tracks),
        "markers": len(found.markers) + sum(len(c.markers) for t in found.tracks for c in t.clips),
        "captions": len(found.captions()),
        "media": len(media) or len({c.media for t in found.tracks for c in t.clips if c.media}),
        "losses": [{"where": loss.where, "what": loss.what} for loss in losses],
    }


def told(losses: Sequence[Loss]) -> Iterable[str]:
    """What is lost, the same of many places once."""
    by_what = Counter(loss.what for loss in losses)
    for what, count in list(by_what.items())[:_TOLD]:
        first = next(loss.where for loss in losses if loss.what == what)
        yield f"{first}: {what}." if count == 1 else f"{first} and {count - 1} more: {what}."
    if len(by_what) > _TOLD:
        yield f"And {len(by_what) - _TOLD} other things; info --json lists them all."
