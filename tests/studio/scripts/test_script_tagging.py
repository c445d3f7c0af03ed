"""Breaking a script down, on both databases: what is suggested, what people make of it, who may, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.projects.models import Member
from studio.scripts import service as scripts
from studio.scripts.models import Scene, Script, Tag
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.views import BreakdownSheet
from tests.factories.film import Board, make_board
from tests.factories.studio import make_stranger
from tests.support.queries import counted_queries

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def suggest(board: Board) -> int:
    with unit_of_work() as uow:
        return scripts.suggest_tags(uow, board.actor, board.script_id)


def sheet(board: Board, position: int = 0) -> BreakdownSheet:
    with reading() as uow:
        return scripts.list_sheet(uow, board.actor, board.script_id, position)


def names(board: Board, category: str, position: int = 0) -> list[str]:
    return [tag.name for tag in sheet(board, position).elements if tag.category == category]


def tag_id(board: Board, name: str, position: int = 0) -> str:
    return next(tag.id for tag in sheet(board, position).elements if tag.name == name)


def do(act: Callable[..., object], board: Board, *args: object) -> object:
    with unit_of_work() as uow:
        return act(uow, board.actor, *args)


def test_a_sheet_says_what_a_breakdown_sheet_says(board: Board) -> None:
    assert suggest(board) == 25
    found = sheet(board)
    strip = found.strip
    assert (strip.number, strip.int_ext, strip.set_name, strip.time_of_day) == ("1", "EXT", "HARBOUR PIER", "DUSK")
    assert (strip.colour, strip.eighths, strip.pages, strip.script_day, strip.cast) == (
        "yellow",
        5,
        "5/8",
        "D1",
        (1, 2),
    )
    assert strip.story == "A small ferry rocks against the pier."
    assert [(m.number, m.name, m.origin) for m in found.cast] == [(1, "MARA", "suggested"), (2, "BEN", "suggested")]
    assert names(board, "props") == ["lamp", "rope", "bag", "ticket"]
    assert names(board, "wardrobe") == ["long blue coat", "red jacket"]
    assert {tag.origin for tag in found.elements} == {"suggested"}


def test_the_strips_are_the_scenes_in_the_colours_of_a_board(board: Board) -> None:
    suggest(board)
    with reading() as uow:
        strips = scripts.list_strips(uow, board.actor, board.script_id)
        chart = scripts.cast_by_scene(uow, board.actor, board.script_id)
    assert [(s.number, s.colour, s.script_day, s.cast) for s in strips] == [
        ("1", "yellow", "D1", (1, 2)),
        ("2", "blue", "N1", (1, 2)),
        ("3", "green", "N1", (1, 2)),
    ]
    assert [(p.number, p.name, p.scenes, p.eighths) for p in chart.people] == [
        (1, "MARA", (0, 1, 2), 14),
        (2, "BEN", (0, 1, 2), 14),
    ]
    assert chart.strips == strips


def test_suggesting_again_finds_nothing_new_and_follows_the_words(board: Board) -> None:
    suggest(board)
    assert suggest(board) == 0
    do(scripts.keep_tag, board, tag_id(board, "rope"))
    with unit_of_work() as uow:
        script = uow.session.get(Script, board.script_id)
        assert script is not None
        script.source = script.source.replace("a red jacket, a bag", "a green jacket, a box").replace("rope", "pole")
        uow.session.add(script)
    assert suggest(board) == 2
    assert names(board, "wardrobe") == ["long blue coat", "green jacket"]
    assert names(board, "props") == ["lamp", "rope", "ticket", "box"]


def test_what_was_put_aside_renamed_or_moved_is_never_suggested_again(board: Board) -> None:
    suggest(board)
    do(scripts.dismiss_tag, board, tag_id(board, "lamp"))
    do(scripts.rename_tag, board, tag_id(board, "rope"), "mooring rope")
    do(scripts.move_tag, board, tag_id(board, "red jacket"), Category.PROPS)
    assert suggest(board) == 0
    assert sorted(names(board, "props")) == ["bag", "mooring rope", "red jacket", "ticket"]
    assert names(board, "wardrobe") == ["long blue coat"]
    assert sorted(tag.name for tag in sheet(board).aside) == ["lamp", "red jacket", "rope"]


def test_what_was_put_aside_comes_back_as_it_was(board: Board) -> None:
    suggest(board)
    lamp = tag_id(board, "lamp")
    do(scripts.keep_tag, board, lamp)
    do(scripts.dismiss_tag, board, lamp)
    assert "lamp" not in names(board, "props")
    do(scripts.restore_tag, board, lamp)
    assert [(t.name, t.origin) for t in sheet(board).elements if t.id == lamp] == [("lamp", "hand")]


def test_what_is_made_by_hand_stays_whatever_the_words_say(board: Board) -> None:
    do(scripts.add_tag, board, board.script_id, 0, Category.SPECIAL_EQUIPMENT, "  Crane \n 12 m ")
    suggest(board)
    suggest(board)
    assert [(t.name, t.origin) for t in sheet(board).elements if t.category is Category.SPECIAL_EQUIPMENT] == [
        ("Crane 12 m", "hand")
    ]


def test_adding_what_is_suggested_or_put_aside_keeps_it_and_makes_no_second_one(board: Board) -> None:
    suggest(board)
    do(scripts.add_tag, board, board.script_id, 0, Category.PROPS, "ROPE")
    lamp = tag_id(board, "lamp")
    do(scripts.dismiss_tag, board, lamp)
    do(scripts.add_tag, board, board.script_id, 0, Category.PROPS, "lamp")
    found = {t.name: (t.id, t.origin) for t in sheet(board).elements if t.category is Category.PROPS}
    assert found["lamp"] == (lamp, "hand")
    assert found["rope"][1] == "hand"
    assert "ROPE" not in found


def test_a_person_added_by_hand_gets_a_number_and_shows_on_the_board(board: Board) -> None:
    suggest(board)
    do(scripts.add_tag, board, board.script_id, 2, Category.CAST, "Deckhand")
    assert [(m.number, m.name) for m in sheet(board, 2).cast] == [(1, "MARA"), (2, "BEN"), (3, "DECKHAND")]
    with reading() as uow:
        assert scripts.list_strips(uow, board.actor, board.script_id)[2].cast == (1, 2, 3)


def test_a_name_stands_once_in_a_box(board: Board) -> None:
    suggest(board)
    with pytest.raises(Conflict, match="already under Props"):
        do(scripts.rename_tag, board, tag_id(board, "rope"), "Lamp")
    do(scripts.dismiss_tag, board, tag_id(board, "lamp"))
    do(scripts.rename_tag, board, tag_id(board, "rope"), "Lamp")
    assert "Lamp" in names(board, "props")
    assert suggest(board) == 0


@pytest.mark.parametrize("name", ["", "  \n", "x" * 201])
def test_a_name_is_a_few_words(board: Board, name: str) -> None:
    with pytest.raises(Invalid):
        do(scripts.add_tag, board, board.script_id, 0, Category.PROPS, name)


def test_all_suggestions_of_a_sheet_are_kept_at_once_and_only_of_that_sheet(board: Board) -> None:
    suggest(board)
    assert do(scripts.keep_tags, board, board.script_id, 0) == 9
    assert {t.origin for t in sheet(board).elements} == {"hand"}
    assert {t.origin for t in sheet(board, 1).elements} == {"suggested"}
    assert do(scripts.keep_tags, board, board.script_id, 0) == 0


def test_a_day_by_hand_holds_for_the_scenes_after_it_until_it_is_taken_back(board: Board) -> None:
    assert do(scripts.set_script_day, board, board.script_id, 1, " n4 ") == ""
    with reading() as uow:
        assert [s.script_day for s in scripts.list_strips(uow, board.actor, board.script_id)] == ["D1", "N4", "N4"]
    assert sheet(board, 1).day_by_hand == "N4"
    assert do(scripts.set_script_day, board, board.script_id, 1, "") == "N4"
    assert sheet(board, 1).strip.script_day == "N1"
    with pytest.raises(Invalid, match="16"):
        do(scripts.set_script_day, board, board.script_id, 1, "the seventeenth day")


def test_tags_follow_their_scene_to_another_script(board: Board) -> None:
    suggest(board)
    with unit_of_work() as uow:
        script = uow.session.get(Script, board.script_id)
        assert script is not None
        fields = {k: v for k, v in script.model_dump().items() if k not in ("id", "created_at")}
        drawer = Script(**(fields | {"drawer_of": script.id}))
        uow.session.add(drawer)
        uow.session.flush()
        scene = uow.session.query(Scene).filter_by(script_id=script.id, position=2).one()
        scene.script_id, scene.position = drawer.id, 0
        uow.session.add(scene)
        uow.session.flush()
        kept = scripts.list_sheet(uow, board.actor, drawer.id, 0)
        left = scripts.cast_by_scene(uow, board.actor, board.script_id)
    assert [m.name for m in kept.cast] == ["MARA", "BEN"]
    assert [p.scenes for p in left.people] == [(0, 1), (0, 1)]


def test_the_number_of_queries_does_not_grow_with_the_script(board: Board) -> None:
    small = make_board(b"INT. ROOM - DAY\n\nA man with a rope.\n")
    reads: list[Callable[[UnitOfWork, Board], object]] = [
        lambda uow, b: scripts.list_sheet(uow, b.actor, b.script_id, 0),
        lambda uow, b: scripts.list_strips(uow, b.actor, b.script_id),
        lambda uow, b: scripts.cast_by_scene(uow, b.actor, b.script_id),
        lambda uow, b: scripts.read_breakdown(uow, b.actor, b.script_id),
    ]
    for each in (small, board):
        suggest(each)
    for read in reads:
        counts: list[int] = []
        for each in (small, board):
            with reading() as uow, counted_queries() as sent:
                read(uow, each)
            counts.append(len(sent))
        assert counts[0] == counts[1] <= 7


def test_a_viewer_looks_and_changes_nothing_and_a_stranger_finds_nothing(board: Board) -> None:
    suggest(board)
    rope = tag_id(board, "rope")
    with unit_of_work() as uow:
        other = make_stranger(uow)
    script = board.script_id
    looks: list[Callable[[UnitOfWork, Actor], object]] = [
        lambda uow, a: scripts.list_sheet(uow, a, script, 0),
        lambda uow, a: scripts.list_strips(uow, a, script),
        lambda uow, a: scripts.cast_by_scene(uow, a, script),
        lambda uow, a: scripts.read_breakdown(uow, a, script),
        lambda uow, a: scripts.count_tags(uow, a, script),
        lambda uow, a: scripts.get_tag(uow, a, rope),
    ]
    changes: list[Callable[[UnitOfWork, Actor], object]] = [
        lambda uow, a: scripts.suggest_tags(uow, a, script),
        lambda uow, a: scripts.add_tag(uow, a, script, 0, Category.PROPS, "gun"),
        lambda uow, a: scripts.keep_tag(uow, a, rope),
        lambda uow, a: scripts.keep_tags(uow, a, script, 0),
        lambda uow, a: scripts.dismiss_tag(uow, a, rope),
        lambda uow, a: scripts.restore_tag(uow, a, rope),
        lambda uow, a: scripts.rename_tag(uow, a, rope, "cord"),
        lambda uow, a: scripts.move_tag(uow, a, rope, Category.SOUND),
        lambda uow, a: scripts.set_script_day(uow, a, script, 0, "D9"),
    ]
    for act in looks + changes:
        with pytest.raises(NotFound), unit_of_work() as uow:
            act(uow, other)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))
    before = _everything()
    for look in looks:
        with reading() as uow:
            assert look(uow, other)
    for change in changes:
        with pytest.raises(Forbidden), unit_of_work() as uow:
            change(uow, other)
    assert _everything() == before
    with pytest.raises(NotFound):
        sheet(board, 3)


def _everything() -> list[tuple[str, ...]]:
    with reading() as uow:
        tags = [(t.id, t.category, t.name, t.origin, str(t.dismissed)) for t in uow.session.query(Tag)]
        return sorted([*tags, *((s.id, s.script_day) for s in uow.session.query(Scene))])
