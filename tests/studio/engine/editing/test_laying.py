"""What is laid down where an editor means it, by examples: which track it comes onto, what makes room, what a held frame keeps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from studio.core.errors import Conflict, Invalid
from studio.engine import editing as ed
from studio.engine.editing import from_json
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Speed, Timeline, Track
from studio.engine.timeline.looks import Blur, Transform

FILM, STILL = "a" * 64, "c" * 64
HAS: dict[str, int | None] = {FILM: 400, STILL: None}
TAKES = tuple(Clip(f"c{n}", f"Take {n}", FILM, n * 100, 100, source_in=50, group=f"g{n}") for n in range(2))
HEARD = tuple(replace(take, id=f"s{n}") for n, take in enumerate(TAKES))


def cut(**fields: Any) -> Timeline:
    tracks = (
        Track("v1", "video", "V1", "picture", TAKES, **fields),
        Track("v2", "video", "V2", "picture"),
        Track("a1", "audio", "A1", "sound", HEARD),
    )
    return Timeline("Film", Rate(24), 640, 360, tracks)


def on(timeline: Timeline, track: str) -> list[tuple[str, int, int]]:
    clips = next(each.clips for each in timeline.tracks if each.id == track)
    return [(clip.name, clip.start, clip.frames) for clip in clips]


def new(start: int, frames: int = 40, media: str = FILM) -> Clip:
    return Clip("n", "New", media, start, frames)


def test_a_film_lies_down_with_its_sound_in_one_group_over_the_sound_of_other_pictures() -> None:
    now = ed.lay(cut(), new(180), "video", sound=True, available=HAS).timeline
    assert on(now, "v1") == on(now, "a1") == [("Take 0", 0, 100), ("Take 1", 100, 80), ("New", 180, 40)]
    laid = [clip for track in now.tracks for clip in track.clips if clip.name == "New"]
    assert len({clip.id for clip in laid}) == 2
    assert laid[0].group == laid[1].group != ""


def test_an_insert_cuts_what_lies_across_and_all_that_is_grouped_with_it_once() -> None:
    now = ed.lay(cut(), new(150), "video", insert=True, sound=True, available=HAS).timeline
    parts = [("Take 0", 0, 100), ("Take 1", 100, 50), ("New", 150, 40), ("Take 1", 190, 50)]
    assert on(now, "v1") == on(now, "a1") == parts


@pytest.mark.parametrize(
    ("kind", "track", "lies_on"),
    [
        ("video", "", "V1"),
        ("video", "v2", "V2"),
        ("video", "a1", "V1"),
        ("video", None, "V2"),
        ("audio", "", "Sound"),
        ("audio", "a1", "A1"),
        ("audio", None, "Sound"),
        ("text", "", "Titles"),
        ("effect", "v1", "Effects"),
    ],
)
def test_it_comes_onto_the_track_that_is_meant_or_a_new_one(kind: Any, track: str | None, lies_on: str) -> None:
    media = "" if kind in ("text", "effect") else FILM
    now = ed.lay(cut(), new(20, media=media), kind, track, available=HAS).timeline
    assert [each.name for each in now.tracks if any(clip.name == "New" for clip in each.clips)] == [lies_on]


def test_a_locked_track_is_passed_over() -> None:
    now = ed.lay(cut(locked=True), new(20), "video", "v1", available=HAS).timeline
    assert on(now, "v2") == [("New", 20, 40)]


def test_an_edit_from_outside_needs_no_id_and_a_clip_without_length_is_refused() -> None:
    laid = {"op": "lay", "kind": "video", "clip": {"id": "", "name": "New", "media": FILM, "start": 5, "frames": 9}}
    now = from_json(laid)(cut(), HAS).timeline
    assert next(clip.id for clip in now.tracks[0].clips if clip.name == "New") == "clip~2"
    with pytest.raises(Invalid, match="one frame long or more"):
        ed.lay(cut(), new(0, 0), "video", available=HAS)


def test_a_held_frame_shows_what_was_seen_there_and_nothing_of_it_moves() -> None:
    slope = Curve((Key(0, 0.0), Key(100, 1.0)))
    moving = replace(TAKES[1], opacity=slope, transform=Transform(x=slope), effects=(Blur(slope),), fade_in=9)
    film = replace(cut(), tracks=(replace(cut().tracks[0], clips=(TAKES[0], moving)), *cut().tracks[1:]))
    now = ed.freeze(film, "c1", 150, 48, available=HAS).timeline
    parts = [("Take 0", 0, 100), ("Take 1", 100, 50), ("Take 1, frozen", 150, 48), ("Take 1", 198, 50)]
    assert on(now, "v1") == parts
    assert on(now, "a1") == [("Take 0", 0, 100), ("Take 1", 100, 50), ("Take 1", 198, 50)]
    still = now.tracks[0].clips[2]
    assert (still.source_in, still.speed, still.group, still.fade_in) == (100, Speed(Fraction(0)), "", 0)
    assert (still.opacity, still.transform, still.effects) == (0.5, Transform(x=0.5), (Blur(0.5),))


def test_a_frame_is_held_only_of_what_runs_and_where_it_lies() -> None:
    with pytest.raises(Invalid, match="where the clip lies"):
        ed.freeze(cut(), "c1", 99, 48, available=HAS)
    stills = ed.overwrite(cut(), "v2", 0, (new(0, media=STILL),), available=HAS).timeline
    with pytest.raises(Invalid, match="stands still already"):
        ed.freeze(stills, "n", 5, 48, available=HAS)


def test_a_transition_comes_on_the_nearest_cut_as_long_as_there_is_media_for_it() -> None:
    now = ed.join(cut(), "dissolve", 10, 12, available=HAS).timeline
    assert [(t.at, t.before, t.after) for t in now.tracks[0].transitions] == [(100, 12, 12)]
    tight = (replace(TAKES[0], source_in=295), replace(TAKES[1], source_in=2))
    film = replace(cut(), tracks=(replace(cut().tracks[0], clips=tight), *cut().tracks[1:]))
    assert (
        sum((t.before + t.after) for t in ed.join(film, "dip", 0, 12, available=HAS).timeline.tracks[0].transitions)
        == 6
    )
    beside = ed.join(cut(), "dissolve", 10, 12, clips=("s1",), available=HAS).timeline
    assert [t.at for t in beside.tracks[2].transitions] == [100]


def test_two_whole_files_give_up_what_a_transition_needs_and_what_follows_moves_up() -> None:
    whole = (
        Clip("a", "A", "one", 0, 60, 0, group="g"),
        Clip("b", "B", "two", 60, 30, 0),
        Clip("c", "C", "two", 90, 30, 0),
    )
    heard = (Clip("as", "A", "one", 0, 60, 0, group="g"), Clip("later", "L", "one", 95, 20, 0))
    tracks = (Track("v", "video", "V", "picture", whole), Track("s", "audio", "S", "sound", heard))
    film = Timeline("Film", Rate(24), 640, 360, tracks)
    now = ed.join(film, "dissolve", 58, 12, available={"one": 60, "two": 30})
    v, s = now.timeline.tracks
    assert [(c.id, c.start, c.frames, c.source_in) for c in v.clips] == [
        ("a", 0, 50, 0),
        ("b", 50, 20, 10),
        ("c", 70, 30, 0),
    ]
    assert [(t.at, t.before, t.after) for t in v.transitions] == [(50, 10, 10)]
    assert [(c.id, c.start, c.frames) for c in s.clips] == [("as", 0, 50), ("later", 75, 20)]
    assert ed.apply(now.timeline, now.inverse).timeline == film


def test_where_no_two_clips_touch_there_is_nothing_to_join() -> None:
    with pytest.raises(Conflict, match="two clips have to touch"):
        ed.join(cut(), "dissolve", 10, 12, track="v2")
    with pytest.raises(Conflict, match="two clips have to touch"):
        ed.join(ed.lift(cut(), ("c1",)).timeline, "dissolve", 10, 12)


def test_clips_come_once_more_behind_the_last_of_them_as_groups_of_their_own() -> None:
    now = ed.duplicate(cut(), ("c0",), available=HAS).timeline
    assert on(now, "v1") == on(now, "a1") == [("Take 0", 0, 100), ("Take 0", 100, 100), ("Take 1", 200, 100)]
    assert len({clip.group for clip in now.tracks[0].clips}) == 3


def test_what_was_copied_from_a_track_that_is_gone_or_locked_comes_onto_another_of_its_kind_or_a_new_one() -> None:
    piece = ed.excerpt(cut(), 0, 100, available=HAS)
    locked = ed.set_track(cut(), "v1", {"locked": True}).timeline
    assert on(ed.paste(locked, piece, 300, available=HAS).timeline, "v2") == [("Take 0", 300, 100)]
    bare = ed.remove_track(ed.remove_track(cut(), "a1").timeline, "v2").timeline
    now = ed.paste(bare, piece, 300, available=HAS).timeline
    assert [(t.kind, t.name, len(t.clips)) for t in now.tracks] == [("video", "V1", 3), ("audio", "A1", 1)]


def test_clips_of_several_tracks_go_up_together_as_far_as_all_of_them_can() -> None:
    film = ed.overwrite(cut(), "v2", 0, (new(0),), available=HAS).timeline
    one = ed.move(film, ("c1",), 10, over=True, alone=True, tracks=5, available=HAS).timeline
    assert on(one, "v2") == [("New", 0, 40), ("Take 1", 110, 100)]
    both = ed.move(film, ("c1", "n"), 10, over=True, alone=True, tracks=1, available=HAS).timeline
    assert (on(both, "v1")[1], on(both, "v2")) == (("Take 1", 110, 100), [("New", 10, 40)])
    assert on(ed.move(one, ("c1",), -10, alone=True, tracks=-1, available=HAS).timeline, "v1") == on(film, "v1")


def test_a_track_is_begun_on_top_under_the_name_of_what_it_carries() -> None:
    track = ed.new_track(cut(), "audio").timeline.tracks[-1]
    assert (track.kind, track.name, track.role, track.id) == ("audio", "Sound", "sound", "track~2")
