"""A board to be printed: its values from the database, then its pictures from the store. What it looks like is in `printing`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.storage import Storage, storage
from studio.engine.time import Rate
from studio.media import service as media
from studio.scripts import service as scripts
from studio.storyboards import reading
from studio.storyboards.editing.shares import lengths_of
from studio.storyboards.numbering import panel_number
from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene

_AT_ONCE = 8
NO_SCENE = "There is no such scene in this script."


def board_book(uow: UnitOfWork, actor: Actor, script_id: str, *, scenes: Sequence[int] = ()) -> BoardBook:
    """The board of a script, or of some of its scenes (by position), dated today, without the files of its pictures.

    A scene without shots is there without panels. `fetched` brings the pictures.

    Raises:
        NotFound: the actor may not see the script, or it has no such scene.
    """
    project = scripts.project_of(uow, actor, script_id)
    card = scripts.get_card(uow, actor, script_id)
    found = scripts.list_scenes(uow, actor, script_id)
    wanted = set(scenes) or {each.position for each in found}
    if not wanted <= {each.position for each in found}:
        raise NotFound(NO_SCENE)
    spoken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for shot, speaker, words in reading.book_lines(uow, script_id, scenes=scenes):
        spoken[shot].append((speaker, words))
    panels: dict[int, list[BookPanel]] = defaultdict(list)
    for shot, rows in groupby(reading.book_shots(uow, script_id, scenes=scenes), key=lambda row: row[0]):
        row = list(rows)
        panels[row[0][1]] += _panels(row, tuple(spoken.get(shot, ())), project.rate)
    return BoardBook(
        title=card.title or project.name,
        author=card.author,
        date=clock.now().date(),
        scenes=tuple(
            BookScene(
                number=each.number,
                heading=each.heading,
                seconds=sum(panel.seconds for panel in panels[each.position]),
                panels=tuple(panels[each.position]),
                eighths=each.eighths,
            )
            for each in found
            if each.position in wanted
        ),
        aspect=project.width / project.height,
        fps=float(project.rate.fps),
        script_id=script_id,
    )


def _panels(rows: Sequence[Any], dialogue: tuple[tuple[str, str], ...], rate: Rate) -> Iterator[BookPanel]:
    """The panels of one shot."""
    lengths = lengths_of([row[13] for row in rows], rows[0][7])
    for at, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        _, _, number, size, angle, move, lens_mm, frames, action, cast, sha256, version, origin, _, panel_id = row
        yield BookPanel(
            number=panel_number(number, at, len(rows)),
            size=size,
            angle=angle,
            move=move,
            lens_mm=lens_mm,
            seconds=float(rate.seconds(length)),
            action="" if at else action,
            dialogue=() if at else dialogue,
            cast=tuple(cast),
            sha256=sha256,
            version=version,
            origin=origin,
            panel_id=panel_id,
            part=at + 1,
            parts=len(rows),
            shot=number,
            shot_seconds=float(rate.seconds(frames)),
        )


def fetched(book: BoardBook, *, pixels: int, store: Storage | None = None) -> BoardBook:
    """The book with its pictures on this machine, at least so many pixels wide if they are; 0: without pictures.

    It takes as long as the store does: never inside a transaction.

    Raises:
        NotFound: a picture is not in the store any more; the sentence names the shot.
        Unavailable: the store cannot be used.
    """
    if not pixels:
        return book
    source = store or storage()
    wanted = {panel.sha256: panel.number for panel in book.panels if panel.sha256}

    def brought(sha256: str) -> Path:
        try:
            return media.picture_file(source, sha256, pixels=pixels)
        except NotFound as e:
            raise NotFound(f"The picture of shot {wanted[sha256]} is not in the store any more. Draw it again.") from e

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        paths = dict(zip(wanted, pool.map(brought, wanted), strict=True))
    scenes = (
        replace(
            scene,
            panels=tuple(
                replace(panel, picture=paths[panel.sha256]) if panel.sha256 else panel for panel in scene.panels
            ),
        )
        for scene in book.scenes
    )
    return replace(book, scenes=tuple(scenes))
