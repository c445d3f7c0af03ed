"""The Cut room of a project begun with footage when its first film comes: the page fetches the cut anew and is told why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

import app.pages  # noqa: F401 - all states there are
from state.cut.room import CutRoomState
from state.gate import acting
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.thread import service as thread
from studio.timelines import service as timelines
from tests.factories.laid import a_solid
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@dataclass(frozen=True)
class Open:
    page: Tab
    who: SignedIn
    project_id: str

    def hear(self, *changed: str) -> None:
        async def heard() -> None:
            with acting(self.who.session):
                await (await self.page.root.get_state(CutRoomState))._hear(News(changed=set(changed)))

        asyncio.run(heard())

    @property
    def room(self) -> CutRoomState:
        return self.page.get(CutRoomState)

    def notices(self) -> list[str]:
        return [each.text for each in self.page.get(NoticesState).items]


@pytest.fixture
def found(database: str, person: Callable[[str], SignedIn]) -> Open:
    who = person("mara")
    with unit_of_work() as uow:
        project_id = thread.start_cut(uow, who.session.actor)
    page = tab(who.token, f"/p/{project_id}/cut", project_id=project_id)
    page.call(CutRoomState, "load")
    return Open(page, who, project_id)


def test_a_cut_that_takes_the_shape_of_a_film_is_fetched_anew_and_it_is_said(found: Open) -> None:
    assert found.room.facts.size == "1920 × 1080 · 24 fps"
    with unit_of_work() as uow:
        actor = found.who.session.actor
        assert timelines.match_empty(uow, actor, found.project_id, FilmFormat(Rate(30), 1080, 1920))
        projects.change_format(uow, actor, found.project_id, FilmFormat(Rate(30), 1080, 1920))
    found.hear("cut", "media")
    assert (found.room.feed["anew"], found.room.facts.size) == (True, "1080 × 1920 · 30 fps")
    assert found.notices()[-1].endswith("1080 × 1920 · 30 fps.")
    told = len(found.notices())
    found.hear("cut", "media")
    assert (found.room.feed["anew"], len(found.notices())) == (False, told)


def test_an_act_of_somebody_else_is_a_step_and_nothing_is_said(found: Open) -> None:
    with unit_of_work() as uow:
        timelines.edit_timeline(uow, found.who.session.actor, found.room.cut, [a_solid(48)], revision=1)
    found.hear("cut")
    assert (found.room.feed["anew"], len(found.room.feed["steps"]), found.notices()) == (False, 1, [])
