"""Edits of a timeline: pure functions, each with its inverse. Importing this puts every edit on the list `apply` knows."""

from studio.engine.editing.captions import add_caption, merge_captions, remove_caption, set_caption, split_caption
from studio.engine.editing.copying import duplicate, excerpt, paste
from studio.engine.editing.edits import Edit, Edited, apply, batch, from_json, ops, to_json
from studio.engine.editing.laying import freeze, join, lay, new_track
from studio.engine.editing.placing import extract, insert, lift, lift_range, move, overwrite, ripple_delete
from studio.engine.editing.setting import add_key, move_key, remove_key, set_clip
from studio.engine.editing.speaking import Stretch, respeak
from studio.engine.editing.tracks import (
    add_marker,
    add_track,
    add_transition,
    group,
    move_track,
    remove_marker,
    remove_track,
    remove_transition,
    set_marker,
    set_timeline,
    set_track,
    set_transition,
    ungroup,
)
from studio.engine.editing.trimming import retime, roll, slide, slip, split, trim

__all__ = [
    "Edit",
    "Edited",
    "Stretch",
    "add_caption",
    "add_key",
    "add_marker",
    "add_track",
    "add_transition",
    "apply",
    "batch",
    "duplicate",
    "excerpt",
    "extract",
    "freeze",
    "from_json",
    "group",
    "insert",
    "join",
    "lay",
    "lift",
    "lift_range",
    "merge_captions",
    "move",
    "move_key",
    "move_track",
    "new_track",
    "ops",
    "overwrite",
    "paste",
    "remove_caption",
    "remove_key",
    "remove_marker",
    "remove_track",
    "remove_transition",
    "respeak",
    "retime",
    "ripple_delete",
    "roll",
    "set_caption",
    "set_clip",
    "set_marker",
    "set_timeline",
    "set_track",
    "set_transition",
    "slide",
    "slip",
    "split",
    "split_caption",
    "to_json",
    "trim",
    "ungroup",
]
