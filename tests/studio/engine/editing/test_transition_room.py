"""Where a transition comes to lie: as it was asked for, or where there is media for it."""

from __future__ import annotations

import pytest

from studio.core.errors import Invalid
from studio.engine import editing
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, Transition

MEDIA = {"one": 100, "two": 100}


def laid(first_from: int, second_from: int, before: int = 12, after: int = 12) -> tuple[int, int]:
    """Before and after of a transition between 50 frames of each of two files of 100."""
    clips = (Clip("a", "A", "one", 0, 50, first_from), Clip("b", "B", "two", 50, 50, second_from))
    film = Timeline("Film", Rate(24), 640, 360, (Track("v", "video", "V1", "picture", clips),))
    asked = Transition("x", "dissolve", 50, before, after)
    (made,) = editing.add_transition(film, "v", asked, available=MEDIA).timeline.tracks[0].transitions
    return made.before, made.after


def test_it_lies_as_it_was_asked_for_where_both_have_media() -> None:
    assert laid(20, 20) == (12, 12)
    assert laid(20, 12, 4, 20) == (4, 20)


def test_without_media_in_front_of_the_second_it_begins_on_the_cut() -> None:
    assert laid(0, 0) == (0, 24)
    assert laid(0, 5) == (5, 19)


def test_without_media_behind_the_first_it_ends_on_the_cut() -> None:
    assert laid(50, 50) == (24, 0)
    assert laid(45, 50) == (19, 5)


def test_where_neither_has_media_it_is_refused_with_what_is_lacking() -> None:
    with pytest.raises(Invalid, match="for this transition"):
        laid(50, 0)
