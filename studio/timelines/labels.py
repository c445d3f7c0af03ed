"""What edits are called in the history: "trim 2D", "delete 3 clips", "mute Music". Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio.engine.editing import Edit
from studio.engine.editing.merging.fields import said
from studio.engine.timeline import Timeline
from studio.engine.timeline.looks import Text

LONGEST = 200
_NAME = 60

_CLIP = {
    "trim": "trim {}",
    "roll": "roll the cut behind {}",
    "slip": "slip {}",
    "slide": "slide {}",
    "split": "split {}",
    "retime": "change the speed of {}",
    "respeak": "say {} anew",
    "freeze": "freeze {}",
    "add_key": "set a key of {}",
    "move_key": "move a key of {}",
    "remove_key": "remove a key of {}",
}
_CLIPS = {
    "lift": "lift {}",
    "ripple_delete": "delete {}",
    "move": "move {}",
    "group": "group {}",
    "ungroup": "ungroup {}",
    "duplicate": "duplicate {}",
    "look_like": "paste the look on {}",
}
_COMING = {"insert": "insert {}", "overwrite": "overwrite with {}"}
_TRACK = {"remove_track": "remove the track {}", "move_track": "move the track {}"}
_PLAIN = {
    "lift_range": "clear a range",
    "extract": "cut out a range",
    "close_gap": "close a gap",
    "set_transition": "change a transition",
    "remove_transition": "remove a transition",
    "add_marker": "add a marker",
    "set_marker": "change a marker",
    "remove_marker": "remove a marker",
    "add_caption": "add a caption",
    "set_caption": "change a caption",
    "remove_caption": "remove a caption",
    "split_caption": "split a caption",
    "merge_captions": "join two captions",
    "set_timeline": "change the film's settings",
}
_CARRIED = {"audio": "sounds", "captions": "captions", "text": "titles", "effect": "effects"}
_SWITCHES = {
    "locked": ("lock", "unlock"),
    "muted": ("mute", "unmute"),
    "solo": ("solo", "end the solo of"),
}


def label_of(edits: Sequence[Edit], before: Timeline) -> str:
    """Edits made as one act in a few words, for a timeline as it was before them."""
    flat = [each for edit in edits for each in _parts(edit)]
    named = set(_clips_of(flat))
    names = {clip.id: _called(clip) for track in before.tracks for clip in track.clips if clip.id in named}
    tracks = {track.id: track.name or "a track" for track in before.tracks}
    told = list(dict.fromkeys(_one(each, names, tracks) for each in flat))
    if len(told) == 1:
        return told[0][:LONGEST]
    same = {each.op for each in flat}
    clips = list(dict.fromkeys(_clips_of(flat)))
    if len(same) == 1 and (pattern := {**_CLIP, **_CLIPS}.get(flat[0].op)) and clips:
        return pattern.format(_named(clips, names))[:LONGEST]
    return f"{told[0]} and {len(told) - 1} more"[:LONGEST]


def _parts(edit: Edit) -> list[Edit]:
    if edit.op != "batch":
        return [edit]
    return [part for each in edit.fields["edits"] for part in _parts(each)]


def _clips_of(edits: Sequence[Edit]) -> list[str]:
    found: list[str] = []
    for edit in edits:
        found += [edit.fields["clip"]] if "clip" in edit.fields else list(edit.fields.get("clips", ()))
    return found


def _one(edit: Edit, names: Mapping[str, str], tracks: Mapping[str, str]) -> str:
    fields = edit.fields
    if edit.op in _CLIP:
        return _CLIP[edit.op].format(_named([fields["clip"]], names))
    if edit.op in _CLIPS:
        return _CLIPS[edit.op].format(_named(fields["clips"], names))
    if edit.op in _COMING:
        clips = fields["clips"]
        what = _called(clips[0]) if len(clips) == 1 else f"{len(clips)} clips"
        return _COMING[edit.op].format(what)
    if edit.op in _TRACK:
        return _TRACK[edit.op].format(tracks.get(fields["track"], "there was"))
    if edit.op in _PLAIN:
        return _PLAIN[edit.op]
    make = _OTHERS.get(edit.op)
    return make(fields, names, tracks) if make else edit.op.replace("_", " ")


def _set_clip(fields: Mapping[str, Any], names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    clip, set_to = _named([fields["clip"]], names), fields["fields"]
    if list(set_to) == ["enabled"]:
        return f"switch {clip} {'on' if set_to['enabled'] else 'off'}"
    if list(set_to) == ["name"]:
        return f"rename {clip}"
    return f"{said(list(set_to)[:3])} of {clip}" if set_to else f"change {clip}"


def _set_track(fields: Mapping[str, Any], _names: Mapping[str, str], tracks: Mapping[str, str]) -> str:
    track, set_to = tracks.get(fields["track"], "a track"), fields["fields"]
    for name, (on, off) in _SWITCHES.items():
        if list(set_to) == [name]:
            return f"{on if set_to[name] else off} {track}"
    return f"{said(list(set_to)[:3])} of {track}" if set_to else f"change {track}"


def _add_track(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    return f"add the track {fields['track'].name}".strip()


def _new_track(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    return f"add a track for {_CARRIED.get(fields['kind'], 'pictures')}"


def _lay(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    return f"{'insert' if fields.get('insert') else 'lay down'} {_called(fields['clip'])}"


def _join(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    return f"add a {fields['kind'].replace('_', ' ')}"


def _add_transition(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    return f"add a {fields['transition'].kind.replace('_', ' ')}"


def _paste(fields: Mapping[str, Any], _names: Mapping[str, str], _tracks: Mapping[str, str]) -> str:
    clips = [clip for track in fields["piece"].tracks for clip in track.clips]
    return f"paste {_called(clips[0]) if len(clips) == 1 else f'{len(clips)} clips'}"


_OTHERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, str], Mapping[str, str]], str]] = {
    "set_clip": _set_clip,
    "set_track": _set_track,
    "add_track": _add_track,
    "new_track": _new_track,
    "lay": _lay,
    "join": _join,
    "add_transition": _add_transition,
    "paste": _paste,
}


def _named(clips: Sequence[str], names: Mapping[str, str]) -> str:
    different = list(dict.fromkeys(clips))
    return names.get(different[0], "a clip") if len(different) == 1 else f"{len(different)} clips"


def _called(clip: Any) -> str:
    """A clip's name, or the words it shows."""
    words = clip.made.text if isinstance(clip.made, Text) else ""
    return " ".join((clip.name or words or "a clip").split())[:_NAME] or "a clip"
