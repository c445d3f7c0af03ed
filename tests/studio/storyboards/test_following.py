"""What of a scene's shots lives on when its words change, how new ones are numbered, why a shot is there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.merging.offsets import blocks
from studio.scripts.outline import outlined, said
from studio.storyboards import service as storyboards
from studio.storyboards.breakdown import broken_down
from studio.storyboards.carrying import CarriedShot, OldShot, carried, resentenced
from studio.storyboards.models import Line, Shot
from studio.storyboards.numbering import numbered
from studio.storyboards.shots import ShotPlan
from studio.thread import rewriting
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger

SCENE = """INT. KITCHEN - NIGHT

MARA opens the door. A letter lies on the floor.

MARA
Who is there?

She takes a knife from the drawer.

BEN
Only me. I lost my key.
"""


def plans(text: str) -> tuple[ShotPlan, ...]:
    return broken_down(outlined(parse(text)), rate=Rate(24))


def after(text: str, fixed: set[int], by_hand: set[int] | None = None) -> tuple[list[OldShot], list[CarriedShot]]:
    """The scene's shots, those with these places fixed, and what they are once its text is `text`."""
    found, hand = blocks(SCENE, text), by_hand or set()
    olds = [
        OldShot(
            f"shot {i}",
            plan,
            tuple(f"line {i}.{n}" for n in range(len(plan.lines))),
            found,
            i in fixed,
            i in hand,
        )
        for i, plan in enumerate(plans(SCENE))
    ]
    outline = outlined(parse(text))
    return olds, carried(olds, plans(text), said(outline.scenes[0]), text, 0, 0)


def test_shots_nobody_touched_are_planned_anew_and_keep_their_ids() -> None:
    text = SCENE.replace("A letter lies on the floor.", "A telegram lies there.")
    olds, shots = after(text, set())
    assert [replace(s.plan, order=0) for s in shots] == [replace(p, order=0) for p in plans(text)]
    assert {s.shot_id for s in shots} <= {o.shot_id for o in olds}


def test_fixed_shots_keep_their_words_and_every_word_is_in_one_shot() -> None:
    text = SCENE.replace("BEN\n", "A clock strikes.\n\nMARA\nNobody is here.\n\nBEN\n")
    olds, shots = after(text, set(range(20)))
    assert {o.shot_id for o in olds} == {s.shot_id for s in shots if s.fixed}
    new = [s for s in shots if s.shot_id is None]
    assert "Nobody is here." in " ".join(x.line.text for s in new for x in s.lines)
    assert "A clock strikes." in " ".join(text[s.plan.start : s.plan.end] for s in new)
    spans = [(s.plan.start, s.plan.end) for s in shots if s.plan.end > s.plan.start]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_drawn_shot_without_its_words_goes_and_one_by_hand_stays() -> None:
    text = SCENE.replace(" A letter lies on the floor.", "")
    letter = next(i for i, p in enumerate(plans(SCENE)) if "letter" in p.action)
    assert f"shot {letter}" not in {s.shot_id for s in after(text, set(range(20)))[1]}
    assert f"shot {letter}" in {s.shot_id for s in after(text, set(range(20)), {letter})[1]}


def test_a_line_said_by_somebody_else_is_not_the_same() -> None:
    same = [x.same for s in after(SCENE, set(range(20)))[1] for x in s.lines]
    assert same
    assert all(same)
    other = [x for s in after(SCENE.replace("MARA\nWho", "BEN\nWho"), set(range(20)))[1] for x in s.lines]
    assert other[0].same is False
    assert all(x.line_id for x in other)


def test_sentences_find_their_words_again_when_marks_change() -> None:
    was, now = "Only me. I lost it.", "Only me... I lost it!"
    assert resentenced([[0, 8, 0.0, 1.0], [9, 19, 1.2, 2.0]], was, now) == [[0, 10, 0.0, 1.0], [11, 21, 1.2, 2.0]]


def test_new_shots_are_numbered_between_those_that_are_there() -> None:
    assert numbered("4", [None, None]) == ["4A", "4B"]
    assert numbered("4", ["4A", None, None, "4B", None]) == ["4A", "4A1", "4A2", "4B", "4C"]
    assert numbered("12A", ["4A", None, "4C"]) == ["12A-A", "12A-A1", "12A-C"]
    assert numbered("5", ["5A", "6A", "6B"]) == ["5A", "5A1", "5B"]
    assert numbered("5", [None, "5A"]) == ["5B", "5A"]


@pytest.mark.services
def test_a_shot_says_which_rule_made_it(database: str) -> None:
    board = make_board()
    with reading() as uow:
        shot = storyboards.list_cards(uow, board.actor, board.script_id).items[0]
        reason = storyboards.explain_shot(uow, board.actor, shot.shot_id)
    assert reason.rule == "A new place or time: show where we are first."
    assert reason.words.startswith("A small ferry rocks")
    assert (reason.asked_for, reason.edited) == (False, False)
    with unit_of_work() as uow, pytest.raises(NotFound):
        storyboards.explain_shot(uow, make_stranger(uow), shot.shot_id)


@pytest.mark.services
def test_the_numbers_of_shots_follow_their_scenes_and_counts_are_by_scene(database: str, tmp_path: Path) -> None:
    board: Board = make_board()
    drawn = draw_all(board, tmp_path)
    with unit_of_work() as uow:
        before = {s.id: s.number for s in uow.session.query(Shot)}
        rewriting.add_scene(uow, board.actor, board.script_id, after=0, heading="INT. BOAT - NIGHT")
    with reading() as uow:
        numbers = {s.id: s.number for s in uow.session.query(Shot)}
        scenes = {s.scene_id for s in uow.session.query(Shot)}
        found = storyboards.counts_by_scene(uow, scenes)
        assert sum(c.drawn for c in found.values()) == drawn
        assert sum(c.shots for c in found.values()) == len(numbers)
        assert uow.session.query(Line).count() > 0
    for shot, was in before.items():
        assert numbers[shot] == {"1": "1", "2": "3", "3": "4"}[was[0]] + was[1:]


@pytest.mark.services
def test_a_script_without_shots_is_changed_without_any(database: str) -> None:
    from studio.scripts import service as scripts
    from tests.factories.studio import make_place

    place = make_place()
    with unit_of_work() as uow:
        script = scripts.import_script(uow, place.actor, place.project_id, data=SCENE.encode(), name="a.fountain")
        rewriting.add_scene(uow, place.actor, script.id, after=0, heading="EXT. YARD - DAY")
        assert uow.session.query(Shot).count() == 0
