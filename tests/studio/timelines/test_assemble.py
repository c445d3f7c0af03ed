"""From board to cut: everything in its place, to the frame."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.artist.spec import Move
from studio.engine.time import Rate
from studio.engine.timeline import from_document, to_document
from studio.storyboards.views import LineView, PanelShown, SentenceView, ShotView
from studio.timelines.assemble import SceneText, assembled, cues, title_frames

RATES = (Rate(24), Rate(25), Rate(30000, 1001))
SCENES = (
    SceneText("INT. A - DAY", False, "She smiles. They embrace."),
    SceneText("EXT. B - NIGHT", True, "A gun. Blood."),
)


def line(offset: int, seconds: float, speaker: str = "MARA") -> LineView:
    words = (SentenceView("Here we are.", 0.0, seconds / 2), SentenceView("At last.", seconds / 2, seconds))
    return LineView(speaker, offset, seconds, "a" * 64, words)


def shot(number: int, frames: int, scene: int = 0, lines: tuple[LineView, ...] = ()) -> ShotView:
    return ShotView(
        f"id{number}", f"{scene + 1}{number}", scene, frames, Move.PUSH_IN, "d", "a", f"{number:064d}", lines
    )


shots = st.lists(st.tuples(st.integers(6, 300), st.booleans()), min_size=1, max_size=20).map(
    lambda parts: [
        shot(i, frames, scene=i * 2 // len(parts), lines=(line(2, frames / 40),) if spoken else ())
        for i, (frames, spoken) in enumerate(parts)
    ]
)


@given(shots, st.sampled_from(RATES), st.booleans())
def test_picture_and_music_cover_the_film_without_gap_or_overlap(
    board: list[ShotView], rate: Rate, titled: bool
) -> None:
    planned = cues(board, SCENES, has_title=titled, rate=rate, name="F")
    music = [(cue, "b" * 64) for cue in planned]
    film = assembled("F", board, SCENES, music, card="c" * 64 if titled else None, rate=rate, width=640, height=360)
    assert film.frames == title_frames(titled, rate) + sum(s.frames for s in board)
    for role in ("picture", "music"):
        clips = list(film.clips(role))
        assert (clips[0].start, clips[-1].end) == (0, film.frames)
        assert all(a.end == b.start for a, b in pairwise(clips))


@pytest.mark.parametrize("card", ["c" * 64, None])
def test_the_first_frame_is_a_picture_and_the_end_fades(card: str | None) -> None:
    film = assembled("F", [shot(0, 48), shot(1, 48)], SCENES, [], card=card, rate=Rate(24), width=640, height=360)
    fades = [(c.fade_in, c.fade_out) for c in film.clips("picture")]
    assert (fades[0][0], fades[-1][0]) == (0, 0)
    assert fades[-1][1] > 0
    if card:
        assert fades[0][1] == fades[1][0] > 0  # through black, from the title into the film


@given(shots, st.sampled_from(RATES))
def test_a_timeline_survives_being_stored(board: list[ShotView], rate: Rate) -> None:
    film = assembled("F", board, SCENES, [], card=None, rate=rate, width=640, height=360)
    assert from_document(to_document(film)) == film


@given(shots, st.sampled_from(RATES))
def test_clips_of_one_track_never_overlap_and_captions_neither(board: list[ShotView], rate: Rate) -> None:
    film = assembled("F", board, SCENES, [], card=None, rate=rate, width=640, height=360)
    for track in film.tracks:
        assert all(a.end <= b.start for a, b in pairwise(track.clips))
    assert all(a.end <= b.start for a, b in pairwise(film.captions()))


def test_a_voice_begins_at_its_place_in_its_shot() -> None:
    board = [shot(0, 48), shot(1, 96, lines=(line(12, 1.5), line(60, 1.0, "BEN")))]
    film = assembled("F", board, SCENES, [], card=None, rate=Rate(24), width=640, height=360)
    assert [(c.start, c.frames) for c in film.clips("voice")] == [(60, 36), (108, 24)]
    assert next(c.speaker for c in film.captions()) == "MARA"


def test_two_who_speak_at_once_are_on_two_tracks() -> None:
    board = [shot(0, 96, lines=(line(0, 2.0), line(0, 2.0, "BEN")))]
    film = assembled("F", board, SCENES, [], card=None, rate=Rate(24), width=640, height=360)
    assert len([t for t in film.tracks if t.role == "voice"]) == 2


def test_every_scene_is_a_chapter() -> None:
    board = [shot(0, 48), shot(1, 48), shot(2, 48, scene=1)]
    film = assembled("F", board, SCENES, [], card="c" * 64, rate=Rate(24), width=640, height=360)
    assert [(m.frame, m.name) for m in film.markers] == [(60, "INT. A - DAY"), (156, "EXT. B - NIGHT")]


def test_scenes_of_one_mood_share_a_cue_and_another_mood_begins_a_new_one() -> None:
    board = [shot(0, 240), shot(1, 240, scene=1), shot(2, 240, scene=2)]
    happy, dark = SCENES
    two = cues(board, (happy, happy, dark), has_title=False, rate=Rate(24), name="F")
    assert [(c.start, c.frames) for c in two] == [(0, 480), (480, 240)]
    assert two[0].mood != two[1].mood


def test_several_panels_are_shown_one_after_the_other_and_share_the_move_of_their_shot() -> None:
    several = replace(
        shot(0, 48, lines=(line(12, 1.0),)),
        panels=(PanelShown("10/1", "1" * 64, 12), PanelShown("10/2", "2" * 64, 36)),
    )
    alone = assembled("F", [shot(0, 48), shot(1, 24)], SCENES, [], card=None, rate=Rate(24), width=640, height=360)
    film = assembled("F", [several, shot(1, 24)], SCENES, [], card=None, rate=Rate(24), width=640, height=360)
    first, second, other = film.clips("picture")
    whole, after = alone.clips("picture")
    assert [(c.name, c.media, c.start, c.frames) for c in (first, second)] == [
        ("10/1", "1" * 64, 0, 12),
        ("10/2", "2" * 64, 12, 36),
    ]
    assert {c.link for c in (first, second)} == {whole.link}
    assert first.motion and second.motion and whole.motion
    assert (first.motion.start, second.motion.end) == (whole.motion.start, whole.motion.end)
    assert first.motion.end == second.motion.start
    assert other == after
    assert next(film.clips("voice")).start == 12
    assert len({clip.id for clip in film.clips("picture")}) == 3


def test_a_shot_without_a_picture_has_its_place_and_length_all_the_same() -> None:
    board = [replace(shot(0, 9), picture=None), shot(1, 12)]
    film = assembled("F", board, SCENES, [], card=None, rate=Rate(24), width=64, height=36)
    assert [(c.media, c.start, c.frames) for c in film.clips("picture")] == [("", 0, 9), (f"{1:064d}", 9, 12)]
