"""Continuity warnings: each rule finds what it is for and nothing else, the rules own boards are clean, what is meant is kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, NotFound
from studio.engine.artist.spec import (
    Angle,
    Figure,
    Light,
    Look,
    Move,
    PanelSpec,
    SetKind,
    ShotType,
    Size,
)
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined
from studio.storyboards import service as storyboards
from studio.storyboards.breakdown import broken_down
from studio.storyboards.documents import spec_document
from studio.storyboards.models import Panel
from studio.storyboards.rules.warnings import Rule, Watched, warnings_of
from studio.storyboards.staging import BACKWARDS, board_specs
from studio.storyboards.views import ContinuityWarning
from tests.factories.film import SAMPLE, Board, make_board
from tests.factories.studio import make_stranger

MARA = Figure("MARA", -0.6, 0.0, 90.0, looks_at="BEN")
BEN = Figure("BEN", 0.6, 0.0, 270.0, looks_at="MARA")
TWO = PanelSpec(
    Size.MS, ShotType.TWO, Angle.EYE, Move.STATIC, 35.0, SetKind.ROOM, True, Light.DAY, "ROOM", figures=(MARA, BEN)
)
ONE = replace(TWO, type=ShotType.SINGLE, size=Size.MCU, figures=(MARA,), subject="MARA")


def row(*specs: PanelSpec, **of_all: Any) -> list[Watched]:
    return [Watched(f"s{i}", f"1{'ABCDEFG'[i]}", 0, "D1", spec, **of_all) for i, spec in enumerate(specs)]


def rules(shots: list[Watched]) -> list[tuple[Rule, str, str]]:
    return [(one.rule, one.first.number, one.second.number) for one in warnings_of(shots)]


def test_two_people_who_change_sides_are_a_crossed_axis_and_both_shots_are_named() -> None:
    behind = replace(TWO, azimuth=180.0, size=Size.WS)
    (found,) = warnings_of(row(TWO, behind))
    assert (found.rule, found.first.number, found.second.number) == (Rule.AXIS, "1A", "1B")
    assert "Ben and Mara change sides" in found.told
    assert "1A" in found.told


@pytest.mark.parametrize("azimuth", [0.0, 40.0, -40.0, 75.0, -75.0])
def test_on_one_side_of_the_axis_every_camera_is_allowed(azimuth: float) -> None:
    assert rules(row(TWO, replace(TWO, azimuth=azimuth, size=Size.WS))) == []


def test_a_thing_or_a_camera_on_its_way_lets_go_of_the_axis() -> None:
    behind = replace(TWO, azimuth=180.0, size=Size.WS)
    thing = replace(TWO, size=Size.INSERT, type=ShotType.EMPTY, figures=(), insert="key")
    assert rules(row(TWO, thing, behind)) == []
    assert rules(row(TWO, replace(TWO, move=Move.TRACK), behind)) == []


def test_another_scene_begins_anew() -> None:
    first, second = row(TWO, replace(TWO, azimuth=180.0))
    assert rules([first, replace(second, scene=1)]) == []


def test_whoever_goes_the_other_way_without_having_turned_is_warned_of() -> None:
    walks = replace(ONE, size=Size.FS, figures=(replace(MARA, travels=90.0, looks_at=None),))
    back = replace(walks, size=Size.MS, figures=(replace(MARA, travels=270.0, looks_at=None),))
    assert rules(row(walks, back, walks)) == [
        (Rule.DIRECTION, "1A", "1B"),
        (Rule.DIRECTION, "1B", "1C"),
    ]
    assert rules(row(walks, back, turns_back=True)) == []
    assert rules(row(walks, replace(walks, azimuth=180.0))) == [(Rule.DIRECTION, "1A", "1B")]


def test_almost_the_same_picture_twice_jumps_and_thirty_degrees_or_two_sizes_do_not() -> None:
    assert rules(row(ONE, replace(ONE, size=Size.CU))) == [(Rule.TURN, "1A", "1B")]
    assert rules(row(ONE, replace(ONE, azimuth=29.0))) == [(Rule.TURN, "1A", "1B")]
    assert rules(row(replace(ONE, azimuth=15.0), replace(ONE, azimuth=345.0))) == []
    assert rules(row(ONE, replace(ONE, azimuth=30.0))) == []
    assert rules(row(ONE, replace(ONE, size=Size.ECU))) == []
    assert rules(row(ONE, replace(ONE, angle=Angle.HIGH))) == []


def test_from_very_wide_to_very_near_is_a_blow() -> None:
    far, near = replace(ONE, size=Size.WS), replace(ONE, size=Size.CU)
    assert rules(row(far, near)) == [(Rule.JUMP, "1A", "1B")]
    assert rules(row(far, replace(ONE, size=Size.MS), near)) == []


def test_two_who_speak_to_each_other_and_look_the_same_way_miss_each_other() -> None:
    mara = replace(ONE, figures=(replace(MARA, looks_at=None, facing=120.0),))
    ben = replace(ONE, subject="BEN", figures=(replace(BEN, looks_at=None, facing=60.0),))
    shots = [replace(shot, speakers=(who,)) for shot, who in zip(row(mara, ben), ("MARA", "BEN"), strict=True)]
    (found,) = warnings_of(shots)
    assert (found.rule, found.who) == (Rule.EYELINE, "MARA|BEN")
    assert "both look to the right" in found.told
    ben = replace(ben, figures=(replace(BEN, looks_at=None, facing=240.0),))
    assert rules([shots[0], replace(shots[1], spec=ben)]) == []


def test_other_clothes_on_one_day_are_told_with_what_changed_and_another_day_is_free() -> None:
    dressed = replace(ONE, figures=(replace(MARA, look=Look(garment="coat", top="#aa0000")),))
    other = replace(ONE, azimuth=60.0, figures=(replace(MARA, look=Look(garment="dress", top="#00aa00")),))
    first, second = row(dressed, other)
    (found,) = warnings_of([first, replace(second, scene=4)])
    assert (found.rule, found.who) == (Rule.WARDROBE, "MARA")
    assert "another garment and top" in found.told
    assert rules([first, replace(second, scene=4, day="D2")]) == []


SCRIPTS = (
    SAMPLE.read_text("utf-8"),
    "INT. KITCHEN - NIGHT\n\nMARA comes in. BEN sits at the table.\n\n"
    + "".join(f"MARA\nWhere were you at {i}?\n\nBEN\nAt work, {i}.\n\n" for i in range(12))
    + "Ben walks to the door. Mara runs after him.\n\nEXT. STREET - NIGHT\n\nBen runs. Mara follows.\n",
)


@pytest.mark.parametrize("source", SCRIPTS)
def test_what_the_rules_board_by_themselves_never_crosses_the_line_nor_jumps(source: str) -> None:
    outline = outlined(parse(source))
    shots = broken_down(outline, rate=Rate(24))
    watched = [
        Watched(
            str(shot.order),
            shot.number,
            shot.scene,
            "D1",
            spec,
            tuple(dict.fromkeys(line.speaker for line in shot.lines if not line.off)),
            BACKWARDS.search(shot.action) is not None,
        )
        for shot, spec in zip(shots, board_specs(shots, outline), strict=True)
    ]
    assert len(watched) > 20
    assert [one for one in rules(watched) if one[0] in (Rule.AXIS, Rule.TURN, Rule.WARDROBE, Rule.DIRECTION)] == []


# Kept with the board


def crossed(board: Board) -> ContinuityWarning:
    """Turn a camera of the board to the wrong side; the warning there is then."""
    with unit_of_work() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
        two = [
            (card, panel)
            for card in cards
            if (panel := uow.session.get(Panel, card.panel_id)) and len(panel.spec["figures"]) == 2
        ]
        card, panel = next(
            (after, panel)
            for (before, _), (after, panel) in pairwise(two)
            if before.scene == after.scene and before.type != "POV" and after.type in ("TWO", "OTS")
        )
        panel.spec = {**panel.spec, "azimuth": panel.spec["azimuth"] + 180.0, "type": "TWO", "move": "STATIC"}
        uow.session.add(panel)
    with reading() as uow:
        found = [w for w in storyboards.list_warnings(uow, board.actor, board.script_id) if w.rule == "axis"]
    assert card.shot_id in {w.shot_id for w in found} | {w.first_shot_id for w in found}
    return found[0]


@pytest.mark.services
def test_a_warning_that_is_meant_says_so_with_its_reason_until_it_is_recalled(database: str) -> None:
    board = make_board()
    warning = crossed(board)
    assert (warning.dismissed, warning.reason) == (False, "")
    with unit_of_work() as uow:
        meant = storyboards.dismiss_warning(uow, board.actor, board.script_id, warning.id, "  She turns\nround. ")
    assert (meant.dismissed, meant.reason) == (True, "She turns round.")
    with unit_of_work() as uow:
        storyboards.dismiss_warning(uow, board.actor, board.script_id, warning.id, "Better said.")
    with reading() as uow:
        known = {w.id: w for w in storyboards.list_warnings(uow, board.actor, board.script_id)}
    assert known[warning.id].reason == "Better said."
    with unit_of_work() as uow:
        assert storyboards.recall_warning(uow, board.actor, board.script_id, warning.id) == warning


@pytest.mark.services
def test_a_warning_needs_a_reason_a_board_and_somebody_who_may(database: str) -> None:
    board = make_board()
    warning = crossed(board)
    for reason in ("", "   ", "x" * 501):
        with pytest.raises(Invalid, match="few words"), unit_of_work() as uow:
            storyboards.dismiss_warning(uow, board.actor, board.script_id, warning.id, reason)
    with pytest.raises(NotFound, match="shots it was about"), unit_of_work() as uow:
        storyboards.dismiss_warning(uow, board.actor, board.script_id, "0" * 16, "meant")
    with pytest.raises((NotFound, Forbidden)), unit_of_work() as uow:
        storyboards.list_warnings(uow, make_stranger(uow), board.script_id)


@pytest.mark.services
def test_a_shot_put_right_is_warned_of_no_more(database: str) -> None:
    board = make_board()
    warning = crossed(board)
    with unit_of_work() as uow:
        card = storyboards.get_card(uow, board.actor, warning.shot_id)
        panel = uow.session.get(Panel, card.panel_id)
        first = storyboards.get_card(uow, board.actor, warning.first_shot_id)
        other = uow.session.get(Panel, first.panel_id)
        assert panel
        assert other
        wrong = panel if abs(panel.spec["azimuth"]) > 90 else other
        wrong.spec = spec_document(replace(TWO, figures=()))
        uow.session.add(wrong)
    with reading() as uow:
        assert warning.id not in {w.id for w in storyboards.list_warnings(uow, board.actor, board.script_id)}
