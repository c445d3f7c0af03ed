"""Queries that pages read a board with: columns rather than rows, a fixed number of them whatever the board's size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, Text, and_, bindparam, case, cast, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.matching import matches
from studio.engine.artist.spec import Look, Style
from studio.engine.time import Rate
from studio.storyboards.documents import spec_from
from studio.storyboards.editing.shares import lengths_of
from studio.storyboards.models import Dismissal, Line, Panel, PanelVersion, Shot
from studio.storyboards.numbering import panel_number
from studio.storyboards.views import LineWords, PanelCard, PanelThumb, PanelView, ShotHit, VersionView

_TELLING_SIZES = ("MS", "MCU", "MLS", "CU")
"""Sizes that make a good poster: somebody near enough to be seen."""


def _shown() -> ColumnElement[bool]:
    return and_(col(PanelVersion.panel_id) == col(Panel.id), col(PanelVersion.number) == col(Panel.current))


def _with_pictures(*columns: Any, every: bool = False) -> Select[*tuple[Any, ...]]:
    """Shots with their first panel, or with `every` one of theirs."""
    wanted = col(Panel.position).is_not(None) if every else col(Panel.position) == 0
    return (
        select(*columns)
        .select_from(Shot)
        .join(Panel, and_(col(Panel.shot_id) == col(Shot.id), wanted))
        .join(PanelVersion, _shown(), isouter=True)
    )


def scene_pictures(uow: UnitOfWork, script_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(scene position, frames, shown picture or None, whether it is stale, cast, number locked) of every shot, in order."""
    more = (col(Panel.stale), col(Shot.cast), col(Shot.number_locked))
    query = _with_pictures(col(Shot.scene_position), col(Shot.frames), col(PanelVersion.sha256), *more)
    return uow.session.execute(query.where(col(Shot.script_id) == script_id).order_by(col(Shot.position))).all()


def list_cards(
    uow: UnitOfWork, script_id: str, rate: Rate, *, scene: int | None, offset: int, limit: int
) -> tuple[tuple[PanelCard, ...], int]:
    """Cards of a script, or of one of its scenes, in order, and how many there are on all pages."""
    query = _ALL_CARDS if scene is None else _SCENE_CARDS
    asked = {"script": script_id, "scene": scene, "first": offset, "most": limit}
    rows = uow.session.execute(query, asked).all()
    if not rows and offset:  # behind the last page: how many there are is on the first
        return (), list_cards(uow, script_id, rate, scene=scene, offset=0, limit=1)[1]
    return tuple(_card(row[:-1], rate) for row in rows), int(rows[0][-1]) if rows else 0


def book_shots(uow: UnitOfWork, script_id: str, *, scenes: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """What is printed of every panel of a script, or of some of its scenes, in order; what is the shot's is in each of its.

    (shot id, scene position, number, size, angle, move, lens, frames, action, cast, shown picture or None, its number, its
    origin, the panel's share, the panel's id).
    """
    fields = (Shot.id, Shot.scene_position, Shot.number, Shot.size, Shot.angle, Shot.move, Shot.lens_mm, Shot.frames)
    more = (
        Shot.action,
        Shot.cast,
        PanelVersion.sha256,
        PanelVersion.number,
        PanelVersion.origin,
        Panel.share,
        Panel.id,
    )
    columns = [col(each) for each in (*fields, *more)]  # pyright: ignore[reportArgumentType]
    query = _with_pictures(*columns, every=True).where(col(Shot.script_id) == script_id)
    if scenes:
        query = query.where(col(Shot.scene_position).in_(scenes))
    return uow.session.execute(query.order_by(col(Shot.position), col(Panel.position))).all()


def book_lines(uow: UnitOfWork, script_id: str, *, scenes: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """(shot, speaker, words) of every line spoken in a script, or in some of its scenes, in order."""
    columns: list[Any] = [col(Line.shot_id), col(Line.speaker), col(Line.text)]
    query = select(*columns).join(Shot, col(Shot.id) == col(Line.shot_id)).where(col(Shot.script_id) == script_id)
    if scenes:
        query = query.where(col(Shot.scene_position).in_(scenes))
    return uow.session.execute(query.order_by(col(Shot.position), col(Line.position))).all()


def find_card(uow: UnitOfWork, shot_id: str, rate: Rate) -> PanelCard | None:
    """One shot's card."""
    row = uow.session.execute(_ONE_CARD, {"shot": shot_id}).one_or_none()
    return _card(row, rate) if row else None


_SHOT = (Shot.number, Shot.scene_position, Shot.size, Shot.type, Shot.angle, Shot.move, Shot.lens_mm, Shot.frames)
_WORDS = (Shot.description, Shot.action, Line.speaker, Line.text, Shot.start_at, Shot.end_at)
_DRAWING = (PanelVersion.sha256, PanelVersion.origin, PanelVersion.completeness, PanelVersion.number)
_STANDING = (Panel.stale, Shot.number_locked, Shot.cast)
_ANY = aliased(Panel)
_PANELS = (
    select(func.count())
    .where(col(_ANY.shot_id) == col(Shot.id), col(_ANY.position).is_not(None))
    .correlate(Shot)
    .scalar_subquery()
)


def _cards(*more: Any) -> Select[*tuple[Any, ...]]:
    """The columns of a card, in the order of its fields but for the seconds."""
    columns = [col(each) for each in (Shot.id, Panel.id, *_SHOT, *_WORDS, *_DRAWING, *_STANDING)]  # pyright: ignore[reportArgumentType]
    spoken = and_(col(Line.shot_id) == col(Shot.id), col(Line.position) == 0)
    return _with_pictures(*columns, _PANELS, *more).join(Line, spoken, isouter=True)


_ONE_CARD = _cards().where(col(Shot.id) == bindparam("shot"), col(Shot.script_id).is_not(None))
_ALL_CARDS = (
    _cards(func.count().over())
    .where(col(Shot.script_id) == bindparam("script"))
    .order_by(col(Shot.position))
    .offset(bindparam("first", type_=Integer))
    .limit(bindparam("most", type_=Integer))
)
_SCENE_CARDS = _ALL_CARDS.where(col(Shot.scene_position) == bindparam("scene"))


def _card(row: Sequence[Any], rate: Rate) -> PanelCard:
    fields: list[Any] = [
        *row[:10],
        float(rate.seconds(row[9])),
        *row[10:13],
        row[13] or "",
        *row[14:22],
        tuple(row[22]),
        row[23],
    ]
    return PanelCard(*fields)


def cards_of(uow: UnitOfWork, shot_ids: Sequence[str], rate: Rate) -> tuple[PanelCard, ...]:
    """The cards of those of these shots that are on the board, in order."""
    query = _cards().where(col(Shot.id).in_(shot_ids), col(Shot.script_id).is_not(None)).order_by(col(Shot.position))
    return tuple(_card(row, rate) for row in uow.session.execute(query))


def find_shot(
    uow: UnitOfWork, shot_id: str, panel_id: str | None = None
) -> tuple[Shot, Panel, PanelVersion | None] | None:
    """One shot on the board with its first panel, or with this one of its, and what is shown of that."""
    query = _with_pictures(Shot, Panel, PanelVersion, every=panel_id is not None)
    query = query.where(col(Shot.id) == shot_id, col(Shot.script_id).is_not(None))
    if panel_id is not None:
        query = query.where(col(Panel.id) == panel_id)
    row = uow.session.execute(query).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def list_panels(
    uow: UnitOfWork, rate: Rate, *, shot_id: str = "", script_id: str = "", scene: int = 0
) -> tuple[PanelView, ...]:
    """The panels of a shot, or of a scene of a script, in order."""
    named = (Shot.id, Shot.number, Shot.frames, Panel.id, Panel.share, Panel.stale, Panel.spec)
    columns = [col(each) for each in (*named, *_DRAWING)]  # pyright: ignore[reportArgumentType]
    query = _with_pictures(*columns, every=True).where(col(Shot.script_id).is_not(None))
    if shot_id:
        query = query.where(col(Shot.id) == shot_id)
    else:
        query = query.where(col(Shot.script_id) == script_id, col(Shot.scene_position) == scene)
    rows = uow.session.execute(query.order_by(col(Shot.position), col(Panel.position))).all()
    return tuple(view for _, mine in groupby(rows, key=lambda row: row[0]) for view in _panels_of(list(mine), rate))


def numbered_panels(uow: UnitOfWork, script_id: str) -> tuple[tuple[str, str, str], ...]:
    """(panel id, shot id, the panel's number) of every panel of a script, in order."""
    query = select(col(Panel.id), col(Shot.id), col(Shot.number)).join(Shot, col(Shot.id) == col(Panel.shot_id))
    query = query.where(col(Shot.script_id) == script_id, col(Panel.position).is_not(None))
    rows = uow.session.execute(query.order_by(col(Shot.position), col(Panel.position))).all()
    shots = [list(mine) for _, mine in groupby(rows, key=lambda row: row[1])]
    return tuple((p, s, panel_number(n, at, len(mine))) for mine in shots for at, (p, s, n) in enumerate(mine))


def _panels_of(rows: Sequence[Any], rate: Rate) -> Iterator[PanelView]:
    """The panels of one shot."""
    at = 0
    for i, (row, frames) in enumerate(zip(rows, lengths_of([row[4] for row in rows], rows[0][2]), strict=True)):
        shot_id, number, _, panel_id, _, stale, spec, sha256, origin, completeness, version = row
        yield PanelView(
            id=panel_id,
            shot_id=shot_id,
            number=panel_number(number, i, len(rows)),
            at=at,
            frames=frames,
            seconds=float(rate.seconds(frames)),
            size=str(spec.get("size", "")),
            sha256=sha256,
            origin=origin,
            completeness=completeness,
            version=version,
            stale=stale,
        )
        at += frames


def lines_of(uow: UnitOfWork, shot_id: str) -> Sequence[Line]:
    return uow.session.scalars(select(Line).where(col(Line.shot_id) == shot_id).order_by(col(Line.position))).all()


def versions_of(uow: UnitOfWork, panel_id: str) -> tuple[VersionView, ...]:
    """Every drawing of a panel, newest first."""
    query = select(PanelVersion).where(col(PanelVersion.panel_id) == panel_id).order_by(col(PanelVersion.number).desc())
    return tuple(
        VersionView(v.number, v.sha256, v.origin, v.provider, v.completeness, v.created_at)
        for v in uow.session.scalars(query.limit(200))
    )


def neighbours(uow: UnitOfWork, shot: Shot) -> tuple[str | None, str | None]:
    """The ids of the shots before and after this one."""
    query = select(col(Shot.position), col(Shot.id)).where(
        col(Shot.script_id) == shot.script_id, col(Shot.position).in_([shot.position - 1, shot.position + 1])
    )
    found: dict[int, str] = {row[0]: row[1] for row in uow.session.execute(query)}
    return found.get(shot.position - 1), found.get(shot.position + 1)


def recent_panels(uow: UnitOfWork, script_id: str, *, limit: int) -> tuple[PanelThumb, ...]:
    """The panels drawn last, newest first."""
    query = _with_pictures(col(Shot.id), col(Shot.number), col(PanelVersion.sha256)).where(
        col(Shot.script_id) == script_id, col(PanelVersion.id).is_not(None)
    )
    rows = uow.session.execute(query.order_by(col(PanelVersion.id).desc()).limit(limit))
    return tuple(PanelThumb(*row) for row in rows)


def makers_of(uow: UnitOfWork, script_id: str) -> tuple[Sequence[Any], Sequence[Any]]:
    """The different (provider, completeness) of the pictures shown on a board, and of its voices."""
    drawn = _with_pictures(col(PanelVersion.provider), col(PanelVersion.completeness), every=True).where(
        col(Shot.script_id) == script_id, col(PanelVersion.id).is_not(None)
    )
    voiced = (
        select(col(Line.provider), col(Line.completeness))
        .join(Shot, col(Shot.id) == col(Line.shot_id))
        .where(col(Shot.script_id) == script_id, col(Line.provider).is_not(None), col(Line.completeness).is_not(None))
    )
    return uow.session.execute(drawn.distinct()).all(), uow.session.execute(voiced.distinct()).all()


def shot_counts(uow: UnitOfWork, script_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """(script, shots, drawn, frames, stand-ins, degraded) of each script that has shots."""
    level = col(PanelVersion.completeness)
    query = _with_pictures(
        col(Shot.script_id),
        func.count(),
        func.count(col(PanelVersion.id)),
        func.sum(col(Shot.frames)),
        func.count(case((level == "stand-in", 1))),
        func.count(case((level == "degraded", 1))),
    )
    return uow.session.execute(query.where(col(Shot.script_id).in_(script_ids)).group_by(col(Shot.script_id))).all()


def line_counts(uow: UnitOfWork, script_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """(script, lines, voiced, stand-ins, degraded) of each script that has lines."""
    level = col(Line.completeness)
    columns: list[Any] = [
        col(Shot.script_id),
        func.count(),
        func.count(col(Line.voice_sha256)),
        func.count(case((level == "stand-in", 1))),
        func.count(case((level == "degraded", 1))),
    ]
    query = select(*columns).select_from(Line).join(Shot, col(Shot.id) == col(Line.shot_id))
    return uow.session.execute(query.where(col(Shot.script_id).in_(script_ids)).group_by(col(Shot.script_id))).all()


def posters(uow: UnitOfWork, script_ids: Sequence[str]) -> dict[str, str]:
    """The picture that stands for each script: the first drawn shot of somebody near, else the first drawn one."""
    far = case((col(Shot.size).in_(_TELLING_SIZES), 0), else_=1)
    place = func.row_number().over(partition_by=col(Shot.script_id), order_by=(far, col(Shot.position)))
    ranked = (
        _with_pictures(col(Shot.script_id).label("script"), col(PanelVersion.sha256).label("picture"), place.label("n"))
        .where(col(Shot.script_id).in_(script_ids), col(PanelVersion.id).is_not(None))
        .subquery()
    )
    rows = uow.session.execute(select(ranked.c.script, ranked.c.picture).where(ranked.c.n == 1))
    return {row[0]: row[1] for row in rows}


def search_shots(
    uow: UnitOfWork, project_ids: Sequence[str], words: tuple[str, ...], *, limit: int
) -> tuple[ShotHit, ...]:
    """Shots of these projects whose description holds every word or whose number begins so."""
    found = matches(uow, col(Shot.description), words)
    if len(words) == 1 and any(c.isdigit() for c in words[0]):
        found = or_(found, func.lower(col(Shot.number)).startswith(words[0], autoescape=True))
    query = select(col(Shot.id), col(Shot.project_id), col(Shot.number), col(Shot.description)).where(
        col(Shot.project_id).in_(project_ids), col(Shot.script_id).is_not(None), found
    )
    return tuple(ShotHit(*row) for row in uow.session.execute(query.limit(limit)))


def lengths_by_shot(uow: UnitOfWork, script_id: str) -> dict[str, tuple[str, int]]:
    """Number and frames of every shot of a script, by its id, in order."""
    query = select(col(Shot.id), col(Shot.number), col(Shot.frames)).where(col(Shot.script_id) == script_id)
    return {row[0]: (row[1], row[2]) for row in uow.session.execute(query.order_by(col(Shot.position)))}


def sizes_of(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of those of these pictures that are drawings of a project's boards, by their hashes."""
    found: dict[str, tuple[int, int]] = {}
    for sha256 in (col(PanelVersion.sha256), col(PanelVersion.plate_sha256)):
        query = select(sha256, col(PanelVersion.width), col(PanelVersion.height)).distinct()
        query = query.join(Panel, col(Panel.id) == col(PanelVersion.panel_id)).join(
            Shot, col(Shot.id) == col(Panel.shot_id)
        )
        rows = uow.session.execute(query.where(col(Shot.project_id) == project_id, sha256.in_(hashes)))
        found |= {picture: (width, height) for picture, width, height in rows if picture and width > 0 and height > 0}
    return found


def shot_spans(uow: UnitOfWork, script_id: str) -> list[tuple[int, int]]:
    """Where the words of every shot of a script stand in its source."""
    query = select(col(Shot.start_at), col(Shot.end_at)).where(col(Shot.script_id) == script_id)
    return [(row[0], row[1]) for row in uow.session.execute(query)]


def spoken_lines(uow: UnitOfWork, script_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(shot id and number, speaker, words, start, end, sound or None) of every line of a script."""
    columns: list[Any] = [
        col(each)
        for each in (Shot.id, Shot.number, Line.speaker, Line.text, Line.start_at, Line.end_at, Line.voice_sha256)
    ]
    query = select(*columns).select_from(Line).join(Shot, col(Shot.id) == col(Line.shot_id))
    return uow.session.execute(query.where(col(Shot.script_id) == script_id)).all()


def voiced_lines(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """(sound, speaker, words, sentences, manner, provider, completeness) of the lines of a project that are spoken in these
    sounds, at most 5,000."""
    fields = (Line.voice_sha256, Line.speaker, Line.text, Line.sentences, Line.manner, Line.provider, Line.completeness)
    columns: list[Any] = [col(each) for each in fields]  # pyright: ignore[reportArgumentType]
    query = select(*columns).select_from(Line).join(Shot, col(Shot.id) == col(Line.shot_id))
    mine = query.where(col(Shot.project_id) == project_id, col(Line.voice_sha256).in_(hashes))
    return uow.session.execute(mine.limit(5_000)).all()


def words_of_lines(uow: UnitOfWork, project_id: str, line_ids: Sequence[str]) -> dict[str, LineWords]:
    """Those of these lines that are on a board of a project, by their ids."""
    fields = (Line.id, Shot.script_id, Shot.scene_id, Shot.scene_position, Line.text, Line.start_at, Line.end_at)
    columns: list[Any] = [col(each) for each in fields]  # pyright: ignore[reportArgumentType]
    query = select(*columns).select_from(Line).join(Shot, col(Shot.id) == col(Line.shot_id))
    query = query.where(
        col(Shot.project_id) == project_id, col(Shot.script_id).is_not(None), col(Line.id).in_(line_ids)
    )
    rows: Sequence[Row[*tuple[Any, ...]]] = uow.session.execute(query).all()
    return {row[0]: LineWords(row[1], row[2], row[3], row[4], (row[5], row[6])) for row in rows}


def specs_in_order(uow: UnitOfWork, script_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(shot id, number, scene position, action, what its first panel is to show) of every shot of a script, in order."""
    columns = [col(Shot.id), col(Shot.number), col(Shot.scene_position), col(Shot.action), col(Panel.spec)]
    query = _with_pictures(*columns).where(col(Shot.script_id) == script_id).order_by(col(Shot.position))
    return uow.session.execute(query).all()


def speakers_of(uow: UnitOfWork, script_id: str) -> dict[str, list[str]]:
    """Who speaks in sight in each shot of a script, by shot, in order."""
    query = (
        select(col(Line.shot_id), col(Line.speaker))
        .join(Shot, col(Shot.id) == col(Line.shot_id))
        .where(col(Shot.script_id) == script_id, col(Line.off) == "")
        .order_by(col(Line.position))
    )
    found: dict[str, list[str]] = {}
    for shot_id, speaker in uow.session.execute(query):
        found.setdefault(shot_id, []).append(speaker)
    return found


def dismissals_of(uow: UnitOfWork, script_id: str) -> dict[str, str]:
    """The reasons of the continuity warnings that are meant, by warning."""
    query = select(col(Dismissal.warning), col(Dismissal.reason)).where(col(Dismissal.script_id) == script_id)
    return {row[0]: row[1] for row in uow.session.execute(query)}


def find_dismissal(uow: UnitOfWork, script_id: str, warning: str) -> Dismissal | None:
    query = select(Dismissal).where(col(Dismissal.script_id) == script_id, col(Dismissal.warning) == warning)
    return uow.session.scalars(query).one_or_none()


def people_drawn(uow: UnitOfWork, script_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(shot id, number, what a panel is to show, whether it has a picture) of every panel of a script, in order."""
    columns: list[Any] = [col(Shot.id), col(Shot.number), col(Panel.spec), col(Panel.current).is_not(None)]
    query = select(*columns).join(Panel, col(Panel.shot_id) == col(Shot.id)).where(col(Shot.script_id) == script_id)
    query = query.where(col(Panel.position).is_not(None))
    return uow.session.execute(query.order_by(col(Shot.position), col(Panel.position))).all()


def chosen_looks(uow: UnitOfWork, script_id: str) -> dict[str, Look]:
    """How people look about whom a person decided, by name."""
    decided = cast(col(Panel.spec), Text).contains('"chosen": true')
    query = select(col(Panel.spec)).join(Shot, col(Shot.id) == col(Panel.shot_id))
    query = query.where(col(Shot.script_id) == script_id, col(Panel.position).is_not(None), decided)
    query = query.order_by(col(Shot.position).desc())
    figures = [
        figure for spec in uow.session.scalars(query) for figure in spec["figures"] if figure["look"].get("chosen")
    ]
    return {figure["name"]: Look(**figure["look"]) for figure in figures}


def style_of(uow: UnitOfWork, script_id: str) -> Style:
    """The style of a board's first panel; of a script without shots the usual one."""
    query = select(col(Panel.spec)).join(Shot, col(Shot.id) == col(Panel.shot_id))
    spec = uow.session.scalars(
        query.where(col(Shot.script_id) == script_id, col(Panel.position) == 0).order_by(col(Shot.position)).limit(1)
    ).first()
    return spec_from(spec).style if spec else Style.MARKER
