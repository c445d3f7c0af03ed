"""Some of the drills' random films and damaged documents: what they found once stays mended."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from benchmarks.drills.documents import documents
from benchmarks.drills.films import Maker
from benchmarks.drills.fuzz import film, films
from benchmarks.drills.shelf import Shelf, shelf
from studio.engine.ffmpeg import program
from studio.engine.timeline.checks import faults

SEED = 1
FILMS = (1, 2, 6, 10, 11, 14, 19, 141)
"""Cheap ones, among them two in which there was a fault: letters below a pixel on a ground (19), a look upside down (141)."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Generator[Shelf]:
    yield shelf(tmp_path_factory.mktemp("shelf"), program.encoder())


@pytest.mark.programs
@pytest.mark.parametrize("number", FILMS)
def test_a_random_film_comes_out_exact_and_the_same_in_every_window(small: Shelf, number: int) -> None:
    (ended,) = films(small, program.encoder(), 1, SEED, first=number)
    assert ended.fault == ""


@pytest.mark.programs
def test_random_films_are_valid_and_the_same_each_time(small: Shelf) -> None:
    made = [film(number, SEED, small) for number in range(60)]
    assert all(not faults(timeline, small.available(timeline.rate)) for timeline, _ in made)
    assert made == [film(number, SEED, small) for number in range(60)]
    kinds = {track.kind for timeline, _ in made for track in timeline.tracks}
    assert kinds == {"video", "image", "text", "effect", "audio", "captions"}
    assert len({Maker(number, SEED).rate for number in range(60)}) > 6


@pytest.mark.programs
def test_damaged_documents_end_in_a_sentence_or_in_a_film(small: Shelf) -> None:
    ended = list(documents(small, 30, SEED, first=1))
    assert [each.fault for each in ended if each.fault] == []
    assert {each.how for each in ended} >= {"refused", "drawn and heard"}
