"""The formats a film begins in: those on offer can all be had and are called what they are; others are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from studio.core.db import unit_of_work
from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.thread.cards import aspect_of
from tests.factories.studio import Place, make_place


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def test_every_format_on_offer_can_be_had_and_is_called_what_it_is(place: Place) -> None:
    for shape in projects.SHAPES:
        for rate, frames in projects.RATES.items():
            film = projects.format_named(shape, rate)
            with unit_of_work() as uow:
                made = projects.create_project(uow, place.actor, name="Wide", film=film)
            assert (made.film, made.rate, aspect_of(made.width, made.height)) == (film, frames, shape)
            assert frames.said == rate


def test_without_a_format_it_is_the_usual_one(place: Place) -> None:
    with unit_of_work() as uow:
        made = projects.create_project(uow, place.actor, name="Plain")
    assert made.film == FilmFormat() == projects.format_named("16:9", "24")


@pytest.mark.parametrize(
    ("film", "field"),
    [
        (FilmFormat(width=1921), "size"),
        (FilmFormat(height=14), "size"),
        (FilmFormat(width=7682), "size"),
        (FilmFormat(Rate(241)), "rate"),
        (FilmFormat(Rate(1, 2)), "rate"),
    ],
)
def test_a_format_no_film_has_is_refused(place: Place, film: FilmFormat, field: str) -> None:
    with pytest.raises(Invalid) as refused, unit_of_work() as uow:
        projects.create_project(uow, place.actor, name="Odd", film=film)
    assert refused.value.field == field


@pytest.mark.parametrize(("shape", "rate", "told"), [("3:2", "24", "no shape “3:2”"), ("16:9", "26", "no rate “26”")])
def test_what_is_not_on_offer_is_refused_in_words(shape: str, rate: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        projects.format_named(shape, rate)


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        (Fraction(16, 9), (1920, 1080)),
        (Fraction(9, 16), (1080, 1920)),
        (Fraction(1), (1080, 1080)),
        (Fraction(4, 5), (1080, 1350)),
        (Fraction("2.39"), (1920, 804)),
        (Fraction(3, 10), (576, 1920)),
        (Fraction(4), (1920, 480)),
    ],
)
def test_a_shape_fills_a_screen_of_1080_lines(shape: Fraction, size: tuple[int, int]) -> None:
    assert projects.size_of(shape) == size
