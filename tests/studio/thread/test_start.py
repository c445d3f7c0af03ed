"""A film started from words, and things found by theirs, on both databases."""

from __future__ import annotations

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid, LimitReached
from studio.projects import service as projects
from studio.projects.models import Member, Project
from studio.runs import service as runs
from studio.runs.models import Run
from studio.scripts.models import Character, Scene, Script
from studio.scripts.source import MAX_BYTES
from studio.storyboards import service as storyboards
from studio.storyboards.models import Shot
from studio.thread import service as thread
from studio.thread.views import Started
from studio.timelines import service as timelines
from tests.factories.laid import a_solid
from tests.factories.studio import make_place, make_stranger
from tests.support.queries import counted_queries

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]


def start(data: bytes, name: str = "draft.fountain", title: str | None = None) -> tuple[Started, str]:
    place = make_place()
    started = thread.start_project(place.actor, data=data, name=name, title=title)
    with reading() as uow:
        home = thread.get_home(uow, place.actor, started.project_id)
        assert home.script
        assert (home.script.id, home.shots) == (started.script_id, started.shots)
        run = runs.get_run(uow, place.actor, started.run_id)
        assert (run.kind, run.project_id) == ("board", started.project_id)
    return started, home.card.name


def test_footage_needs_no_script_to_be_cut() -> None:
    place = make_place()
    with unit_of_work() as uow:
        project_id = thread.start_cut(uow, place.actor, name="Market day")
    with reading() as uow:
        home = thread.get_home(uow, place.actor, project_id)
        (cut,) = timelines.list_timelines(uow, place.actor, project_id)
    assert (home.card.name, home.script, cut.live, cut.frames) == ("Market day", None, False, 0)
    assert [stage.state for stage in home.card.stages] == ["none"] * 4
    with unit_of_work() as uow:
        timelines.edit_timeline(uow, place.actor, cut.id, [a_solid(48)], revision=cut.revision)
    with reading() as uow:
        card = thread.get_card(uow, place.actor, project_id)
    assert ([stage.state for stage in card.stages], card.frames) == (["none", "none", "done", "none"], 48)


@pytest.mark.parametrize(
    ("data", "name", "title", "called"),
    [
        (b"Title: The _Long_ Night\n\nINT. A - DAY\n\nA man.\n", "x.fountain", None, "The Long Night"),
        (b"INT. A - DAY\n\nA man.\n", "C:\\films\\my draft.fountain", None, "my draft"),
        (b"INT. A - DAY\n\nA man.\n", "", None, "Untitled"),
        (b"Title: One\n\nINT. A - DAY\n\nA man.\n", "x.fountain", " Two  words ", "Two words"),
        (b"Title: " + b"long " * 100 + b"\n\nINT. A - DAY\n\nA man.\n", "x.fountain", None, ("long " * 40).strip()),
    ],
)
def test_a_project_is_called_what_the_script_is(data: bytes, name: str, title: str | None, called: str) -> None:
    assert start(data, name, title)[1] == called


def test_a_film_begins_in_the_format_that_was_chosen() -> None:
    place, upright = make_place(), projects.format_named("9:16", "25")
    usual, told = thread.open_sample(place.actor), thread.open_sample(place.actor, upright)
    with unit_of_work() as uow:
        empty = thread.start_cut(uow, place.actor, film=upright)
        by_hand = timelines.create_timeline(uow, place.actor, told.project_id, name="Mine", begin="board")
    with reading() as uow:
        cards = [thread.get_card(uow, place.actor, each) for each in (usual.project_id, told.project_id, empty)]
        cut = timelines.get_timeline(uow, place.actor, by_hand.id).timeline
    assert [(card.aspect, card.rate) for card in cards] == [("16:9", "24/1"), ("9:16", "25/1"), ("9:16", "25/1")]
    assert (cut.width, cut.height, cut.rate) == (1080, 1920, upright.rate)
    assert cards[1].length_s == pytest.approx(cards[0].length_s, abs=0.1)  # as long, in other frames
    assert cut.frames == cards[1].frames > cards[0].frames


def test_the_sample_is_a_project_with_its_panels_asked_for() -> None:
    place = make_place()
    started = thread.open_sample(place.actor)
    with unit_of_work() as uow:
        assert (
            storyboards.request_panels(uow, place.actor, started.script_id, parent_id=started.run_id) == started.shots
        )
    with reading() as uow:
        job = runs.list_jobs(uow, place.actor, [started.project_id])[0]
    assert (job.project_name, job.label, job.pieces_total) == ("The Last Ferry", "Draw 31 panels", 31)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"Title: Only a title\n", b"x" * (MAX_BYTES + 1)])
def test_a_refused_script_leaves_nothing(data: bytes) -> None:
    place = make_place()
    with pytest.raises((Invalid, LimitReached)):
        thread.start_project(place.actor, data=data, name="a.fountain")
    with reading() as uow:
        assert [uow.session.query(t).count() for t in (Project, Script, Scene, Shot, Run)] == [1, 0, 0, 0, 0]


def found(text: str, **more: int) -> list[tuple[str, str, str]]:
    with reading() as uow:
        place = make_place_actor()
        return [(h.kind, h.title, h.number) for h in thread.search(uow, place, text, **more)]


def make_place_actor():
    from studio.accounts import service as accounts

    with unit_of_work() as uow:
        return accounts.ensure_owner(uow)


def test_everything_is_found_by_its_words() -> None:
    start("Title: Café Élodie\n\nINT. THE FERRY DECK - NIGHT\n\nZOË, 30, waits.\n\nZOË\nHello.\n".encode())
    assert ("project", "Café Élodie", "") in found("cafe elod")
    assert ("scene", "INT. THE FERRY DECK - NIGHT", "1") in found("night ferry")
    assert ("character", "ZOË", "") in found("zoe")
    assert "shot" in {kind for kind, _, _ in found("zoe")}
    assert found("nowhere at all") == []
    assert found("   ") == []
    assert [kind for kind, _, number in found("1A") if number == "1A"] == ["shot"]


def test_only_the_newest_script_is_searched_and_hits_are_bounded() -> None:
    from studio.scripts import service as scripts

    started, _ = start(b"INT. HARBOUR - DAY\n\nA man.\n")
    place = make_place_actor()
    with unit_of_work() as uow:
        scripts.import_script(uow, place, started.project_id, data=b"INT. HARBOUR - NIGHT\n\nA man.\n", name="b")
    assert [title for kind, title, _ in found("harbour") if kind == "scene"] == ["INT. HARBOUR - NIGHT"]
    assert len(found("a", limit=1)) == 1


def test_a_stranger_finds_nothing_and_a_member_what_is_theirs() -> None:
    started, _ = start(b"Title: Secret\n\nINT. SECRET ROOM - DAY\n\nANNA\nHello.\n")
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow:
        assert thread.search(uow, stranger, "secret") == ()
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=started.project_id, user_id=stranger.user_id, role="viewer"))
    with reading() as uow:
        assert {h.kind for h in thread.search(uow, stranger, "secret")} >= {"project", "scene"}


def test_searching_many_projects_takes_as_many_queries_as_one() -> None:
    start(b"INT. HARBOUR - DAY\n\nA man.\n")
    actor = make_place_actor()

    def queries() -> int:
        with reading() as uow, counted_queries() as sent:
            thread.search(uow, actor, "harbour")
        return len(sent)

    few = queries()
    for _ in range(9):
        start(b"INT. HARBOUR - DAY\n\nA man.\n")
    assert queries() == few <= 8


def test_people_are_kept_once_a_project() -> None:
    start(b"INT. A - DAY\n\nANNA\nHello.\n")
    with reading() as uow:
        assert [c.name for c in uow.session.query(Character)] == ["ANNA"]
