"""Two edits of one thing made from the same state: what each changed of it holds, and where both changed the same it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Conflict
from studio.engine.editing import Edit, apply
from studio.engine.editing.merging import rebased
from studio.engine.editing.merging.within import Apart, together
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Curve, Key, Marker, Timeline, Track, Transition
from studio.engine.timeline.looks import Blur, Colour, Grain, Text, Transform, Vignette

LAWS = settings(max_examples=150, deadline=None)
FILM = Timeline(
    "Film",
    Rate(24),
    640,
    360,
    (
        Track(
            "v1",
            "video",
            "V1",
            "picture",
            clips=(
                Clip("a", "A", "1" * 64, 0, 48, effects=(Blur(0.1), Grain())),
                Clip("b", "B", "2" * 64, 48, 48, opacity=Curve((Key(0, 1.0), Key(20, 0.5)))),
            ),
            transitions=(Transition("t", "dissolve", 48, 6, 6),),
        ),
        Track("c1", "captions", "Captions", "captions", captions=(Caption(10, 20, "One"), Caption(40, 20, "Two"))),
        Track("x1", "text", "T1", "", clips=(Clip("x", "", "", 0, 24, made=Text("Hello")),)),
    ),
    (Marker(5, "First"), Marker(30, "Second", colour="#ff0000")),
)

_MARKER = {"name": "Named", "colour": "#00ff00", "note": "Said of it", "frames": 4}
_CAPTION = {"text": "Other", "speaker": "BEN", "frames": 15}


def edited(*edits: Edit, film: Timeline = FILM) -> Timeline:
    for edit in edits:
        film = apply(film, edit).timeline
    return film


def both(one: Edit, other: Edit, *, last: bool = False) -> Timeline:
    """What comes of two edits of the film, the second made without having seen the first."""
    return rebased(FILM, edited(other), edited(one), last=last).timeline


def marker(**fields: Any) -> Edit:
    return Edit("set_marker", {"marker": 0, "fields": fields})


def caption(start: int, **fields: Any) -> Edit:
    return Edit("set_caption", {"track": "c1", "start": start, "fields": fields})


def clip(name: str, **fields: Any) -> Edit:
    return Edit("set_clip", {"clip": name, "fields": fields})


def parted(fields: Mapping[str, Any]) -> st.SearchStrategy[tuple[dict[str, Any], dict[str, Any]]]:
    """Fields told between two edits, each gets one at least."""

    def split(order: list[str], at: int) -> tuple[dict[str, Any], dict[str, Any]]:
        return {n: fields[n] for n in order[:at]}, {n: fields[n] for n in order[at:]}

    return st.builds(split, st.permutations(list(fields)), st.integers(1, len(fields) - 1))


@LAWS
@given(parted(_MARKER))
def test_two_edits_of_different_fields_of_a_marker_both_hold_in_any_order(
    told: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    one, other = (marker(**fields) for fields in told)
    assert both(one, other) == both(other, one) == edited(marker(**_MARKER))


@LAWS
@given(parted(_CAPTION))
def test_two_edits_of_different_fields_of_a_caption_both_hold_in_any_order(
    told: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    one, other = (caption(10, **fields) for fields in told)
    assert both(one, other) == both(other, one) == edited(caption(10, **_CAPTION))


def test_a_marker_is_moved_by_one_and_named_by_the_other() -> None:
    one, other = marker(frame=12), marker(name="Named")
    assert both(one, other) == both(other, one) == edited(marker(frame=12, name="Named"))


def test_a_marker_that_was_pushed_along_and_another_that_came_are_not_mistaken_for_it() -> None:
    shorter = Edit("trim", {"clip": "a", "edge": "out", "by": -8, "ripple": True})
    there = edited(shorter, Edit("add_marker", {"marker": Marker(6, "New")}), marker(colour="#0000ff"))
    found = rebased(FILM, edited(marker(note="Look")), there).timeline
    assert found.markers[0] == Marker(5, "First", colour="#0000ff", note="Look")
    assert [each.name for each in found.markers] == ["First", "New", "Second"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (marker(colour="#111111"), marker(colour="#222222")),
        (caption(10, text="Mine"), caption(10, text="Yours")),
        (clip("a", transform=Transform(x=0.1)), clip("a", transform=Transform(x=0.2))),
        (clip("a", effects=(Blur(0.2), Grain())), clip("a", effects=(Grain(),))),
        (clip("x", made=Text("Mine")), clip("x", made=Text("Yours"))),
    ],
)
def test_where_both_changed_the_same_it_is_refused(one: Edit, other: Edit) -> None:
    with pytest.raises(Conflict, match="since, so this cannot be done alone") as refused:
        both(one, other)
    assert refused.value.code == "changed_since"
    assert both(one, other, last=True) == edited(other)


def test_how_much_of_a_film_is_shown_is_never_put_together_of_two() -> None:
    one, other = (Edit("trim", {"clip": "b", "edge": "out", "by": by}) for by in (-2, -4))
    with pytest.raises(Conflict, match="length"):
        both(one, other, last=True)


def test_parts_of_a_look_that_was_not_there_before_are_taken_from_both() -> None:
    found = both(
        clip("a", transform=Transform(x=0.1), colour=Colour(exposure=1)),
        clip("a", transform=Transform(scale_x=1.2, scale_y=1.2), colour=Colour(contrast=0.2)),
    )
    a = found.tracks[0].clips[0]
    assert a.transform == Transform(x=0.1, scale_x=1.2, scale_y=1.2)
    assert a.colour == Colour(exposure=1, contrast=0.2)


def test_an_effect_is_set_while_others_come_and_go() -> None:
    came = both(clip("a", effects=(Blur(0.1), Grain(), Vignette())), clip("a", effects=(Blur(0.4), Grain())))
    assert came.tracks[0].clips[0].effects == (Blur(0.4), Grain(), Vignette())
    went = both(clip("a", effects=(Blur(0.1),)), clip("a", effects=(Blur(0.4), Grain())))
    assert went.tracks[0].clips[0].effects == (Blur(0.4),)


def test_keys_on_different_frames_both_stand() -> None:
    keys = [Edit("add_key", {"clip": "b", "of": "opacity", "key": Key(frame, 0.1)}) for frame in (5, 30)]
    found = both(*keys).tracks[0].clips[1].opacity
    assert isinstance(found, Curve) and [key.frame for key in found.keys] == [0, 5, 20, 30]


def test_a_transition_keeps_its_kind_of_the_one_and_its_length_of_the_other() -> None:
    one = Edit("set_transition", {"transition": "t", "fields": {"kind": "wipe_left"}})
    other = Edit("set_transition", {"transition": "t", "fields": {"before": 3, "after": 3}})
    assert both(one, other).tracks[0].transitions == (Transition("t", "wipe_left", 48, 3, 3),)
    with pytest.raises(Conflict, match="The transition has been changed since"):
        both(one, Edit("set_transition", {"transition": "t", "fields": {"kind": "push_up"}}))


parts = st.builds(
    Transform,
    x=st.sampled_from((0.0, 0.1)),
    y=st.sampled_from((0.0, 0.2)),
    scale_x=st.sampled_from((1.0, 1.5)),
    rotation=st.sampled_from((0.0, 30.0)),
)


@LAWS
@given(parts, parts, parts)
def test_one_value_of_three_has_every_part_somebody_changed(
    base: Transform, theirs: Transform, ours: Transform
) -> None:
    try:
        found, back = together(base, theirs, ours), together(base, ours, theirs)
    except Apart:
        pytest.fail("two values a part can have cannot be changed to different ones")
    assert found == back
    for name in ("x", "y", "scale_x", "rotation"):
        values = {getattr(each, name) for each in (theirs, ours)} - {getattr(base, name)}
        assert getattr(found, name) == (values.pop() if values else getattr(base, name))


rows = st.lists(st.sampled_from((Blur(0.1), Blur(0.2), Grain(), Vignette())), max_size=5).map(tuple)


@LAWS
@given(rows, rows, rows)
def test_a_row_that_one_side_left_alone_is_as_the_other_has_it(base: Any, theirs: Any, ours: Any) -> None:
    assert together(base, theirs, base) == theirs
    assert together(base, base, ours) == ours
    assert together(base, ours, ours) == ours
    try:
        found = together(base, theirs, ours)
    except Apart:
        return
    assert all(each in (*theirs, *ours) or any(type(each) is type(e) for e in theirs) for each in found)
    assert replace(FILM.tracks[0].clips[0], effects=found).effects == found
