"""`inkreel render`: a timeline file of any program, or a cut of the studio, made into a film on this machine."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.folder import delivered, writable_target
from app.cli.media.timeline import read_timeline, told
from app.cli.show import Show, json_show, rich_show
from app.cli.stop import stoppable
from studio.core.errors import Invalid, UnsupportedMedia
from studio.core.settings import settings
from studio.core.storage import sha256_of
from studio.engine.ffmpeg import program
from studio.engine.interchange.formats import Media
from studio.engine.interchange.relink import matched, relinked
from studio.engine.presets import PRESETS, Order
from studio.engine.presets.asked import checked, order_of
from studio.engine.presets.offer import require
from studio.engine.render.footage import Store, missing, without
from studio.engine.timeline import Timeline

if TYPE_CHECKING:
    from studio.engine.export import Exported

_LOOKED_AT = 20_000
"""Files beside a timeline among which its media is looked for."""


def render(
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.", show_default=False)],
    file: Annotated[
        Path | None, typer.Argument(help="A timeline: .otio, .edl, .xml, .fcpxml, .inkreel.json.", show_default=False)
    ] = None,
    cut: Annotated[str, typer.Option("--timeline", help="A cut of the studio instead, by its id.")] = "",
    preset: Annotated[str, typer.Option("--preset", help=f"One of {', '.join(PRESETS)}.")] = "1080p",
    span: Annotated[tuple[int, int], typer.Option("--range", metavar="A B", help="Frames A up to B.")] = (0, 0),
    captions: Annotated[str, typer.Option("--captions", help="track, burned, file or none.")] = "track",
    fit: Annotated[str, typer.Option("--fit", help="contain or cover, for another shape.")] = "contain",
    media: Annotated[
        Path | None, typer.Option("--media", help="Where its files are; beside it when not given.")
    ] = None,
    cache: Annotated[Path | None, typer.Option("--cache", help="Keep pieces here for the next time.")] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, max=256, help="Processes; 0 is one a core.")] = 0,
    rest: Annotated[bool, typer.Option("--without-missing", help="Leave out clips whose file is not found.")] = False,
    rate: Annotated[str, typer.Option("--rate", help="Frames a second, for an EDL: 25, 29.97, 24000/1001.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Render a timeline file, or a cut of the studio as its page does. Only what changed since the last time is made anew."""
    order = checked(
        order_of({"preset": preset, "captions": captions, "fit": fit, "start": span[0], "end": span[1] or None})
    )
    require(order.kind, program.encoder(settings().ffmpeg))
    suffix = f".{order.kind.container}"
    target = writable_target(
        output, "film", (suffix,), f"The file is {suffix[1:].upper()}: name it {output.with_suffix(suffix)}."
    )
    if file is not None and not cut:
        _render_file(
            file, order, target, rate, media, cache, workers=workers or settings().workers, rest=rest, as_json=as_json
        )
        return
    if file is not None or not cut or media or cache or rate:
        raise Invalid(
            "Give a timeline file, or with --timeline the id of a cut. --media, --cache and --rate are for files alone.",
            field="file",
        )
    from app.cli.media.kept import render_kept  # with it come the workers, which files do without

    render_kept(cut, replace(order, rest=rest), target, as_json=as_json)


def _render_file(
    file: Path,
    order: Order,
    target: Path,
    rate: str,
    media: Path | None,
    cache: Path | None,
    *,
    workers: int,
    rest: bool,
    as_json: bool,
) -> None:
    from studio.engine.export import exported  # with it comes all that renders, which other commands need not load

    _, timeline, named, losses = read_timeline(file, rate)
    for line in () if as_json else told(losses):
        print(f"inkreel: {line}", file=sys.stderr)
    with stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Looking for the media")
        timeline, shelf = _linked(timeline, named, media or file.absolute().parent)
        store = Store(shelf, fonts=settings().fonts)
        timeline = _complete(timeline, store, rest=rest)
        with _kept(cache) as folder, delivered(target, "film") as part:
            made = exported(
                timeline,
                order,
                store,
                part,
                cache=folder,
                ffmpeg=program.encoder(settings().ffmpeg),
                workers=workers,
                stop=stop,
                on_progress=lambda stage, share: show.share(stage, round(share * 1000), 1000),
            )
        _say(show, made, timeline, {"output": str(target), "preset": order.preset, "losses": len(losses)})


def _say(show: Show, made: Exported, timeline: Timeline, asked: dict[str, Any]) -> None:
    report = made.file.report
    summary: dict[str, Any] = {
        "ok": True,
        **asked,
        "frames": made.file.frames,
        "rate": str(timeline.rate),
        "pieces": made.pieces,
        "made": made.made,
        "level": report.level if report else "",
    }
    faults = [finding.sentence for finding in report.faults] if report else []
    show.done(summary, f"{made.file.frames} frames, {made.made} of {made.pieces} pieces made now", *faults)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The files of a timeline by the SHA-256 of what is in them; it can be sent to another process."""

    files: Mapping[str, Path]

    def __call__(self, media: str) -> Path:
        """Where a file lies. Raises: UnsupportedMedia."""
        if media not in self.files:
            raise UnsupportedMedia("The file is missing.")
        return self.files[media]


def _linked(timeline: Timeline, named: Mapping[str, Media], folder: Path) -> tuple[Timeline, _Shelf]:
    """The timeline on the files that are here: where it says, else of that name or content in the folder."""
    keys = dict.fromkeys(c.media for t in timeline.tracks for c in t.clips if c.media)
    wanted = [named.get(key) or Media(key, sha256=key) for key in keys]
    found = {m.key: path for m in wanted if m.path and (path := folder / m.path).is_file()}
    if lost := [m for m in wanted if m.key not in found]:
        found |= {key: Path(match.path) for key, match in matched(lost, list(_there(folder, lost))).found.items()}
    here = {m.key: replace(m, key=sha256_of(found[m.key])) for m in wanted if m.key in found}
    files = {media.key: found[key] for key, media in here.items()}
    return relinked(timeline, wanted, here), _Shelf(files)


def _there(folder: Path, lost: Iterable[Media]) -> Iterable[Media]:
    """The files of a folder; one that is called after a content that is looked for is taken by it."""
    contents = {m.sha256[:8]: m.sha256 for m in lost if m.sha256}
    files = (f for f in folder.rglob("*") if f.is_file() and not f.name.startswith("."))
    for _, path in zip(range(_LOOKED_AT), files, strict=False):
        content = next((whole for short, whole in contents.items() if short in path.name), "")
        yield Media(str(path), path.name, str(path), sha256=content)


def _complete(timeline: Timeline, store: Store, *, rest: bool) -> Timeline:
    """The timeline when all its media is there, or without the clips whose media is not. Raises: UnsupportedMedia."""
    gone = missing(timeline, store)
    if gone and not rest:
        raise UnsupportedMedia(
            f"{len(gone)} of its files cannot be used. {' '.join([*gone.values()][:5])} "
            "Say where they are with --media, or render the rest with --without-missing."
        )
    return without(timeline, gone)


@contextmanager
def _kept(cache: Path | None) -> Generator[Path]:
    """The folder pieces are kept in: the one that was given, else one that is gone afterwards."""
    if cache is not None:
        yield cache.absolute()
        return
    with TemporaryDirectory(prefix="inkreel-render-") as name:
        yield Path(name)
