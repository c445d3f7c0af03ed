"""How long one edit of a timeline of two thousand clips takes: to make, to take back, and to write and read the whole."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from studio.engine.editing import Edit, apply, from_json, to_json
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Key, Marker, Timeline, Track, Transition, from_document, to_document
from studio.engine.timeline.checks import faults

CLIPS = 2_000
GOAL_MS = 20.0
_FILM, _SOUND = "a" * 64, "b" * 64
_HAS = {_FILM: 10_000, _SOUND: 10_000}


def film() -> Timeline:
    """Half of the clips are seen, half are heard and grouped with them; every tenth cut is a dissolve."""
    seen = tuple(
        Clip(f"p{n}", f"Shot {n}", _FILM, n * 50, 50, source_in=100 + n, group=f"g{n}") for n in range(CLIPS // 2)
    )
    heard = tuple(replace(clip, id=f"s{clip.id}", media=_SOUND, gain_db=-3.0) for clip in seen)
    leads = tuple(Transition(f"x{n}", "dissolve", n * 50, 6, 6) for n in range(10, CLIPS // 2, 10))
    tracks = (Track("v", "video", "V1", "picture", seen, transitions=leads), Track("a", "audio", "A1", "voice", heard))
    return Timeline("Film", Rate(24), 1920, 1080, tracks, tuple(Marker(n * 500, f"{n}") for n in range(100)))


def edits() -> dict[str, Edit]:
    """Near the beginning, so that all that follows has to move."""
    new = Clip("new", "New", _FILM, 0, 40)
    told = {
        "trim, ripple": {"op": "trim", "clip": "p3", "edge": "out", "by": -7, "ripple": True},
        "roll": {"op": "roll", "clip": "p500", "by": 5},
        "slip": {"op": "slip", "clip": "p500", "by": 5},
        "slide": {"op": "slide", "clip": "p505", "by": 5},
        "split": {"op": "split", "clip": "p500", "at": 25_020},
        "lift": {"op": "lift", "clips": ["p500"]},
        "ripple delete": {"op": "ripple_delete", "clips": ["p3"]},
        "extract": {"op": "extract", "start": 120, "end": 330},
        "move, over": {"op": "move", "clips": ["p500"], "by": 75, "over": True},
        "retime": {"op": "retime", "clip": "p3", "factor": "3/2"},
    }
    made = {name: from_json(each) for name, each in told.items()}
    made["insert"] = Edit("insert", {"track": "v", "at": 175, "clips": (new,)})
    made["overwrite"] = Edit("overwrite", {"track": "v", "at": 175, "clips": (new,)})
    made["opacity"] = Edit("set_clip", {"clip": "p500", "fields": {"opacity": 0.5}})
    made["key"] = Edit("add_key", {"clip": "p500", "of": "opacity", "key": Key(5, 0.5)})
    return made


def measured(work: Callable[[], object], times: int = 20) -> list[float]:
    taken: list[float] = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return sorted(taken)


def main() -> None:
    timeline = film()
    every: list[float] = []
    print(f"{CLIPS:,} clips, CPU ms: median and 95th of a hundred")
    for name, edit in edits().items():
        done = apply(timeline, edit, _HAS)
        assert done.inverse(done.timeline).timeline == timeline
        taken = measured(lambda edit=edit: apply(timeline, edit, _HAS))
        back = measured(lambda done=done: done.inverse(done.timeline), 5)
        every += taken
        size = len(json.dumps(to_json(done.inverse)))
        print(f"{name:14} {statistics.median(taken):7.1f} {taken[-2]:7.1f}   back {back[2]:6.1f}   {size:7,} bytes")
    print(f"an edit, 95th of all: {sorted(every)[int(len(every) * 0.95)]:.1f} ms (goal {GOAL_MS:g})")
    stored = to_document(timeline)
    for name, work in {
        "write": lambda: to_document(timeline),
        "read": lambda: from_document(stored),
        "look for faults": lambda: faults(timeline, _HAS),
    }.items():
        print(f"{name:14} {statistics.median(measured(work, 7)):7.1f}")


if __name__ == "__main__":
    main()
