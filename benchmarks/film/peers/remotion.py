"""The film by Remotion: a page for every frame, in the Chromium of this machine; its packages lie in .tools/remotion."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from benchmarks.film.shots import Inset, Letters, Shot, insets, letters, shots, sounds
from studio.engine.timeline import Clip, Timeline

HOME = Path(".tools/remotion").absolute()

_HERE = Path(__file__).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str:
    """What it lacks here, "" when it can run."""
    if shutil.which("node") is None:
        return "not measured: there is no node here"
    if not (HOME / "node_modules/@remotion/renderer").is_dir():
        return "not measured: npm did not give its packages (make bench-render asks for them)"
    return "" if _browser() else "not measured: it needs chromium: apt-get install chromium"


def command(timeline: Timeline, media: Path, out: Path) -> list[str]:
    """What to run; its media is copied beside `out`, for it follows no links."""
    public = out.parent / "public"
    words = letters(timeline, public / "letters")
    props = _props(timeline, words)
    for name in {one.get("video") or one.get("audio") for one in props["seen"] + props["heard"]} - {None}:
        shutil.copy(media / name, public / name)
    told = out.with_suffix(".json")
    told.write_text(json.dumps(props), encoding="utf-8")
    for name in ("remotion.jsx", "remotion.mjs"):  # they find their packages beside them
        shutil.copy(_HERE / name, HOME / name)
    node = shutil.which("node") or "node"
    return [node, *map(str, (HOME / "remotion.mjs", HOME / "remotion.jsx", public, told, _browser(), out))]


def _browser() -> str:
    return next((found for name in _BROWSERS if (found := shutil.which(name))), "")


def _props(timeline: Timeline, words: list[Letters]) -> dict[str, Any]:
    whole = {"x": 0, "y": 0, "width": timeline.width, "height": timeline.height}
    seen = [_shot(shot) | whole for shot in shots(timeline)]
    seen += [_inset(each) for each in insets(timeline)]
    seen += [_letters(each) for each in words]
    return {
        "film": {
            "width": timeline.width,
            "height": timeline.height,
            "fps": float(timeline.rate.fps),
            "durationInFrames": timeline.frames,
        },
        "seen": seen,
        "heard": [_sound(clip) for clip in sounds(timeline)],
    }


def _shot(shot: Shot) -> dict[str, Any]:
    return {
        "id": shot.clip.id,
        "start": shot.start,
        "frames": shot.frames,
        "video": shot.clip.media,
        "sourceIn": shot.source_in,
        "dissolve": shot.into,
    }


def _inset(inset: Inset) -> dict[str, Any]:
    return {
        "id": inset.clip.id,
        "start": inset.clip.start,
        "frames": inset.clip.frames,
        "video": inset.clip.media,
        "sourceIn": inset.clip.source_in,
        **{side: getattr(inset, side) for side in ("x", "y", "width", "height")},
    }


def _letters(words: Letters) -> dict[str, Any]:
    return {
        "id": words.clip.id,
        "start": words.clip.start,
        "frames": words.clip.frames,
        "picture": f"letters/{words.path.name}",
        "lefts": [words.left(frame) for frame in range(words.clip.frames)],
        "y": words.y,
        "fadeIn": words.clip.fade_in,
        "fadeOut": words.clip.fade_out,
    }


def _sound(clip: Clip) -> dict[str, Any]:
    return {
        "id": clip.id,
        "start": clip.start,
        "frames": clip.frames,
        "audio": clip.media,
        "sourceIn": clip.source_in,
        "volume": 10 ** (float(clip.gain_db) / 20),
    }
