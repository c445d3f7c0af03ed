"""The projects page: what is shown to whom, how projects begin, and how each change can be taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from app.api.http.pages import back
from state import gate
from state.hub import News
from state.notices import NoticesState
from state.projects.format import FormatState
from state.projects.projects import ProjectsState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.projects.views import FilmFormat, ProjectRole
from studio.thread import service as thread
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]
SCRIPT = "INT. KITCHEN - NIGHT\n\nRain on the window.\n\nANNA\nIt never boils.\n"


def _made(who: SignedIn, name: str = "Night Ferry") -> str:
    with unit_of_work() as uow:
        return projects.create_project(uow, who.session.actor, name=name).id


def _page(who: SignedIn, path: str = "/projects") -> Tab:
    it = tab(who.token, path)
    it.root.router_data["asPath"] = path
    it.root._update_router_vars(it.root.router_data, {})
    it.call(ProjectsState, "load")
    return it


def _names(of: Tab) -> list[str]:
    return [c.name for c in of.get(ProjectsState).cards]


def _undo(of: Tab) -> None:
    notice = of.get(NoticesState).items[-1]
    assert notice.undo
    of.call(NoticesState, "undo", notice_id=notice.id)


def test_a_new_person_sees_an_empty_wall(person: Register) -> None:
    state = _page(person("mara")).get(ProjectsState)
    assert (state.loaded, state.cards, state.counts) == (True, [], {"all": 0, "mine": 0, "shared": 0, "away": 0})


def test_a_stranger_sees_nothing_of_others_projects(person: Register) -> None:
    _made(person("mara"))
    assert _names(_page(person("tunde"))) == []


def test_a_shared_project_stands_under_shared_and_a_viewer_gets_no_menu(person: Register) -> None:
    mara, tunde = person("mara"), person("tunde")
    project_id = _made(mara)
    with unit_of_work() as uow:
        projects.add_member(uow, mara.session.actor, project_id, email="tunde@example.com", role=ProjectRole.VIEWER)
    page = _page(tunde)
    page.call(ProjectsState, "choose", scope="mine")
    assert _names(page) == []
    page.call(ProjectsState, "choose", scope="shared")
    card = page.get(ProjectsState).cards[0]
    assert (card.name, card.may_rename, card.may_put_away) == ("Night Ferry", False, False)
    assert [f.name for f in card.faces] == ["Mara", "Tunde"]


def test_a_card_tells_how_far_a_film_is(person: Register) -> None:
    mara = person("mara")
    thread.start_project(mara.session.actor, data=SCRIPT.encode(), name="a.fountain")
    card = _page(mara).get(ProjectsState).cards[0]
    assert [(d.name, d.state) for d in card.dots] == [
        ("script", "done"),
        ("board", "none"),
        ("cut", "none"),
        ("render", "none"),
    ]
    assert card.told.startswith("Script done, Board not started")
    assert (card.aspect, card.poster, card.letters) == ("16:9", "", "A")


def test_projects_are_ordered_as_chosen(person: Register) -> None:
    mara = person("mara")
    for name in ("Beta", "Alpha", "Gamma"):
        _made(mara, name)
    page = _page(mara)
    assert _names(page) == ["Gamma", "Alpha", "Beta"]
    page.call(ProjectsState, "sort", order="name")
    assert _names(page) == ["Alpha", "Beta", "Gamma"]


def test_many_projects_come_in_pages_of_twelve(person: Register) -> None:
    mara = person("mara")
    for i in range(14):
        _made(mara, f"Film {i:02d}")
    page = _page(mara)
    page.call(ProjectsState, "sort", order="name")
    page.call(ProjectsState, "turn", page=2)
    state = page.get(ProjectsState)
    assert (_names(page), state.pages, state.span) == (["Film 12", "Film 13"], 2, "13 to 14 of 14")


def test_a_page_beyond_the_end_shows_the_last(person: Register) -> None:
    mara = person("mara")
    _made(mara)
    page = _page(mara)
    page.call(ProjectsState, "turn", page=900)
    assert (_names(page), page.get(ProjectsState).page) == (["Night Ferry"], 1)


def test_renaming_can_be_undone(person: Register) -> None:
    mara = person("mara")
    project_id = _made(mara)
    page = _page(mara)
    page.call(ProjectsState, "rename", form={"project_id": project_id, "name": "Day Ferry"})
    assert _names(page) == ["Day Ferry"]
    _undo(page)
    assert _names(_page(mara)) == ["Night Ferry"]


def test_an_empty_name_is_refused_in_words(person: Register) -> None:
    mara = person("mara")
    project_id = _made(mara)
    page = _page(mara)
    page.call(ProjectsState, "rename", form={"project_id": project_id, "name": "  "})
    assert _names(page) == ["Night Ferry"]
    assert "name" in page.get(NoticesState).items[-1].text


def test_putting_away_can_be_undone_and_brought_back_later(person: Register) -> None:
    mara = person("mara")
    project_id = _made(mara)
    page = _page(mara)
    page.call(ProjectsState, "put_away", project_id=project_id)
    assert (_names(page), page.get(ProjectsState).counts["away"]) == ([], 1)
    _undo(page)
    page.call(ProjectsState, "put_away", project_id=project_id)
    page.call(ProjectsState, "choose", scope="away")
    assert [c.away for c in page.get(ProjectsState).cards] == [True]
    page.call(ProjectsState, "bring_back", project_id=project_id)
    assert page.get(ProjectsState).counts == {"all": 1, "mine": 1, "shared": 0, "away": 0}


@pytest.mark.parametrize("handler", ["put_away", "bring_back"])
def test_a_forged_project_id_changes_nothing(person: Register, handler: str) -> None:
    project_id = _made(person("mara"))
    page = _page(person("tunde"))
    page.call(ProjectsState, handler, project_id=project_id)
    assert page.get(NoticesState).items[-1].text == "There is no such project."


@pytest.mark.parametrize("arguments", [{"scope": "everything"}, {"scope": 3}, {}])
def test_a_forged_filter_is_refused(person: Register, arguments: dict[str, Any]) -> None:
    page = _page(person("mara"))
    page.call(ProjectsState, "choose", **arguments)
    assert page.get(ProjectsState).scope == "all"


def test_pasted_words_become_a_project_and_a_second_click_does_not_make_another(person: Register) -> None:
    mara = person("mara")
    page = _page(mara)
    form = {"title": "  Kettle ", "text": SCRIPT}
    first = page.call(ProjectsState, "paste", form=form)
    second = page.call(ProjectsState, "paste", form=form)
    with reading() as uow:
        found = projects.list_projects(uow, mara.session.actor).items
    assert [p.name for p in found] == ["Kettle"]
    assert f"/p/{found[0].id}/board" in str(first)
    assert f"/p/{found[0].id}/board" in str(second)


def test_a_film_begins_in_the_format_that_was_chosen(person: Register) -> None:
    mara = person("mara")
    page = _page(mara)
    page.call(ProjectsState, "paste", form={"title": "Wide", "text": SCRIPT})
    page.call(FormatState, "choose_shape", shape="9:16")
    page.call(FormatState, "choose_rate", rate="25")
    page.call(ProjectsState, "paste", form={"title": "Wide", "text": SCRIPT})  # the same words, but another film
    page.call(ProjectsState, "cut_footage")
    page.call(FormatState, "choose_shape", shape="3:2")
    assert "There is no shape “3:2”" in page.get(NoticesState).items[-1].text
    assert page.get(FormatState).shape == "9:16"
    with reading() as uow:
        found = projects.list_projects(uow, mara.session.actor, order="created").items
    assert [p.film for p in found] == [FilmFormat(Rate(25), 1080, 1920)] * 2 + [FilmFormat()]


@pytest.mark.parametrize(
    ("text", "said"),
    [("  \n", "Paste the script"), ("x" * 250_001, "longer than fits"), ("%PDF-1.4 junk", "PDF")],
)
def test_words_that_are_no_script_are_refused_beside_the_box(person: Register, text: str, said: str) -> None:
    page = _page(person("mara"))
    assert page.call(ProjectsState, "paste", form={"text": text}) is None
    assert said in page.get(ProjectsState).paste_problem
    assert page.get(ProjectsState).counts["all"] == 0


def test_a_refused_import_is_told_above_the_ways_to_try_again(person: Register) -> None:
    mara = person("mara")
    address = back("/projects", "invalid", "This is a PDF.", title="Ferry").headers["location"]
    page = _page(mara, address)
    assert (page.get(ProjectsState).problem, page.get(ProjectsState).title) == ("This is a PDF.", "Ferry")


@pytest.mark.parametrize("sentence", ["Send+money", "This+is+a+PDF,+too."])
def test_a_crafted_link_cannot_make_the_page_say_something(person: Register, sentence: str) -> None:
    mara = person("mara")
    address = back("/projects", "invalid", "This is a PDF.").headers["location"]
    assert _page(mara, address.replace("This+is+a+PDF.", sentence)).get(ProjectsState).problem == ""
    assert _page(mara, f"/projects?problem=invalid&message={sentence}").get(ProjectsState).problem == ""


def test_what_others_change_shows_without_a_reload(person: Register) -> None:
    mara = person("mara")
    project_id = _made(mara)
    page = _page(mara)
    with unit_of_work() as uow:
        projects.rename_project(uow, mara.session.actor, project_id, "Day Ferry")
    with gate.acting(mara.session):
        asyncio.run(page.get(ProjectsState)._hear(News(changed={"name"})))
    assert _names(page) == ["Day Ferry"]


def test_work_under_way_shows_on_its_card(person: Register) -> None:
    mara = person("mara")
    started = thread.start_project(mara.session.actor, data=SCRIPT.encode(), name="a.fountain")
    busy = _page(mara).get(ProjectsState).busy
    assert busy[started.project_id].told == "Waiting its turn"
    assert busy[started.project_id].percent == 0
