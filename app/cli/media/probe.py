"""`inkreel probe`: what a media file is, read in the sandbox."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from studio.core.errors import Invalid
from studio.engine.looks.facts import packed
from studio.engine.sandbox.probing import probed_apart


def probe(
    file: Annotated[Path, typer.Argument(help="A film, sound or picture.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what a media file holds: streams, size, rate, exact frames, chapters."""
    found = probed_apart(present(file))
    if as_json:
        print(json.dumps({"ok": True, **packed(found)}, ensure_ascii=False))
        return
    print(f"{file.name}  ({found.container}, {float(found.seconds):.3f} s, {found.size_bytes / 1e6:.1f} MB)\n")
    if found.video_codec:
        rate = f"{found.rate.said} frames a second" if found.rate else "one picture"
        print(
            f"picture  {found.video_codec}, {found.width} x {found.height}, {found.frames} frames, {rate}, {found.pix_fmt}"
        )
    if found.audio_codec:
        print(
            f"sound    {found.audio_codec}, {found.channels} channels, {found.sample_rate} Hz, {float(found.audio_seconds):.3f} s"
        )
    if found.subtitle_tracks:
        print(f"captions {found.subtitle_tracks} tracks")
    for start, title in found.chapters:
        print(f"chapter  {start:9.3f}  {title}")


def present(file: Path) -> Path:
    """The file, if there is one. Raises: Invalid."""
    if not file.is_file():
        raise Invalid(f"There is no file {file}. Check the path.", field="file")
    return file
