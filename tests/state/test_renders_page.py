"""The renders room: the formats on offer, the wishes for the next film, and the report of the one on view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from state.notices import NoticesState
from state.renders.asking import AskingState
from state.renders.renders import RendersState
from state.renders.report import ReportState
from studio.accounts import service as accounts
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.core.errors import MediaMissing
from studio.engine.presets import Order
from studio.engine.report import Finding, report_of
from studio.renders import service as renders
from studio.runs import service as runs
from studio.thread import service as thread
from studio.timelines import service as timelines
from tests.factories.film import make_timeline, stored_file
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def page(database: str, person: Callable[[str], SignedIn], tmp_path: Path) -> Tab:
    board, detail = make_timeline(tmp_path)
    with unit_of_work() as uow:
        made = renders.submit_render(uow, board.actor, detail.id, Order("720p", "file"))
        black = Finding("black", "warn", 48, 96, "Black for 2.0 s.", 2.0, 2.0)
        report = report_of([black, Finding("frames", "ok", 0, 0, "It has exactly 9 frames.", 9, 9)], {})
        claim = runs.claim_run(uow, made.run_id, "w")
        assert claim
        renders.finish_render(uow, board.actor, made.run_id, stored_file(tmp_path, "f.mp4", b"film"), 3, report)
        runs.complete_run(uow, claim, {})
    found = tab(person("mara").token, f"/p/{board.project_id}/renders", project_id=board.project_id)
    found.call(RendersState, "load")
    return found


def test_the_room_offers_formats_takes_wishes_and_tells_what_to_look_at(page: Tab) -> None:
    kinds = page.get(RendersState).presets
    assert [k.name for k in kinds if k.front] == ["720p", "1080p"]
    assert [k.heading for k in kinds if k.heading] == ["Web", "Phone", "Broadcast master", "Sound only", "Pictures"]
    card = page.get(ReportState)
    assert (card.told, [(line.at, line.sentence) for line in card.lines]) == (
        "One thing to look at before it is shown",
        [(2.0, "Black for 2.0 s.")],
    )
    assert (card.score, card.checked) == (1, 2)
    assert card.well == ["It has exactly 9 frames."]
    assert page.get(RendersState).films[0].faults
    page.call(RendersState, "choose", name="vertical")
    page.call(AskingState, "caption", how="burned")
    page.call(AskingState, "lay", filling=True)
    page.call(AskingState, "end", at="0:12")
    asked = page.get(AskingState)
    assert (asked.title, asked.shaped) == ("Vertical film", True)
    page.call(RendersState, "make")
    (making,) = page.get(RendersState).making
    with reading() as uow:
        order = renders.get_film(uow, accounts.ensure_owner(uow), making).order
    assert order == Order("vertical", "burned", "cover", 0, 12)


def test_a_film_whose_run_still_goes_on_is_not_shown_as_finished(page: Tab, tmp_path: Path) -> None:
    earlier = page.get(RendersState).shown
    with unit_of_work() as uow:
        owner = accounts.ensure_owner(uow)
        cut = renders.get_film(uow, owner, earlier).timeline_id
        assert cut
        made = renders.submit_render(uow, owner, cut, Order("1080p"))
        claim = runs.claim_run(uow, made.run_id, "w")
        assert claim
        renders.finish_render(uow, owner, made.run_id, stored_file(tmp_path, "g.mp4", b"later"), 3)
    page.call(RendersState, "load")
    assert (page.get(RendersState).shown, page.get(RendersState).making) == (earlier, [made.run_id])
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, {})
    page.call(RendersState, "load")
    assert (page.get(RendersState).shown, page.get(RendersState).making) == (made.run_id, [])


def test_a_time_nobody_can_read_is_told(page: Tab) -> None:
    page.call(AskingState, "begin", at="soon")
    assert page.get(AskingState).first == ""
    assert page.get(NoticesState)


def test_a_film_that_lacks_files_offers_its_rest(page: Tab) -> None:
    page.call(RendersState, "make")
    (lacking,) = page.get(RendersState).making
    page.call(RendersState, "make_rest", film_id=lacking)
    assert [n.text for n in page.get(NoticesState).items] == [
        "Nothing was missing from this film. Make it again as it is."
    ]
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, lacking, "w")
        assert claim
        runs.fail_run(uow, claim, MediaMissing.code, "1 of its files cannot be used.", retry=False)
    page.call(RendersState, "load")
    assert page.get(AskingState).lacking == [lacking]
    page.call(RendersState, "make_rest", film_id=lacking)
    (making,) = page.get(RendersState).making
    with reading() as uow:
        order = renders.get_film(uow, accounts.ensure_owner(uow), making).order
    assert order == Order("1080p", rest=True)


def test_what_is_wrong_with_a_cut_is_told_before_its_film_is_made_and_leads_there(page: Tab) -> None:
    board = page.get(AskingState).found
    assert board
    assert all("/board?at=" in each.link for each in board)
    with unit_of_work() as uow:
        owner = accounts.ensure_owner(uow)
        (live,) = timelines.list_timelines(uow, owner, board[0].link.split("/")[2])
        cut = timelines.create_timeline(
            uow, owner, live.project_id, name="By hand", begin="board", script_id=live.script_id, timeline_id=None
        )
    page.call(RendersState, "load")
    page.call(RendersState, "make_of", cut=cut.id)
    asked = page.get(AskingState)
    missing = [each for each in asked.found if "is missing" in each.told]
    assert missing
    assert missing[0].grave
    assert missing[0].link.startswith(f"/p/{live.project_id}/cut?cut={cut.id}&at=")
    assert asked.picture.startswith(f"/api/v1/timelines/{cut.id}/frame?frame=")


def test_without_a_board_the_film_is_made_of_the_cut_there_is(database: str, person: Callable[[str], SignedIn]) -> None:
    who = person("mara")
    with unit_of_work() as uow:
        project_id = thread.start_cut(uow, who.session.actor)
        (cut,) = timelines.list_timelines(uow, who.session.actor, project_id)
    it = tab(who.token, f"/p/{project_id}/renders", project_id=project_id)
    it.call(RendersState, "load")
    assert (it.get(AskingState).cut, it.get(RendersState).ready) == (cut.id, True)
    assert [each.told for each in it.get(AskingState).found] == [
        "There is nothing to be seen yet. Put a picture on a track."
    ]
