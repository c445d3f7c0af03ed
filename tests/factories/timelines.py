"""Timelines as hypothesis draws them, all of them sound, and edits of them, of which many cannot be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from studio.engine.editing import Edit
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Curve, Key, Marker, Motion, Speed, Timeline, Track, Transition, Window
from studio.engine.timeline.checks import transition_faults
from studio.engine.timeline.looks import Blur, Colour, Grain, Text, Transform
from studio.engine.timeline.reach import reach

FILM, SOUND, STILL = "a" * 64, "b" * 64, "c" * 64
AVAILABLE: dict[str, int | None] = {FILM: 400, SOUND: 250, STILL: None}

_KINDS = ("video", "video", "audio", "text", "captions", "effect")
_SPEEDS = (Speed(Fraction(2)), Speed(Fraction(1, 2)), Speed(Fraction(3, 7)), Speed(Fraction(-1)), Speed(Fraction(0)))
_RAMP = Speed(ramp=Curve((Key(0, 0.0), Key(20, 30.0, "bezier"), Key(50, 45.0))))
_FADES = Curve((Key(0, 0.0), Key(8, 0.75, "bezier"), Key(30, 0.5, "hold")))

frames = st.integers(1, 60)
bits = st.integers(0, 2**16 - 1)


@st.composite
def timelines(draw: st.DrawFn, most: int = 4, last: tuple[str, ...] = ()) -> Timeline:
    """One to four tracks of a few clips each, then of the kinds `last`: gaps, groups, speeds, keys, transitions, locks, markers."""
    kinds = [*draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=most)), *last]
    tracks = tuple(draw(_tracks(f"t{n}", kind)) for n, kind in enumerate(kinds))
    markers = tuple(Marker(at, f"m{at}") for at in sorted(draw(st.sets(st.integers(0, 200), max_size=3))))
    return Timeline("Film", Rate(24), 640, 360, tracks, markers)


@st.composite
def _tracks(draw: st.DrawFn, name: str, kind: Any) -> Track:
    track = Track(name, kind, name.upper(), kind, locked=draw(st.integers(0, 5)) == 0)
    spans: list[tuple[int, int]] = []
    end = 0
    for gap, length in draw(st.lists(st.tuples(st.sampled_from((0, 0, 0, 1, 9)), frames), max_size=5)):
        spans.append((end + gap, length))
        end += gap + length
    if kind == "captions":
        return replace(track, captions=tuple(Caption(s, n, f"words at {s}", "MARA") for s, n in spans))
    clips = [_clip(f"{name}c{n}", kind, *span, draw(bits)) for n, span in enumerate(spans)]
    return _with_transitions(replace(track, clips=tuple(clips)), draw(bits))


def _clip(name: str, kind: str, start: int, length: int, dice: int) -> Clip:
    """A clip by the bits of a number, which hypothesis makes smaller when a law breaks."""
    clip = Clip(name, name, "", start, length, group=("", "", "", "g1", "g2")[dice % 5])
    if kind == "text":
        clip = replace(clip, made=Text("Later"))
    elif kind != "effect":
        media = (FILM, SOUND, STILL, "")[dice // 5 % 4] if kind == "video" else SOUND
        clip = replace(clip, media=media, source_in=0 if media in (STILL, "") else 20 + dice % 90)
    if dice & 32:
        clip = replace(clip, opacity=_FADES, transform=Transform(x=_FADES), effects=(Blur(_FADES), Grain()))
    if dice & 64:
        clip = replace(clip, fade_in=length // 3, fade_out=length // 2, markers=(Marker(length // 2, "here"),))
    if dice & 128 and clip.media == STILL:
        clip = replace(clip, motion=Motion(Window(), Window(width=0.8), 0.01))
    if dice & 256:
        fast = replace(clip, speed=(*_SPEEDS, _RAMP)[dice % 6])
        used = reach(fast, AVAILABLE)
        clip = fast if used is None or not used.beyond else clip
    return clip


def _with_transitions(track: Track, dice: int) -> Track:
    for number, (before, after) in enumerate(zip(track.clips, track.clips[1:], strict=False)):
        if before.end == after.start and dice >> number & 1:
            each = Transition(f"{track.id}x{number}", "dissolve", after.start, dice >> 4 & 3, 1 + (dice >> 6 & 3))
            more = replace(track, transitions=(*track.transitions, each))
            if not list(transition_faults(more, "", AVAILABLE)):
                track = more
    return track


@st.composite
def edits(draw: st.DrawFn, timeline: Timeline, only: tuple[str, ...] = ()) -> Edit:
    """An edit that may be one of this timeline."""
    if not timeline.tracks:
        return Edit("add_track", {"track": Track("first", "video", "First", "picture")})
    dice = draw(bits)
    at = draw(st.integers(0, 150))
    by = draw(st.integers(-25, 25))
    clips = [clip for track in timeline.tracks for clip in track.clips] or [Clip("none", "", "", 0, 1)]
    clip = clips[dice % len(clips)]
    track = timeline.tracks[dice // 7 % len(timeline.tracks)]
    all_of_them = makers(timeline, clip, track, dice, at, by)
    names = [name for name in all_of_them if not only or name in only]
    name = draw(st.sampled_from(names))
    return Edit(name, all_of_them[name])


def makers(timeline: Timeline, clip: Clip, track: Track, dice: int, at: int, by: int) -> dict[str, dict[str, Any]]:
    """The arguments of every edit there is, by its name."""
    alone = bool(dice & 8)
    new = replace(clip, id=("new", clip.id)[dice % 9 == 0], group="", frames=1 + dice % 30, fade_in=0, fade_out=0)
    length = 1 + dice % 40
    caption = track.captions[dice % len(track.captions)] if track.captions else Caption(at, 5, "words here")
    transition = track.transitions[0].id if track.transitions else "tx"
    return {
        "insert": {"track": track.id, "at": at, "clips": (new,)},
        "overwrite": {"track": track.id, "at": at, "clips": (new,)},
        "lift": {"clips": (clip.id,), "alone": alone},
        "ripple_delete": {"clips": (clip.id,), "across": (track.id,) if dice & 16 else None, "alone": alone},
        "lift_range": {"start": at, "end": at + length},
        "extract": {"start": at, "end": at + length},
        "move": {
            "clips": (clip.id,),
            "by": by,
            "track": track.id if dice & 2 else "",
            "over": bool(dice & 4),
            "tracks": dice // 32 % 3 - 1,
        },
        "trim": {"clip": clip.id, "edge": ("in", "out")[dice & 1], "by": by, "ripple": bool(dice & 2), "alone": alone},
        "roll": {"clip": clip.id, "by": by, "alone": alone},
        "slip": {"clip": clip.id, "by": by},
        "slide": {"clip": clip.id, "by": by},
        "split": {"clip": clip.id, "at": clip.start + 1 + dice % max(1, clip.frames - 1)},
        "retime": {"clip": clip.id, "factor": (Fraction(2), Fraction(2, 3), Fraction(-1))[dice % 3], "ripple": alone},
        "respeak": {
            "clip": clip.id,
            "start": clip.start + dice % clip.frames,
            "end": clip.end,
            "media": clip.media,
            "frames": length,
            "source_in": dice % 9,
        },
        "set_clip": {"clip": clip.id, "fields": {"opacity": dice % 11 / 10, "colour": Colour(exposure=by / 2)}},
        "add_key": {"clip": clip.id, "of": "opacity", "key": Key(dice % 50, 0.25)},
        "move_key": {"clip": clip.id, "of": "opacity", "frame": 8, "to": at},
        "remove_key": {"clip": clip.id, "of": "transform.x", "frame": 8},
        "add_transition": {"track": track.id, "transition": Transition("tx", "wipe_left", clip.end, 2, 2)},
        "set_transition": {"transition": transition, "fields": {"before": dice % 5}},
        "remove_transition": {"transition": transition},
        "add_track": {"track": Track("new track", track.kind, "New", "sound"), "at": dice % 3},
        "remove_track": {"track": track.id},
        "move_track": {"track": track.id, "to": dice % 3},
        "set_track": {"track": track.id, "fields": {"locked": not track.locked, "gain_db": -3.0}},
        "set_timeline": {"fields": {"name": "Other", "background": "#102030"}},
        "add_marker": {"marker": Marker(at, "new")},
        "set_marker": {"marker": dice % 3, "fields": {"frame": at}},
        "remove_marker": {"marker": dice % 3},
        "add_caption": {"track": track.id, "caption": Caption(at, length, "new")},
        "set_caption": {"track": track.id, "start": caption.start, "fields": {"start": at, "text": "other"}},
        "remove_caption": {"track": track.id, "start": caption.start},
        "split_caption": {"track": track.id, "start": caption.start, "letter": 5},
        "merge_captions": {"track": track.id, "start": caption.start},
        "group": {"clips": (clip.id, timeline.tracks[0].clips[0].id if timeline.tracks[0].clips else "none")},
        "ungroup": {"clips": (clip.id,)},
        "lay": {
            "clip": replace(new, start=at),
            "kind": track.kind,
            "track": (track.id, "", None)[dice % 3],
            "insert": alone,
            "sound": bool(dice & 2),
        },
        "freeze": {"clip": clip.id, "at": clip.start + dice % clip.frames, "frames": length},
        "join": {
            "kind": "dissolve",
            "at": at,
            "frames": length,
            "track": track.id if dice & 2 else "",
            "clips": (clip.id,) if dice & 4 else (),
        },
        "new_track": {"kind": track.kind},
        "close_gap": {"track": track.id, "at": at},
        "look_like": {"clips": (clip.id,), "like": new},
        "duplicate": {"clips": (clip.id,), "alone": alone},
        "paste": {"piece": replace(timeline, markers=()), "at": at, "ripple": alone},
    }
