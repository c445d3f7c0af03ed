"""The drawing room's page: what is drawn over, what others draw, and Done."""

from __future__ import annotations

import asyncio

import pytest

from state import gate
from state.drawing import DrawState
from state.hub import Hub, News, Watch
from state.project import ProjectState
from studio.core.db import reading
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from tests.factories.people import Cast, make_cast
from tests.factories.pictures import png
from tests.factories.strokes import send, stroke
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services


@pytest.fixture
def cast(embedded: str) -> Cast:
    return make_cast()


def opened(cast: Cast, who: str = "editor", *, project: str = "", shot: str = "") -> Tab:
    project, shot = project or cast.project_id, shot or cast.shot_id
    page = tab(cast.session(who), f"/p/{project}/draw/{shot}", project_id=project, shot_id=shot)
    page.call(DrawState, "load")
    return page


def test_the_room_shows_the_panel_and_those_beside_it(cast: Cast) -> None:
    send(cast.actor("editor"), cast.panel_id, [stroke(), stroke()])
    it = opened(cast).get(DrawState)
    assert (it.loaded, it.missing, it.sheet.id, it.last) == (True, False, cast.panel_id, 2)
    assert [(b.number, b.on) for b in it.strip if b.on] == [(it.shot_number, True)]
    assert it.board == f"/p/{cast.project_id}/board?shot={cast.shot_id}"
    assert it.me == cast.people["editor"]


def test_a_shot_of_another_project_and_one_that_is_gone_are_missing(cast: Cast) -> None:
    other = make_other(cast)
    for page in (opened(cast, "owner", project=other), opened(cast, shot=cast.run_id)):
        assert page.get(DrawState).missing
        assert page.get(DrawState).sheet.id == ""


def make_other(cast: Cast) -> str:
    from studio.core.db import unit_of_work
    from studio.projects import service as projects

    with unit_of_work() as uow:
        return projects.create_project(uow, cast.actor("owner"), name="Another").id


def test_strangers_learn_nothing(cast: Cast) -> None:
    page = opened(cast, "stranger")
    assert not page.get(ProjectState).found
    assert page.get(DrawState).sheet.id == ""


def test_what_others_draw_is_told_by_its_number(cast: Cast) -> None:
    page = opened(cast)

    async def heard(news: News) -> None:
        room = await page.root.get_state(DrawState)
        with gate.acting(gate._found(cast.session("editor"))):
            await room._hear(news)

    asyncio.run(heard(News(strokes=7)))
    assert page.get(DrawState).last == 7
    asyncio.run(heard(News(changed={"script"})))
    assert page.get(DrawState).last == 7


def test_only_pages_on_that_panel_are_told_of_its_strokes() -> None:
    hub = Hub()

    def watch(panel: str) -> Watch:
        return Watch("t" + panel, "s", "", frozenset({"p"}), "", (), panel=panel)

    here, elsewhere = watch("one"), watch("two")
    hub._watches = {"a": here, "b": elsewhere}
    told: list[Watch] = []
    hub._tell = lambda it, **_: told.append(it)
    hub._received("inkreel:live:p", {"strokes": 3, "panel": "one"})
    hub._received("inkreel:live:p", {"strokes": 2, "panel": "one"})
    assert told == [here, here]
    assert (here.news.strokes, elsewhere.news.strokes) == (3, 0)


@pytest.mark.parametrize(("handler", "place"), [("add after", 1), ("add before", 0), ("duplicate", 1)])
def test_a_new_panel_beside_this_one_opens_to_be_drawn_on(cast: Cast, handler: str, place: int) -> None:
    page = opened(cast)
    name, _, side = handler.partition(" ")
    answer = str(page.call(DrawState, name, **({"side": side} if side else {})))
    with reading() as uow:
        panels = storyboards.list_panels(uow, cast.actor("editor"), cast.shot_id)
    assert (len(panels), panels[1 - place].id) == (2, cast.panel_id)
    assert f"/p/{cast.project_id}/draw/{cast.shot_id}?panel={panels[place].id}" in answer


def test_a_new_shot_behind_this_one_opens_to_be_drawn_on(cast: Cast) -> None:
    answer = str(opened(cast).call(DrawState, "add_shot"))
    with reading() as uow:
        shots = [card.shot_id for card in storyboards.list_cards(uow, cast.actor("editor"), cast.script_id).items]
    assert f"/p/{cast.project_id}/draw/{shots[shots.index(cast.shot_id) + 1]}" in answer


def test_the_pictures_to_draw_over_are_those_no_hand_drew_and_the_one_below_comes_first(cast: Cast) -> None:
    storyboards.upload_panel(cast.actor("editor"), cast.shot_id, data=png(40, 30), name="photo.png")
    send(cast.actor("editor"), cast.panel_id, [stroke()])
    sheet = opened(cast).get(DrawState).sheet
    with reading() as uow:
        shot = storyboards.get_shot(uow, cast.actor("editor"), cast.shot_id)
    assert sheet.references == (shot.card.sha256,)
    assert sheet.pictures.replace("SHA", sheet.references[0]) == sheet.reference


def test_done_asks_for_the_picture_and_goes_back_to_the_board(cast: Cast) -> None:
    send(cast.actor("editor"), cast.panel_id, [stroke()])
    answer = opened(cast).call(DrawState, "done")
    assert f"/board?shot={cast.shot_id}" in str(answer)
    with reading() as uow:
        asked, _ = runs.list_asked(uow, cast.actor("editor"), cast.project_id, ("ink",))
    assert [r.config["seq"] for r in asked] == [1]
