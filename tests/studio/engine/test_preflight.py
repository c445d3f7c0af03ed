"""Before a film is rendered: what is missing, empty, too fast to read or cut off is told, and a sound film has nothing to tell."""

from __future__ import annotations

from dataclasses import replace

from studio.core.settings import settings
from studio.engine.preflight import preflight
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track
from studio.engine.timeline.looks import Text

SOUND = Clip("s", "Low Water", "b", 0, 100)
PICTURE = Track("v", "video", "V1", "picture", (Clip("a", "Quay", "a", 0, 60), Clip("c", "Cabin", "a", 60, 40)))
WORDS = Track("w", "captions", "T1", "captions", captions=(Caption(0, 48, "Thirty years I took this boat."),))
FILM = Timeline("Film", Rate(24), 1920, 1080, (PICTURE, Track("m", "audio", "A1", "music", (SOUND,)), WORDS))


def told(film: Timeline, there: str = "ab") -> list[tuple[str, str, int, int]]:
    return [(f.kind, f.level, f.start, f.end) for f in preflight(film, set(there), settings().fonts)]


def tracks(film: Timeline, **changed: Track) -> Timeline:
    return replace(film, tracks=tuple(changed.get(track.id, track) for track in film.tracks))


def test_a_sound_film_has_nothing_to_tell() -> None:
    assert told(FILM) == []


def test_an_empty_film_says_so() -> None:
    assert told(replace(FILM, tracks=())) == [("empty", "fail", 0, 0)]


def test_a_missing_file_names_its_clip() -> None:
    found = preflight(FILM, {"a"}, settings().fonts)
    assert [f.sentence for f in found] == ["The file of “Low Water” is missing."]


def test_a_shot_without_a_picture_is_told() -> None:
    undrawn = replace(PICTURE, clips=(replace(PICTURE.clips[0], media=""), PICTURE.clips[1]))
    assert told(tracks(FILM, v=undrawn)) == [("missing", "fail", 0, 60)]


def test_a_hole_is_told_unless_another_track_fills_it() -> None:
    holed = replace(PICTURE, clips=(PICTURE.clips[0], replace(PICTURE.clips[1], start=70, frames=30)))
    assert told(tracks(FILM, v=holed)) == [("hole", "warn", 60, 70)]
    over = Track("v2", "video", "V2", "picture", (Clip("x", "X", "a", 50, 30),))
    filled = tracks(FILM, v=holed)
    assert told(replace(filled, tracks=(*filled.tracks, over))) == []


def test_sound_past_the_last_picture_is_told_but_not_what_is_muted() -> None:
    long = Track("m", "audio", "A1", "music", (replace(SOUND, frames=130),))
    assert told(tracks(FILM, m=long)) == [("sound", "warn", 100, 130)]
    assert told(tracks(FILM, m=replace(long, muted=True))) == []


def test_captions_too_fast_to_read_and_letters_cut_off_are_told() -> None:
    hurried = replace(WORDS, captions=(Caption(0, 24, "Thirty years I took this boat and never once looked back."),))
    out = Track(
        "t", "text", "T", "text", (Clip("t", "Title", "", 0, 60, made=Text("NIGHT FERRY", box=(0.0, 0.5, 0.8, 0.4))),)
    )
    found = told(replace(tracks(FILM, w=hurried), tracks=(*tracks(FILM, w=hurried).tracks, out)))
    assert {(kind, level) for kind, level, *_ in found} >= {("text", "fail")}
    assert any(kind != "text" and start == 0 and end == 24 for kind, _, start, end in found)
