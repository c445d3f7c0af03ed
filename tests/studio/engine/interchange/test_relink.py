"""Files found again: by hash, by name, by the end of the path; what is several is left to choose."""

from __future__ import annotations

from studio.engine.interchange.formats import Media
from studio.engine.interchange.relink import matched, relinked
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

HASH = "a" * 64
THERE = (
    Media("1", "renamed.mov", "/new/renamed.mov", sha256=HASH),
    Media("2", "A001.mov", "/disk/day 1/A001.mov", sha256="b" * 64),
    Media("3", "A001.mov", "/disk/day 2/A001.mov", sha256="c" * 64, start=100),
    Media("4", "B002.MP4", "/disk/B002.MP4", sha256="d" * 64),
)


def test_a_hash_decides_before_any_name() -> None:
    named = Media("x", "A001.mov", "/old/day 1/A001.mov", sha256=HASH)
    assert matched([named], THERE).found == {"x": THERE[0]}


def test_of_one_name_the_folders_decide_and_windows_paths_too() -> None:
    named = [Media("x", "A001.mov", "/old/Day 2/A001.mov"), Media("y", "a001.mov", "D:\\shoot\\day 1\\a001.mov")]
    assert matched(named, THERE).found == {"x": THERE[2], "y": THERE[1]}


def test_several_are_listed_and_none_is_lost() -> None:
    found = matched([Media("x", "A001.mov"), Media("y", "nowhere.mov")], THERE)
    assert (found.found, found.ambiguous, found.lost) == ({}, {"x": (THERE[1], THERE[2])}, ("y",))


def test_another_suffix_and_a_reel_are_found_too() -> None:
    named = [Media("x", "b002.mov"), Media("y", "Door", reel="B002")]
    assert matched(named, THERE).found == {"x": THERE[3], "y": THERE[3]}


def test_clips_are_put_on_the_files_and_in_points_follow_the_timecode() -> None:
    named = [Media("x", "A001.mov", "/o/day 2/A001.mov")]
    clips = (Clip("1", "one", "x", 0, 10, 150), Clip("2", "two", "else", 10, 10, 5))
    timeline = Timeline("t", Rate(24), 10, 10, (Track("v", "video", "V", "picture", clips),))
    done = relinked(timeline, named, matched(named, THERE).found)
    assert [(c.media, c.source_in) for c in done.tracks[0].clips] == [("3", 50), ("else", 5)]
