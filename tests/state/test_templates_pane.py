"""The templates of the Cut room without a browser: the gallery, a form that is filled, laid down, changed and saved."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import app.pages  # noqa: F401 - the room knows its panes late
from state.cut.room import CutRoomState
from state.cut.templates import TemplatesState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading
from studio.engine.timeline import Clip, Timeline
from studio.engine.timeline.looks import Text
from studio.timelines import service as timelines
from tests.factories.acts import SMALL
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab, asked, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SMALL)


@pytest.fixture
def page(board: Board, person: Callable[[str], SignedIn]) -> Tab:
    """A tab in the Cut room with an empty cut."""
    found = tab(person("mara").token, f"/p/{board.project_id}/cut", project_id=board.project_id)
    found.call(CutRoomState, "load")
    found.call(CutRoomState, "begin", how="empty")
    return found


def put(page: Tab) -> bool:
    """Press the button of the form that is open: what stands in it is laid at the playhead, or where it lies."""
    pane = page.get(TemplatesState)
    values = {field.name: field.value for field in pane.fields}
    if pane.use:
        return asked(page, "change_use", use=pane.use, values=values)
    return asked(page, "use_template", template=pane.open.id, values=values, at=page.get(CutRoomState).rest)


def now(page: Tab, board: Board) -> Timeline:
    with reading() as uow:
        return timelines.get_timeline(uow, board.actor, page.get(CutRoomState).cut).timeline


def words(page: Tab, board: Board) -> list[Clip]:
    return [c for t in now(page, board).tracks for c in t.clips if isinstance(c.made, Text)]


def test_a_template_is_filled_and_laid_at_the_playhead(page: Tab, board: Board) -> None:
    pane = page.get(TemplatesState)
    assert len(pane.items) == 12 and all(item.ours for item in pane.items)
    page.call(CutRoomState, "rest_at", frame=48)
    page.call(TemplatesState, "choose", template_id="lower-third")
    before = pane.poster
    page.call(TemplatesState, "set_value", name="name", value="Ann Lee & sons")
    page.call(TemplatesState, "set_value", name="length", value="2,5")
    assert pane.poster != before and "Ann%20Lee%20%26%20sons" in pane.poster
    assert {field.name: field.value for field in pane.fields}["length"] == "2,5"
    put(page)
    clips = words(page, board)
    assert {clip.made.text for clip in clips if isinstance(clip.made, Text)} == {
        "Ann Lee & sons",
        "Harbour pilot, Kell",
    }
    assert (min(c.start for c in clips), max(c.end for c in clips)) == (48, 108)
    assert pane.open.id == "" and page.get(CutRoomState).undoing.undo == "Lay down Lower third"


def test_a_template_that_is_dropped_is_laid_down_as_it_is(page: Tab, board: Board) -> None:
    card = next(item for item in page.get(TemplatesState).items if item.id == "lower-third")
    assert json.loads(card.carried) == {"template": "lower-third", "name": "Lower third"}
    assert asked(page, "use_template", template="lower-third", values={}, at=24)
    clips = words(page, board)
    assert (min(c.start for c in clips), max(c.end for c in clips)) == (24, 144)


def test_what_cannot_be_is_said_and_the_form_stays(page: Tab, board: Board) -> None:
    page.call(TemplatesState, "choose", template_id="lower-third")
    page.call(TemplatesState, "set_value", name="length", value="soon")
    put(page)
    assert words(page, board) == []
    assert page.get(TemplatesState).open.id == "lower-third"
    assert any("Length is a number." in notice.text for notice in page.get(NoticesState).items)


def test_a_template_in_the_cut_is_filled_anew(page: Tab, board: Board) -> None:
    page.call(TemplatesState, "choose", template_id="lower-third")
    put(page)
    page.call(CutRoomState, "choose", clips=[words(page, board)[0].id])
    pane = page.get(TemplatesState)
    assert pane.made_of
    page.call(TemplatesState, "choose_used")
    page.call(TemplatesState, "set_value", name="name", value="Noa Stern")
    put(page)
    assert "Noa Stern" in {c.made.text for c in words(page, board) if isinstance(c.made, Text)}
    assert len(words(page, board)) == 2


def test_chosen_clips_are_saved_named_and_deleted(page: Tab, board: Board) -> None:
    page.call(TemplatesState, "choose", template_id="news-strap")
    put(page)
    page.call(CutRoomState, "choose", clips=[words(page, board)[0].id])
    page.call(TemplatesState, "save", form={"name": "Our strap"})
    pane = page.get(TemplatesState)
    mine = pane.items[-1]
    assert (mine.name, mine.ours, len(pane.items)) == ("Our strap", False, 13)
    page.call(TemplatesState, "choose", template_id=mine.id)
    page.call(TemplatesState, "rename", name="The strap")
    assert (pane.open.name, pane.items[-1].name) == ("The strap", "The strap")
    page.call(TemplatesState, "delete")
    assert len(pane.items) == 12 and pane.open.id == ""


def test_a_template_comes_in_from_a_file_and_another_file_changes_nothing(page: Tab, board: Board) -> None:
    page.call(TemplatesState, "choose", template_id="news-strap")
    put(page)
    page.call(CutRoomState, "choose", clips=[words(page, board)[0].id])
    page.call(TemplatesState, "save", form={"name": "Our strap"})
    with reading() as uow:
        mine = page.get(TemplatesState).items[-1].id
        file = timelines.template_file(uow, board.actor, board.project_id, mine)
    page.call(TemplatesState, "bring", name="strap.json", text=file.data.decode())
    assert [item.name for item in page.get(TemplatesState).items[12:]] == ["Our strap", "Our strap"]
    page.call(TemplatesState, "bring", name="strap.json", text="INT. ROOM - DAY")
    assert len(page.get(TemplatesState).items) == 14
    assert "no template of Inkreel" in page.get(NoticesState).items[-1].text
