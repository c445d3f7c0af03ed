"""What edits are called in the history, and what of them comes from outside."""

from __future__ import annotations

from typing import Any

import pytest

from studio.engine.editing import Edit, from_json, ops
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.looks import Nested, Text
from studio.timelines.asked import media_in
from studio.timelines.labels import label_of
from tests.factories.timelines import makers

CLIPS = (
    Clip("a", "2D", "a" * 64, 0, 9),
    Clip("b", "2E", "b" * 64, 9, 9),
    Clip("t", "", "", 18, 9, made=Text("Low Water")),
)
FILM = Timeline("Film", Rate(24), 64, 36, (Track("v", "video", "V1", "picture", clips=CLIPS),))
NEW = {"id": "n", "name": "3A", "media": "c" * 64, "start": 0, "frames": 5}


@pytest.mark.parametrize(
    ("edits", "label"),
    [
        ([{"op": "trim", "clip": "a", "edge": "out", "by": 1}], "trim 2D"),
        ([{"op": "trim", "clip": c, "edge": "out", "by": 1} for c in "ab"], "trim 2 clips"),
        ([{"op": "ripple_delete", "clips": ["a", "b", "t"]}], "delete 3 clips"),
        ([{"op": "move", "clips": ["t"], "by": 4}], "move Low Water"),
        ([{"op": "insert", "track": "v", "at": 0, "clips": [NEW]}], "insert 3A"),
        ([{"op": "lay", "clip": NEW, "kind": "video"}], "lay down 3A"),
        ([{"op": "lay", "clip": NEW, "kind": "video", "insert": True}], "insert 3A"),
        ([{"op": "join", "kind": "wipe_left", "at": 9, "frames": 4}], "add a wipe left"),
        ([{"op": "freeze", "clip": "b", "at": 9, "frames": 48}], "freeze 2E"),
        ([{"op": "duplicate", "clips": ["a", "b"]}], "duplicate 2 clips"),
        ([{"op": "close_gap", "track": "v", "at": 30}], "close a gap"),
        ([{"op": "look_like", "clips": ["a"], "like": NEW}], "paste the look on 2D"),
        ([{"op": "new_track", "kind": "audio"}], "add a track for sounds"),
        ([{"op": "set_clip", "clip": "a", "fields": {"gain_db": -3.0}}], "loudness of 2D"),
        ([{"op": "set_clip", "clip": "a", "fields": {"enabled": False}}], "switch 2D off"),
        ([{"op": "set_clip", "clip": "a", "fields": {"fade_in": 3, "fade_out": 3}}], "fade in and fade out of 2D"),
        ([{"op": "set_track", "track": "v", "fields": {"muted": True}}], "mute V1"),
        ([{"op": "set_track", "track": "v", "fields": {"locked": False}}], "unlock V1"),
        (
            [{"op": "trim", "clip": "a", "edge": "in", "by": 1}, {"op": "remove_track", "track": "v"}],
            "trim 2D and 1 more",
        ),
        ([{"op": "batch", "edits": [{"op": "slip", "clip": "b", "by": 2}]}], "slip 2E"),
    ],
)
def test_edits_are_called_what_a_person_would_say(edits: list[dict[str, Any]], label: str) -> None:
    assert label_of([from_json(each) for each in edits], FILM) == label


def test_every_edit_there_is_has_a_name_of_words() -> None:
    track = FILM.tracks[0]
    for name, fields in makers(FILM, CLIPS[0], track, 9, 3, 2).items():
        told = label_of([Edit(name, fields)], FILM)
        assert told and "_" not in told and len(told) <= 200
    assert {*makers(FILM, CLIPS[0], track, 9, 3, 2), "batch", "patch"} == set(ops())


def test_all_media_in_edits_are_found_however_deep() -> None:
    inside = Timeline("In", Rate(24), 64, 36, (Track("i", "video", "I", "picture", clips=(CLIPS[1],)),))
    nest = Clip("n", "Nest", "", 0, 9, made=Nested(inside))
    edits = [
        from_json({"op": "insert", "track": "v", "at": 0, "clips": [NEW]}),
        from_json({"op": "batch", "edits": [{"op": "set_clip", "clip": "a", "fields": {"media": "d" * 64}}]}),
    ]
    assert {sha256 for sha256, _ in media_in((*edits, nest))} == {"b" * 64, "c" * 64, "d" * 64}
