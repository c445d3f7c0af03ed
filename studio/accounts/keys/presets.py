"""Tables of keys for people who come from another program: its own keys, as far as we have the act and a browser gives up the key.

An act the program has no key for keeps Inkreel's, unless the program uses that key for something else. Where a browser keeps the
program's key for itself, the nearest free one stands in: Resolve's transition is Ctrl+T, which opens a tab, so it is Alt+T here
(there its second key); Storyboarder flips with Ctrl+F, here F.
Our acts are not always theirs to the letter: ten frames stand where Premiere goes five and Resolve a second, and the one tool
for trimming is Premiere's ripple and rolling tool. Storyboarder has no timeline: its boards are our cuts, single frames are on the
arrows it leaves free, and the pen it has not got is on the number it leaves free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.accounts.keys.acts import ACTS, BY_ID, meet

PresetName = Literal["inkreel", "premiere", "resolve", "storyboarder"]

_PREMIERE = {
    "clear-marks": ("Ctrl Shift X",),
    "trim": ("B", "N"),
    "razor": ("C",),
    "split": ("Ctrl Shift K",),
    "lift": ("Del", "Backspace", ";"),
    "ripple-delete": ("Shift Del", "'"),
    "snap": ("S",),
    "marker-after": ("Shift M",),
    "marker-before": ("Ctrl Shift M",),
    "closer": ("=", "+"),
}
_RESOLVE = {
    "select": ("A",),
    "razor": ("B",),
    "slip": ("S",),
    "split": ("Ctrl B", "Ctrl \\"),
    "cut-left": ("Ctrl {",),
    "cut-right": ("Ctrl }",),
    "lift": ("Backspace",),
    "ripple-delete": ("Del", "Shift Backspace"),
    "insert": ("F9",),
    "overwrite": ("F10",),
    "transition": ("Alt T",),
    "freeze": ("Shift R",),
    "linked": ("Ctrl Shift L",),
    "link": ("Ctrl Alt L",),
    "marker-before": ("Shift ↑",),
    "marker-after": ("Shift ↓",),
    "fit": ("Shift Z",),
    "loop": ("Ctrl /",),
    "full": ("P",),
}
_STORYBOARDER = {
    "prev-cut": ("←",),
    "next-cut": ("→",),
    "frame-back": ("↑",),
    "frame-on": ("↓",),
    "ripple-delete": ("Ctrl Backspace", "Ctrl Del"),
    "duplicate": ("D",),
    "mute": ("Ctrl /",),
}
_STORYBOARDER_BOARD = {"delete": ("Ctrl Backspace", "Ctrl Del", "Del")}
_STORYBOARDER_DRAW = {
    "pencil": ("2",),
    "pen": ("3",),
    "brush": ("4",),
    "note": ("5",),
    "eraser": ("6",),
    "tone": ("7",),
    "thinner": ("[",),
    "thicker": ("]",),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A table one can begin from; `keys` are those that differ from Inkreel's, by act."""

    name: PresetName
    title: str
    told: str
    keys: Mapping[str, tuple[str, ...]]


def _of(room: str, keys: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {f"{room}.{name}": held for name, held in keys.items()}


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("inkreel", "Inkreel", "The keys that stand in the guide.", {}),
        Preset("premiere", "Premiere-like", "V B C Y U R, marks with M, S snaps.", _of("cut", _PREMIERE)),
        Preset("resolve", "Resolve-like", "A T B, Ctrl B splits, Del closes the gap.", _of("cut", _RESOLVE)),
        Preset(
            "storyboarder",
            "Storyboarder-like",
            "Arrows go from board to board, pens as you know them.",
            _of("cut", _STORYBOARDER) | _of("board", _STORYBOARDER_BOARD) | _of("draw", _STORYBOARDER_DRAW),
        ),
    )
}


def table_of(preset: str, changes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Every act with its keys: what a person changed stands above the preset, that above Inkreel's own.

    A key never means two things in one place: the lower one goes without it. Acts nobody knows any more are passed over.
    """
    chosen = PRESETS.get(preset, PRESETS["inkreel"]).keys
    layers = (changes, chosen, {act.id: act.keys for act in ACTS})
    table: dict[str, tuple[str, ...]] = {act.id: act.keys for act in ACTS if act.fixed}
    taken: dict[str, list[str]] = {}
    for act_id, keys in table.items():
        for key in keys:
            taken.setdefault(key, []).append(act_id)
    for layer in layers:
        for act_id, keys in layer.items():
            if act_id in table or act_id not in BY_ID:
                continue
            table[act_id] = free = tuple(key for key in keys if not _meets(act_id, taken.get(key, ())))
            for key in free:
                taken.setdefault(key, []).append(act_id)
    return {act.id: table[act.id] for act in ACTS}


def _meets(act_id: str, others: list[str] | tuple[str, ...]) -> bool:
    return any(meet(BY_ID[act_id], BY_ID[other]) for other in others)
