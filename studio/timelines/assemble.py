"""From a board to a cut: shots become clips with camera moves, lines become voice clips and captions. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from studio.engine.captions import Sentence, from_lines
from studio.engine.motion import motion_of, part_of
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Marker, Timeline, Track
from studio.providers.music.mood import mood_of
from studio.storyboards.views import PanelShown, ShotView
from studio.timelines.views import CueView

TITLE_S = 2.5
"""Seconds the title card stands."""

_LONGEST_CUE_S = 90.0
_FADE_S = 0.5


@dataclass(frozen=True, slots=True)
class SceneText:
    """What the composer reads of a scene: its heading, whether it is night, its words."""

    heading: str
    night: bool
    words: str


def title_frames(has_title: bool, rate: Rate) -> int:
    """Length of the title card in frames; 0 when there is none."""
    return rate.frames(TITLE_S) if has_title else 0


def cues(
    shots: Sequence[ShotView], scenes: Sequence[SceneText], *, has_title: bool, rate: Rate, name: str
) -> tuple[CueView, ...]:
    """Music for the whole film without a gap: neighbouring scenes of one mood share a cue of at most 90 seconds."""
    lengths: dict[tuple[int, str], int] = {}
    for scene, group in groupby(shots, key=lambda s: (s.scene, s.scene_id)):
        lengths[scene] = sum(s.frames for s in group)
    longest = rate.frames(_LONGEST_CUE_S)
    out: list[CueView] = []
    start = 0
    lead = title_frames(has_title, rate)
    for (scene, scene_id), frames in lengths.items():
        text = scenes[scene]
        mood = mood_of(f"{text.heading}\n{text.words}", night=text.night).value
        frames += lead
        lead = 0
        if out and out[-1].mood == mood and out[-1].frames + frames <= longest:
            last = out[-1]
            out[-1] = CueView(last.start, last.frames + frames, mood, last.seed, (*last.scenes, scene_id))
        else:
            out.append(CueView(start, frames, mood, _seed(name, len(out)), (scene_id,)))
        start += frames
    return tuple(out)


def assembled(
    name: str,
    shots: Sequence[ShotView],
    scenes: Sequence[SceneText],
    music: Sequence[tuple[CueView, str]],
    *,
    card: str | None,
    rate: Rate,
    width: int,
    height: int,
) -> Timeline:
    """The film: `card` is the title card's media; `music` pairs each cue with its media. A shot not drawn yet has none."""
    starts = _starts(shots, title_frames(card is not None, rate))
    voice = tuple(
        _voice_clip(shot, i, start, rate)
        for shot, start in zip(shots, starts, strict=True)
        for i in range(len(shot.lines))
    )
    tracks = [
        Track("v1", "video", "Picture", "picture", clips=_pictures(shots, starts, card, rate)),
        *_voice_tracks(voice),
        Track("a-music", "audio", "Music", "music", clips=_music_clips(music, rate)),
        Track("c1", "captions", "Captions", "captions", captions=_captions(shots, starts, rate)),
    ]
    markers = _markers(shots, starts, scenes)
    return Timeline(name, rate, width, height, tuple(tracks), markers)


def _starts(shots: Sequence[ShotView], first: int) -> list[int]:
    starts: list[int] = []
    for shot in shots:
        starts.append(first)
        first += shot.frames
    return starts


def _pictures(shots: Sequence[ShotView], starts: Sequence[int], card: str | None, rate: Rate) -> tuple[Clip, ...]:
    """The title card and the shots. The first frame is a picture, not black: players and networks show a film by it."""
    fade = rate.frames(_FADE_S)
    clips: list[Clip] = []
    if card:
        length = title_frames(True, rate)
        clips.append(Clip("title", "Title", card, 0, length, fade_out=fade))
    for i, (shot, start) in enumerate(zip(shots, starts, strict=True)):
        panels = shot.panels or (PanelShown(shot.number, shot.picture, shot.frames),)
        motion = motion_of(shot.move, seed=i)
        at = 0
        for place, panel in enumerate(panels):
            room = min(fade, panel.frames // 2)
            clips.append(
                Clip(
                    id=f"shot-{shot.id}" if place == 0 else f"shot-{shot.id}-{place + 1}",
                    name=panel.number,
                    media=panel.picture or "",
                    start=start + at,
                    frames=panel.frames,
                    motion=part_of(motion, at / shot.frames, (at + panel.frames) / shot.frames),
                    fade_in=room if card and i == 0 and place == 0 else 0,
                    fade_out=room if i == len(shots) - 1 and place == len(panels) - 1 else 0,
                    link=f"shot:{shot.id}",
                )
            )
            at += panel.frames
    return tuple(clips)


def _voice_clip(shot: ShotView, index: int, start: int, rate: Rate) -> Clip:
    line = shot.lines[index]
    frames = max(1, ceil(line.seconds * rate.fps))
    return Clip(
        id=f"line-{line.id or f'{shot.id}-{index}'}",
        name=f"{shot.number} {line.speaker}",
        media=line.sha256,
        start=start + line.offset,
        frames=frames,
        link=f"shot:{shot.id}",
    )


def _voice_tracks(clips: Sequence[Clip]) -> list[Track]:
    """As many voice tracks as there are voices at once: clips of one track never overlap."""
    lanes: list[list[Clip]] = []
    for clip in clips:
        lane = next((x for x in lanes if x[-1].end <= clip.start), None)
        if lane is None:
            lanes.append([clip])
        else:
            lane.append(clip)
    return [
        Track(f"a-voice-{i}", "audio", f"Voice {i}", "voice", clips=tuple(lane))
        for i, lane in enumerate(lanes or [[]], 1)
    ]


def _music_clips(music: Sequence[tuple[CueView, str]], rate: Rate) -> tuple[Clip, ...]:
    fade = rate.frames(_FADE_S)
    seen: Counter[int] = Counter()
    clips: list[Clip] = []
    for cue, sha256 in music:
        seen[cue.seed] += 1
        again = f"-{seen[cue.seed]}" if seen[cue.seed] > 1 else ""
        room = min(fade, cue.frames // 2)
        name = f"{cue.mood.title()} cue"
        clip_id = f"cue-{cue.seed:08x}{again}"
        clips.append(Clip(clip_id, name, sha256, cue.start, cue.frames, fade_in=room, fade_out=room))
    return tuple(clips)


def _captions(shots: Sequence[ShotView], starts: Sequence[int], rate: Rate) -> tuple[Caption, ...]:
    sentences = [
        Sentence(
            start_frame=start + line.offset + rate.frames(sentence.begin_s),
            end_frame=start + line.offset + rate.frames(sentence.end_s),
            text=sentence.text,
            speaker=line.speaker,
        )
        for shot, start in zip(shots, starts, strict=True)
        for line in shot.lines
        for sentence in line.sentences
    ]
    return from_lines(sentences, rate)


def _markers(shots: Sequence[ShotView], starts: Sequence[int], scenes: Sequence[SceneText]) -> tuple[Marker, ...]:
    seen: dict[int, int] = {}
    for shot, start in zip(shots, starts, strict=True):
        seen.setdefault(shot.scene, start)
    return tuple(Marker(frame, scenes[scene].heading or f"Scene {scene + 1}") for scene, frame in seen.items())


def _seed(name: str, index: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{name}\n{index}".encode()).digest()[:4], "big")
