"""A board to be printed: its values from the database, then its pictures from the store. What it looks like is in `printing`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.storage import Storage, storage
from studio.media import service as media
from studio.scripts import service as scripts
from studio.storyboards import reading
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
    for row in reading.book_shots(uow, script_id, scenes=scenes):
        shot, position, number, size, angle, move, lens_mm, frames, action, cast, sha256, version, origin = row
        panels[position].append(
            BookPanel(
                number=number,
                size=size,
                angle=angle,
                move=move,
                lens_mm=lens_mm,
                seconds=float(project.rate.seconds(frames)),
                action=action,
                dialogue=tuple(spoken.get(shot, ())),
                cast=tuple(cast),
                sha256=sha256,
                version=version,
                origin=origin,
                shot_id=shot,
            )
        )
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
        script_id=script_id,
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
