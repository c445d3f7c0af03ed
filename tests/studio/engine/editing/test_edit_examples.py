"""Each edit by an example: what it does to clips, groups, keys and transitions, and in which words it is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from studio.core.errors import Conflict, Invalid, NotFound, StudioError
from studio.engine import editing as ed
from studio.engine.editing import Edit
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Curve, Key, Marker, Motion, Speed, Timeline, Track, Transition, Window
from studio.engine.timeline.looks import Blur, Transform
from studio.engine.timeline.reach import source_at

FILM, SOUND, STILL = "a" * 64, "b" * 64, "c" * 64
HAS: dict[str, int | None] = {FILM: 400, SOUND: 300, STILL: None}
CLIPS = tuple(Clip(f"c{n}", f"Shot {n}", FILM, n * 100, 100, source_in=50) for n in range(4))
HEARD = replace(CLIPS[1], id="s1", name="Sound 1", media=SOUND)
WORDS = (Caption(10, 20, "one two", "MARA"), Caption(40, 20, "three", "MARA"), Caption(310, 20, "four", "BEN"))


def film(*clips: Clip, **fields: Any) -> Timeline:
    tracks = (
        Track("v", "video", "V1", "picture", clips or CLIPS, **fields),
        Track("a", "audio", "A1", "voice", (HEARD,)),
        Track("w", "captions", "Words", "captions", captions=WORDS),
    )
    return Timeline("Film", Rate(24), 640, 360, tracks, (Marker(0, "one"), Marker(200, "two")))


def grouped() -> Timeline:
    return ed.group(film(), ("c1", "s1")).timeline


def led(before: int = 5, after: int = 5) -> Timeline:
    return ed.add_transition(film(), "v", Transition("x", "dissolve", 200, before, after), available=HAS).timeline


def laid(timeline: Timeline, track: int = 0) -> list[tuple[str, int, int, int]]:
    return [(c.id, c.start, c.end, c.source_in) for c in timeline.tracks[track].clips]


def test_insert_cuts_what_lies_across_and_pushes_on_all_that_follows() -> None:
    new = Clip("n", "New", STILL, 7, 30)
    now = ed.insert(film(), "v", 150, (new,), available=HAS).timeline
    assert laid(now)[1:4] == [("c1", 100, 150, 50), ("n", 150, 180, 0), ("c1~2", 180, 230, 100)]
    assert (laid(now, 1), now.markers[1].frame, now.captions()[2].start) == ([("s1", 100, 200, 50)], 230, 340)
    only = ed.insert(film(), "v", 150, (new,), across=(), available=HAS).timeline
    assert (only.frames, only.markers[1].frame, only.captions()[2].start) == (430, 200, 310)


def test_what_is_grouped_is_cut_by_an_insert_together_and_its_second_halves_are_a_group() -> None:
    now = ed.insert(grouped(), "v", 150, (Clip("n", "New", STILL, 0, 30),), available=HAS).timeline
    assert laid(now, 1) == [("s1", 100, 150, 50), ("s1~2", 180, 230, 100)]
    late = {c.id: c.group for t in now.tracks for c in t.clips if c.group}
    assert late["c1"] == late["s1"] != late["c1~2"] == late["s1~2"]


def test_overwrite_lies_down_over_what_is_there_and_moves_nothing() -> None:
    now = ed.overwrite(film(), "v", 180, (Clip("n", "New", STILL, 0, 140),), available=HAS).timeline
    assert laid(now) == [("c0", 0, 100, 50), ("c1", 100, 180, 50), ("n", 180, 320, 0), ("c3", 320, 400, 70)]


def test_lift_leaves_a_gap_and_ripple_delete_closes_it() -> None:
    assert [c[0:2] for c in laid(ed.lift(film(), ("c1",)).timeline)] == [("c0", 0), ("c2", 200), ("c3", 300)]
    now = ed.ripple_delete(grouped(), ("c0", "c2"), across=("v",)).timeline
    assert (laid(now), laid(now, 1)) == ([("c1", 0, 100, 50), ("c3", 100, 200, 50)], [("s1", 100, 200, 50)])
    under = ed.add_caption(film(), "w", Caption(150, 120, "long")).timeline
    with pytest.raises(Conflict, match="There is no room on Words"):
        ed.ripple_delete(under, ("c2",))


def test_extract_takes_a_range_out_of_every_track_and_lift_range_leaves_it_empty() -> None:
    now = ed.extract(film(), 150, 310, available=HAS).timeline
    assert laid(now) == [("c0", 0, 100, 50), ("c1", 100, 150, 50), ("c3", 150, 240, 60)]
    assert (laid(now, 1), [c.start for c in now.captions()]) == ([("s1", 100, 150, 50)], [10, 40, 150])
    empty = ed.lift_range(film(), 150, 310, ("v",), available=HAS).timeline
    assert laid(empty)[2:] == [("c3", 310, 400, 60)]
    assert laid(empty, 1) == laid(film(), 1)


def test_a_gap_closes_and_all_that_follows_comes_along() -> None:
    gone = ed.lift(film(), ("c1",)).timeline
    now = ed.close_gap(gone, "v", 150).timeline
    assert (laid(now)[1], now.markers[1].frame) == (("c2", 100, 200, 50), 100)
    assert laid(ed.close_gap(gone, "v", 100, across=("v",)).timeline) == laid(now)
    assert laid(ed.close_gap(ed.lift(film(), ("c0",)).timeline, "v", 0, across=("v",)).timeline)[0] == (
        "c1",
        0,
        100,
        50,
    )
    for at in (50, 400):
        with pytest.raises(Invalid, match="no gap here"):
            ed.close_gap(gone, "v", at)


def test_a_look_is_taken_over_and_what_is_shown_stays() -> None:
    like = replace(CLIPS[3], opacity=0.5, effects=(Blur(),), gain_db=-6.0, fade_in=9)
    now = ed.look_like(film(), ("c1", "s1"), like).timeline
    assert now.tracks[0].clips[1] == replace(CLIPS[1], opacity=0.5, effects=(Blur(),))
    assert now.tracks[1].clips[0] == replace(HEARD, gain_db=-6.0)


def test_a_trim_takes_its_group_along_unless_it_is_meant_alone() -> None:
    now = ed.trim(grouped(), "c1", "in", 20, available=HAS).timeline
    assert (laid(now)[1], laid(now, 1)) == (("c1", 120, 200, 70), [("s1", 120, 200, 70)])
    alone = ed.trim(grouped(), "c1", "out", -20, alone=True, available=HAS).timeline
    assert (laid(alone)[1], laid(alone, 1)) == (("c1", 100, 180, 50), [("s1", 100, 200, 50)])


def test_a_ripple_trim_of_the_in_point_keeps_the_start_and_draws_the_rest_up() -> None:
    now = ed.trim(film(), "c1", "in", 20, ripple=True, available=HAS).timeline
    assert laid(now)[1:3] == [("c1", 100, 180, 70), ("c2", 180, 280, 50)]
    assert (now.markers[1].frame, laid(now, 1)) == (180, [("s1", 100, 200, 50)])


def test_roll_slip_and_slide_move_what_they_say_and_nothing_else() -> None:
    assert laid(ed.roll(film(), "c1", -30, available=HAS).timeline)[1:3] == [("c1", 100, 170, 50), ("c2", 170, 300, 20)]
    assert laid(ed.slip(film(), "c1", 25, available=HAS).timeline)[1] == ("c1", 100, 200, 75)
    slid = laid(ed.slide(film(), "c1", 15, available=HAS).timeline)
    assert slid[:3] == [("c0", 0, 115, 50), ("c1", 115, 215, 50), ("c2", 215, 300, 65)]
    far = ed.slide(grouped(), "c1", 15, available=HAS).timeline
    assert laid(far, 1) == [("s1", 115, 215, 50)]


def test_a_move_goes_across_tracks_takes_its_group_along_and_clears_its_place_when_told() -> None:
    two = ed.add_track(grouped(), Track("v2", "video", "V2", "picture"), 1).timeline
    now = ed.move(two, ("c1",), 30, track="v2", available=HAS).timeline
    assert [c[0] for c in laid(now)] == ["c0", "c2", "c3"]
    assert (laid(now, 1), laid(now, 2)) == ([("c1", 130, 230, 50)], [("s1", 130, 230, 50)])
    with pytest.raises(Conflict, match="no room on V1: Shot 1 and Shot 2"):
        ed.move(film(), ("c1",), 30)
    over = ed.move(film(), ("c1",), 30, over=True, available=HAS).timeline
    assert laid(over)[1:3] == [("c1", 130, 230, 50), ("c2", 230, 300, 80)]


def test_retime_goes_through_the_same_media_in_another_time() -> None:
    fast = ed.retime(film(), "c1", Fraction(2), available=HAS).timeline
    assert laid(fast)[1:3] == [("c1", 100, 150, 50), ("c2", 150, 250, 50)]
    back = ed.retime(fast, "c1", Fraction(-1), available=HAS).timeline.tracks[0].clips[1]
    assert ([source_at(back, n) for n in (0, 99)], back.frames) == ([149, 50], 100)
    again = ed.retime(ed.retime(film(), "c1", Fraction(-1), available=HAS).timeline, "c1", Fraction(1), available=HAS)
    assert again.timeline == film()
    with pytest.raises(Conflict, match="no room"):
        ed.retime(film(), "c1", Fraction(1, 2), ripple=False, available=HAS)


def test_keys_stay_where_they_are_in_time_when_the_in_point_moves_or_the_clip_is_cut() -> None:
    slope = Curve((Key(0, 0.0), Key(60, 1.0, "hold"), Key(80, 0.5)))
    ramp = Speed(ramp=Curve((Key(0, 0.0), Key(100, 150.0))))
    clip = replace(CLIPS[1], opacity=slope, transform=Transform(x=slope), effects=(Blur(slope),), speed=ramp)
    marked = replace(clip, markers=(Marker(10, "a"), Marker(70, "b")), fade_in=9, fade_out=8)
    still = replace(CLIPS[2], media=STILL, source_in=0, motion=Motion(Window(), Window(width=0.5)))
    now = ed.split(film(marked, still), "c1", 140, available=HAS).timeline
    left, right = now.tracks[0].clips[:2]
    assert right.opacity == right.effects[0].radius == Curve((Key(-40, 0.0), Key(20, 1.0, "hold"), Key(40, 0.5)))
    assert (right.source_in, source_at(right, 0), source_at(right, 59)) == (110, 110, source_at(clip, 99))
    assert [[m.frame for m in c.markers] for c in (left, right)] == [[10], [30]]
    assert [(c.fade_in, c.fade_out) for c in (left, right)] == [(9, 0), (0, 8)]
    halves = ed.split(film(still), "c2", 250, available=HAS).timeline.tracks[0].clips
    assert [c.source_in for c in halves] == [0, 0]
    assert [c.motion.end.width for c in halves if c.motion] == [0.75, 0.5]


def test_keys_are_added_moved_and_taken_away() -> None:
    now = ed.add_key(film(), "c1", "transform.rotation", Key(10, 45.0)).timeline
    now = ed.add_key(now, "c1", "transform.rotation", Key(5, 30.0)).timeline
    now = ed.move_key(now, "c1", "transform.rotation", 5, 50).timeline
    transform = now.tracks[0].clips[1].transform
    assert transform is not None
    assert transform.rotation == Curve((Key(10, 45.0), Key(50, 30.0)))
    now = ed.remove_key(now, "c1", "transform.rotation", 10).timeline
    now = ed.remove_key(now, "c1", "transform.rotation", 50).timeline
    assert now.tracks[0].clips[1].transform == Transform(rotation=30.0)
    blurred = ed.set_clip(film(), "c1", {"effects": (Blur(),)}).timeline
    soft = ed.add_key(blurred, "c1", "effects[0].radius", Key(3, 0.02)).timeline
    assert soft.tracks[0].clips[1].effects == (Blur(Curve((Key(3, 0.02),))),)


def test_a_transition_follows_its_cut_and_goes_when_the_cut_does() -> None:
    rolled = ed.roll(led(), "c1", 10, available=HAS).timeline
    assert [t.at for t in rolled.tracks[0].transitions] == [210]
    pushed = ed.insert(led(), "v", 100, (Clip("n", "", STILL, 0, 30),), available=HAS).timeline
    assert [t.at for t in pushed.tracks[0].transitions] == [230]
    cut = ed.split(led(), "c1", 150, available=HAS).timeline
    assert [t.at for t in cut.tracks[0].transitions] == [200]
    assert ed.lift(led(), ("c2",)).timeline.tracks[0].transitions == ()
    assert (
        ed.insert(led(), "v", 200, (Clip("n", "", STILL, 0, 30),), available=HAS).timeline.tracks[0].transitions == ()
    )


def test_captions_are_split_by_their_words_and_merged_again() -> None:
    now = ed.split_caption(film(), "w", 10, 3).timeline
    assert now.captions()[:2] == (Caption(10, 9, "one", "MARA"), Caption(19, 11, "two", "MARA"))
    assert ed.merge_captions(now, "w", 10).timeline.captions()[0] == Caption(10, 20, "one\ntwo", "MARA")
    with pytest.raises(Conflict, match="MARA says the one and BEN the other"):
        ed.merge_captions(film(), "w", 40)
    assert [c.start for c in ed.remove_caption(film(), "w", 40).timeline.captions()] == [10, 310]


def test_a_range_is_copied_and_laid_down_elsewhere_under_new_names() -> None:
    piece = ed.excerpt(grouped(), 50, 250, available=HAS)
    assert laid(piece) == [("c0", 0, 50, 100), ("c1", 50, 150, 50), ("c2", 150, 200, 50)]
    assert [m.frame for m in piece.markers] == [150]
    now = ed.paste(grouped(), piece, 400, available=HAS).timeline
    assert laid(now)[4:] == [("c0~2", 400, 450, 100), ("c1~2", 450, 550, 50), ("c2~2", 550, 600, 50)]
    copies = [c for t in now.tracks for c in t.clips if c.id in ("c1~2", "s1~2")]
    assert len({c.group for c in copies}) == 1
    assert copies[0].group not in ("", now.tracks[0].clips[1].group)
    pushed = ed.paste(film(), piece, 100, ripple=True, available=HAS).timeline
    assert (pushed.frames, laid(pushed)[4]) == (600, ("c1", 300, 400, 50))


def test_tracks_and_markers_are_set_in_their_order() -> None:
    now = ed.move_track(film(), "v", 2).timeline
    assert [t.id for t in now.tracks] == ["a", "w", "v"]
    assert [t.id for t in ed.remove_track(now, "a").timeline.tracks] == ["w", "v"]
    marked = ed.set_marker(ed.add_marker(film(), Marker(90, "mid")).timeline, 0, {"frame": 120}).timeline
    assert [m.name for m in marked.markers] == ["mid", "one", "two"]
    noted = ed.set_marker(marked, 1, {"note": "her hands", "colour": "#2bb3a3"}).timeline
    assert (noted.markers[1].note, noted.markers[1].colour) == ("her hands", "#2bb3a3")
    assert ed.set_track(now, "a", {"colour": "#2bb3a3"}).timeline.tracks[0].colour == "#2bb3a3"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"note": "x" * 2_001}, "A note has 2,000 characters at most"),
        ({"colour": "#12"}, "A colour is written #rrggbb"),
    ],
)
def test_a_marker_takes_no_book_and_no_colour_by_name(fields: dict[str, str], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        ed.set_marker(ed.add_marker(film(), Marker(90, "mid")).timeline, 0, fields)


REFUSED: dict[str, tuple[Timeline, Edit, type[StudioError], str]] = {
    "no clip": (film(), Edit("lift", {"clips": ("zz",)}), NotFound, "There is no such clip in this timeline."),
    "no track": (film(), Edit("remove_track", {"track": "zz"}), NotFound, "There is no such track"),
    "locked": (film(locked=True), Edit("slip", {"clip": "c1", "by": 1}), Conflict, "The track V1 is locked."),
    "locked, removed": (film(locked=True), Edit("remove_track", {"track": "v"}), Conflict, "The track V1 is locked."),
    "no room": (film(), Edit("trim", {"clip": "c1", "edge": "out", "by": 1}), Conflict, "There is no room on V1"),
    "too early": (film(), Edit("move", {"clips": ("c0",), "by": -1}), Invalid, "before the timeline does"),
    "media out": (
        film(),
        Edit("trim", {"clip": "c3", "edge": "out", "by": 251}),
        Invalid,
        "Shot 3 has not enough media for this: 1 after it ends are missing.",
    ),
    "media in": (film(), Edit("slip", {"clip": "c3", "by": -51}), Invalid, "1 before it begins are missing"),
    "handles": (led(), Edit("set_transition", {"transition": "x", "fields": {"before": 51}}), Invalid, "transition: 1"),
    "transition": (
        led(50, 50),
        Edit("trim", {"clip": "c1", "edge": "in", "by": 51}),
        Invalid,
        "A transition cannot be longer than what is left of its clips.",
    ),
    "nothing left": (film(), Edit("trim", {"clip": "c1", "edge": "in", "by": 100}), Invalid, "Nothing would be left"),
    "no cut": (film(), Edit("roll", {"clip": "c3", "by": 1}), Conflict, "no cut to roll"),
    "cut outside": (film(), Edit("split", {"clip": "c1", "at": 100}), Invalid, "between its first and its last frame"),
    "id taken": (film(), Edit("overwrite", {"track": "v", "at": 900, "clips": (CLIPS[0],)}), Conflict, "of this id"),
    "wild look": (film(), Edit("set_clip", {"clip": "c1", "fields": {"opacity": 2.0}}), Invalid, "Opacity is 0 to 1."),
    "key path": (
        film(),
        Edit("add_key", {"clip": "c1", "of": "name", "key": Key(0, 1.0)}),
        Invalid,
        "changes over time",
    ),
    "transition off a cut": (
        film(),
        Edit("add_transition", {"track": "v", "transition": Transition("x", "dip", 150, 2, 2)}),
        Conflict,
        "lies on a cut",
    ),
    "unknown": (film(), Edit("explode", {}), Invalid, "There is no edit called explode."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_refused_in_a_sentence(case: str) -> None:
    timeline, edit, kind, sentence = REFUSED[case]
    with pytest.raises(kind) as refused:
        ed.apply(timeline, edit, HAS)
    assert sentence in str(refused.value)
    assert not isinstance(refused.value, Invalid) or refused.value.field


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ({"op": "fly"}, "op is no edit there is"),
        ({"op": "split", "clip": "c1"}, "at is missing"),
        ({"op": "split", "clip": "c1", "at": "1"}, "at is not a whole number"),
        ({"op": "split", "clip": "c1", "at": 1, "available": {}}, "available is not known here"),
        ({"op": "set_clip", "clip": "c1", "fields": {"start": 4}}, "fields.start cannot be set"),
        ({"op": "batch", "edits": [{"op": "lift", "clips": [3]}]}, "edits[0].clips[0] is not text"),
        ({"op": "batch", "edits": []}, "edits is not a list of 1 to 1,000 edits"),
        ([], "it is not an object"),
    ],
)
def test_a_stored_edit_that_is_damaged_is_told_by_its_place(stored: Any, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        ed.from_json(stored)
    assert said in refused.value.message


def test_an_inverse_is_refused_where_something_else_has_changed_since() -> None:
    done = ed.split(film(), "c1", 150, available=HAS)
    later = ed.lift(done.timeline, ("c1~2",)).timeline
    with pytest.raises(Conflict, match="has changed since"):
        done.inverse(later)


def test_an_inverse_of_a_ripple_says_in_one_number_what_moved() -> None:
    many = film(*(replace(CLIPS[0], id=f"m{n}", start=n * 100) for n in range(200)))
    done = ed.trim(many, "m1", "out", -10, ripple=True, available=HAS)
    assert len(str(ed.to_json(done.inverse))) < 2_000
    assert done.inverse(done.timeline).timeline == many


def test_several_edits_are_one_and_the_field_says_which_cannot_be() -> None:
    right = [Edit("split", {"clip": "c1", "at": 150}), Edit("lift", {"clips": ("c1~2",)})]
    assert laid(ed.batch(film(), right, HAS).timeline)[1:3] == [("c1", 100, 150, 50), ("c2", 200, 300, 50)]
    with pytest.raises(Invalid) as refused:
        ed.batch(film(), [*right, Edit("slip", {"clip": "c1", "by": 500})], HAS)
    assert (refused.value.field or "").startswith("edits[2].")


def test_a_track_of_an_id_that_is_taken_does_not_come() -> None:
    one = Timeline("Film", Rate(24), 64, 36, (Track("t", "video", "T", "picture"),))
    with pytest.raises(Conflict) as refused:
        ed.apply(one, Edit("add_track", {"track": Track("t", "video", "Again", "picture")}))
    assert refused.value.code == "id_taken"


def test_music_that_plays_on_makes_room_for_the_next_piece_when_the_film_closes_up() -> None:
    picture = Track(
        "v",
        "video",
        "V1",
        "picture",
        (Clip("a", "A", "m", 0, 20), Clip("b", "B", "m", 20, 30), Clip("c", "C", "m", 50, 20)),
    )
    music = Track("m", "audio", "A1", "music", (Clip("x", "Calm", "x", 0, 50), Clip("y", "Tense", "y", 50, 20)))
    film = Timeline("Film", Rate(24), 640, 360, (picture, music))
    made = ed.ripple_delete(film, ("b",))
    assert [(c.id, c.start, c.frames) for c in made.timeline.tracks[1].clips] == [("x", 0, 20), ("y", 20, 20)]
    assert ed.apply(made.timeline, made.inverse).timeline == film
    with pytest.raises(Conflict):
        ed.ripple_delete(film, ("b",), across=("v", "m"))
