"""What the script room reads at once: the board's scenes, the texts on view, and the panels beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from state.board import panels, window
from state.script.printed import Beside, beside
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.scripts import service as scripts
from studio.scripts.views import PersonView, PlaceView, SceneText
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, PanelCard

_SCENES = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """Scenes of a board with their ids, the texts of those on view, what stands beside them, and the chosen scene's shots."""

    board: tuple[BoardScene, ...]
    ids: tuple[str, ...]
    texts: tuple[SceneText, ...] = ()
    beside: dict[str, Beside] = field(default_factory=dict)
    chosen: SceneText | None = None
    covering: tuple[PanelCard, ...] = ()


def seen(uow: UnitOfWork, actor: Actor, project_id: str, script_id: str, first: int, end: int, chosen: int) -> Seen:
    """The scenes from `first` up to `end`, and the chosen one."""
    board = storyboards.list_scenes_on_board(uow, actor, script_id)
    ids = tuple(scene.id for scene in scripts.list_scenes(uow, actor, script_id))
    end = min(end, len(board))
    if first >= end:
        return Seen(board, ids)
    texts = scripts.read_texts(uow, actor, script_id, first, min(end - first, _SCENES))
    starts = window.starts_of([scene.shots for scene in board])
    cards = panels.cards_between(uow, actor, script_id, starts[first], starts[end])
    edges = {
        text.scene.id: beside(project_id, text, [card for card in cards if card.scene == text.scene.position])
        for text in texts
    }
    if first <= chosen < end:
        own = texts[chosen - first]
        return Seen(board, ids, texts, edges, own, tuple(card for card in cards if card.scene == chosen))
    if not 0 <= chosen < len(board):
        return Seen(board, ids, texts, edges)
    own = next(iter(scripts.read_texts(uow, actor, script_id, chosen, 1)), None)
    covering = storyboards.list_cards(uow, actor, script_id, scene=chosen, limit=60).items
    return Seen(board, ids, texts, edges, own, covering)


def cast_of(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[tuple[PersonView, ...], tuple[PlaceView, ...]]:
    """The people and places of a project."""
    return scripts.list_people(uow, actor, project_id), scripts.list_places(uow, actor, project_id)
