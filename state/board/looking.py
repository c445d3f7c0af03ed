"""One look at a board: its scenes, the panels on view and what is at work on it, and how they are grouped for the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from state.board import panels, window
from state.board.panels import Card
from state.bridge import read
from state.hub import News
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.runs import service as runs
from studio.runs.views import run_view
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, PanelCard

_AT_WORK = 8  # panels shown as being drawn at once


@dataclass(frozen=True, slots=True)
class Head:
    """The scene named above the panels."""

    position: int = -1
    number: str = ""
    heading: str = ""
    facts: str = ""
    scene_id: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """Whose panels are shown ("" is everybody's), of the people there are on the board, by the names the script has."""

    chosen: str = ""
    people: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Group:
    """The panels of one scene among those on view."""

    position: int
    scene_id: str
    number: str
    heading: str
    lasts: str
    panels: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the database brings."""

    scenes: tuple[BoardScene, ...]
    making: str
    cards: tuple[PanelCard, ...]


def look(uow: UnitOfWork, actor: Actor, script_id: str, project_id: str, first: int) -> Seen:
    """The scenes of a board, its panels from `first` to the end of the window, and what is at work on it."""
    scenes = storyboards.list_scenes_on_board(uow, actor, script_id)
    end = window.end_of(first, [scene.shots for scene in scenes])
    cards = panels.cards_between(uow, actor, script_id, first, end)
    return Seen(scenes, _making(uow, actor, project_id, script_id), cards)


def _making(uow: UnitOfWork, actor: Actor, project_id: str, script_id: str) -> str:
    records, _ = runs.list_asked(uow, actor, project_id, ("board", "boards", "film", "panel"), limit=20)
    live = [r for r in records if not r.run.ended]
    kinds = [r.run.kind for r in live if r.config.get("script_id", script_id) == script_id]
    return next((k for k in ("film", "board", "boards", "panel") if k in kinds), "")


async def being_drawn(known: Mapping[str, str], news: News) -> dict[str, str]:
    """Which panels are being drawn now, by their runs: what was known, less what has ended, and what has begun."""
    found = dict(known)
    for plain in news.runs.values():
        view = run_view(plain)
        if view.kind != "panel":
            continue
        if view.ended:
            found.pop(view.id, None)
        elif view.state == "processing" and view.id not in found and len(found) < _AT_WORK:
            record = await read(runs.get_record, view.id)
            found[view.id] = str(record.config.get("panel_id", ""))
    return found


def calls_for_a_look(news: News, *, making: bool, due: bool) -> bool:
    """Whether news say that the board in the database is not the one on the page any more.

    Panels that arrive are looked at together (`due` says that it is time); work somebody asked for is while nothing is
    known to be at work (`making`), and when it has ended.
    """
    if news.all or "board" in news.changed:
        return True
    views = [run_view(plain) for plain in news.runs.values()]
    if any(v.parent_id is None for v in views) and any(v.ended or not making for v in views):
        return True
    arrived = any(v.kind == "panel" and v.ended for v in views) or bool({"panel", "voice"} & news.changed)
    return arrived and due


def groups_of(
    project_id: str, scenes: Sequence[BoardScene], cards: Sequence[PanelCard], busy: Collection[str]
) -> list[Group]:
    """Panels by scene, scenes without any left out; `busy` are those being drawn."""
    found: list[Group] = []
    for scene in scenes:
        mine = [panels.card(project_id, c, busy=c.panel_id in busy) for c in cards if c.scene == scene.position]
        if mine:
            found.append(group_of(scene, mine))
    return found


def group_of(scene: BoardScene, cards: list[Card]) -> Group:
    return Group(
        position=scene.position,
        scene_id=scene.id,
        number=scene.number,
        heading=panels.titled(scene),
        lasts=panels.seconds(scene.seconds),
        panels=panels.counted(scene.shots, "panel"),
        cards=cards,
    )


def head_of(scene: BoardScene) -> Head:
    """What the page says of the scene it begins with."""
    drawn = "all drawn" if scene.drawn == scene.shots else f"{scene.drawn} of {scene.shots} drawn"
    facts = f"{panels.counted(scene.shots, 'panel')} · {panels.seconds(scene.seconds)} · {drawn}"
    return Head(scene.position, scene.number, panels.titled(scene), facts, scene.id, scene.locked)


def has(scene: BoardScene, show: str, who: str) -> bool:
    """Whether a scene has panels that a filter (all, todo, drawn, stale; somebody or "") may let through."""
    of_status = {"drawn": scene.drawn, "todo": scene.shots - scene.drawn, "stale": scene.stale}.get(show, scene.shots)
    return bool(of_status) and (not who or who in scene.people)


def who_of(scenes: Sequence[BoardScene], chosen: str) -> Who:
    """The people of a board, by name; the choice stays while the person is on it."""
    people = sorted({name for scene in scenes for name in scene.people})
    return Who(chosen if chosen in people else "", people)


def lets(card: PanelCard, show: str, who: str) -> bool:
    """Whether a filter lets a panel through."""
    drawn = card.sha256 is not None
    of_status = {"drawn": drawn, "todo": not drawn, "stale": drawn and card.stale}.get(show, True)
    return of_status and (not who or who in card.cast)
