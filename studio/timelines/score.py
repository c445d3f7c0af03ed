"""What a cut has from the makers of films: its title card and its music, laid under the scenes as they are now. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from studio.storyboards.views import ShotView
from studio.timelines.views import CueView


@dataclass(frozen=True, slots=True)
class Piece:
    """Music that was made: `frames` of it, in a mood, from a seed, for these scenes."""

    media: str
    mood: str
    seed: int
    frames: int
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The title card's media (None: there is none) and the music in the order of the film it was made for."""

    card: str | None = None
    music: tuple[Piece, ...] = ()


def score_of(card: str | None, music: Sequence[tuple[CueView, str]]) -> Score:
    """The score of a film whose cues have this media."""
    return Score(card, tuple(Piece(sha256, cue.mood, cue.seed, cue.frames, cue.scenes) for cue, sha256 in music))


def score_document(score: Score) -> dict[str, Any]:
    """The stored form."""
    return {"card": score.card, "music": [asdict(piece) for piece in score.music]}


def score_from(document: Mapping[str, Any]) -> Score:
    """A score from its stored form; nothing stored is no score."""
    music = (Piece(**(each | {"scenes": tuple(each["scenes"])})) for each in document.get("music", ()))
    return Score(document.get("card"), tuple(music))


def placed(score: Score, shots: Sequence[ShotView], lead: int) -> tuple[tuple[CueView, str], ...]:
    """Each piece under the scenes it was made for, wherever these are now, the first from the start of the film (`lead` frames
    before the first shot). Scenes it was not made for go on with the piece before. No piece is longer than it was made: where
    the scenes have become longer than that, there is no music.
    """
    if not score.music:
        return ()
    of_scene = {scene: piece for piece in score.music for scene in piece.scenes}
    spans: list[tuple[Piece, int, int]] = []
    start = 0
    for scene, group in groupby(shots, key=lambda shot: shot.scene_id):
        frames = sum(shot.frames for shot in group) + lead
        lead = 0
        piece = of_scene.get(scene) or (spans[-1][0] if spans else score.music[0])
        if spans and spans[-1][0] is piece:
            spans[-1] = (piece, spans[-1][1], spans[-1][2] + frames)
        else:
            spans.append((piece, start, frames))
        start += frames
    return tuple(
        (CueView(at, min(frames, piece.frames), piece.mood, piece.seed, piece.scenes), piece.media)
        for piece, at, frames in spans
    )
