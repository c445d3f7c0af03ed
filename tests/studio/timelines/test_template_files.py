"""Templates as files: from one project into another, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, LimitReached, NotFound
from studio.projects import service as projects
from studio.projects.models import Member
from studio.timelines import service as timelines
from studio.timelines.views import TemplateCard
from tests.factories.hand import Hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def saved(hand: Hand) -> TemplateCard:
    clip = hand.pictures()[0].id
    with unit_of_work() as uow:
        return timelines.save_template(uow, hand.owner, hand.id, [clip], name="House card", about="With a picture.")


def file_of(hand: Hand, template: str) -> bytes:
    with reading() as uow:
        return timelines.template_file(uow, hand.owner, hand.board.project_id, template).data


def add(hand: Hand, project: str, data: bytes) -> TemplateCard:
    with unit_of_work() as uow:
        return timelines.add_template(uow, hand.owner, project, data)


def test_a_template_goes_into_another_project_where_its_pictures_are_chosen_anew(hand: Hand) -> None:
    mine = saved(hand)
    with unit_of_work() as uow:
        other = projects.create_project(uow, hand.owner, name="Another film").id
    card = add(hand, other, file_of(hand, mine.id))
    assert (card.name, card.about, card.seconds) == ("House card", "With a picture.", mine.seconds)
    with reading() as uow:
        here = timelines.get_template(uow, hand.owner, hand.board.project_id, mine.id)
        there = timelines.get_template(uow, hand.owner, other, card.id)
    assert [(p.name, p.kind, p.of) for p in there.parameters] == [(p.name, p.kind, p.of) for p in here.parameters]
    assert [p.default for p in there.parameters if p.kind == "media"] == [""]
    assert here.parameters[0].default != ""
    with unit_of_work() as uow:
        empty = timelines.create_timeline(uow, hand.owner, other, name="Empty", begin="empty")
    with unit_of_work() as uow, pytest.raises(Invalid, match="Choose what is shown"):
        timelines.use_template(uow, hand.owner, empty.id, card.id, {}, at=0, revision=1)


def test_in_the_same_project_it_has_its_pictures_still(hand: Hand) -> None:
    card = add(hand, hand.board.project_id, file_of(hand, saved(hand).id))
    with unit_of_work() as uow:
        timelines.use_template(uow, hand.owner, hand.id, card.id, {}, at=24, revision=1)
    assert hand.pictures()[0].media in {
        c.media for t in hand.timeline.tracks for c in t.clips if c.link.startswith("template:")
    }


def test_what_a_file_says_is_filled_is_found_in_its_film_not_believed(hand: Hand) -> None:
    said = json.loads(file_of(hand, saved(hand).id))
    said["parameters"] = [{"name": "x", "kind": "text", "of": ["a.__class__"], "default": "y"}]
    card = add(hand, hand.board.project_id, json.dumps(said).encode())
    with reading() as uow:
        found = timelines.get_template(uow, hand.owner, hand.board.project_id, card.id)
    assert "x" not in [each.name for each in found.parameters]


def test_files_that_are_no_templates_are_refused_in_a_sentence(hand: Hand) -> None:
    good: dict[str, Any] = json.loads(file_of(hand, saved(hand).id))
    wrong: list[tuple[bytes, type[Exception], str]] = [
        (b"", Invalid, "no template"),
        (b"{" * 100_000, Invalid, "no template"),
        (b"[]", Invalid, "no template"),
        (json.dumps({**good, "version": 9}).encode(), Invalid, "newer Inkreel"),
        (json.dumps({**good, "timeline": {}}).encode(), Invalid, "timeline"),
        (json.dumps({**good, "name": ""}).encode(), Invalid, "needs a name"),
        (b" " * (1 << 20) + b"{}", LimitReached, "larger than a template"),
    ]
    for data, refusal, told in wrong:
        with pytest.raises(refusal, match=told):
            add(hand, hand.board.project_id, data)
    with reading() as uow, pytest.raises(Invalid, match="drawn by Inkreel"):
        timelines.template_file(uow, hand.owner, hand.board.project_id, "lower-third")


def test_only_who_may_edit_brings_one_in(hand: Hand) -> None:
    data = file_of(hand, saved(hand).id)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with unit_of_work() as uow, pytest.raises(NotFound):
        timelines.add_template(uow, stranger, hand.board.project_id, data)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=hand.board.project_id, user_id=stranger.user_id, role="viewer"))
    with unit_of_work() as uow, pytest.raises(Forbidden):
        timelines.add_template(uow, stranger, hand.board.project_id, data)
