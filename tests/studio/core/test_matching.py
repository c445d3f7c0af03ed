"""Finding words whatever their case and accents, on both databases."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.matching import folded, holds, matches, rank, words_of
from studio.projects.models import Project
from tests.factories.studio import make_place

NAMES = ("Café Élodie", "CAFE NOIR", "Plain film", "100% [sure] a*b?", "Ольга", "under_score", "back\\slash ^and-dash")


@pytest.fixture
def named(database: str) -> None:
    from studio.core.db import unit_of_work

    place = make_place()
    with unit_of_work() as uow:
        owner = place.actor.user_id
        for name in NAMES:
            uow.session.add(Project(owner_id=owner, changed_by_id=owner, name=name, rate="24/1", width=16, height=16))


@pytest.mark.services
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cafe", {"Café Élodie", "CAFE NOIR"}),
        ("CAFÉ", {"Café Élodie", "CAFE NOIR"}),
        ("elodie cafe", {"Café Élodie"}),
        ("lod", {"Café Élodie"}),
        ("100% [sure]", {"100% [sure] a*b?"}),
        ("%", {"100% [sure] a*b?"}),
        ("a*b?", {"100% [sure] a*b?"}),
        ("r_s", {"under_score"}),
        ("ольга", {"Ольга"}),
        ("ОЛЬ", {"Ольга"}),
        ("k\\s", {"back\\slash ^and-dash"}),
        ("^and-", {"back\\slash ^and-dash"}),
        ("zzz", set()),
        ("' OR 1=1 --", set()),
        (".*", set()),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    named: None, uow: UnitOfWork, typed: str, found: set[str]
) -> None:
    query = select(col(Project.name)).where(matches(uow, col(Project.name), words_of(typed)))
    rows = set(uow.session.scalars(query).all())
    assert rows == found
    assert rows == {name for name in NAMES if holds(name, words_of(typed))}


def test_folding_takes_away_case_and_accents() -> None:
    assert [folded(x) for x in ("Café", "CAFE", "ÅNGSTRÖM", "Ё", "Straße")] == [
        "cafe",
        "cafe",
        "angstrom",
        "е",
        "strasse",
    ]


def test_what_begins_with_the_words_comes_before_what_holds_them() -> None:
    words = words_of("ferry")
    assert [rank(x, words) for x in ("Ferry Night", "The Last Ferry", "Overferrying")] == [0, 1, 2]


def test_only_eight_short_words_are_looked_for() -> None:
    words = words_of(" ".join(["x" * 500] * 50))
    assert (len(words), max(map(len, words))) == (8, 60)
