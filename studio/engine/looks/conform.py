"""How ffmpeg brings any footage's pictures to the film's: upright, square pixels, BT.709 in 16..235, one size."""

from __future__ import annotations

from pathlib import Path

from studio.engine.looks import cube, tone
from studio.engine.looks.facts import MediaFacts

_MATRICES = {"bt470bg": "bt470", "bt2020nc": "bt2020", "bt2020c": "bt2020"}
_WIDE_GAMUTS = ("bt2020", "smpte431", "smpte432")
_SCALING = "flags=bicubic+accurate_rnd+full_chroma_int"
_BT709 = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_SMALL_HEIGHT = 576
"""Pictures at most this high that do not name their matrix are taken for BT.601, larger ones for BT.709, as players do."""


def conform_filters(facts: MediaFacts, size: tuple[int, int], *, tables: Path | None = None) -> list[str]:
    """The filters that turn a picture upright and bring it to a size, square pixels and the film's colours.

    Raises:
        ValueError: a bright or wide picture, and no folder for its table.
    """
    width, height = size
    scale = f"scale={width}:{height}:{_SCALING}:in_range={'pc' if _is_wide(facts) else 'tv'}"
    scale += "" if _is_rgb(facts) else f":in_color_matrix={_matrix(facts)}"
    last = ["format=yuva420p" if facts.alpha else "format=yuv420p", "setsar=1", _BT709]
    into = "out_color_matrix=bt709:out_range=tv"
    if not facts.hdr and facts.colours.primaries not in _WIDE_GAMUTS:
        return [*_upright(facts), f"{scale}:{into}", *last]
    if tables is None:
        raise ValueError("a bright or wide picture needs a folder for its table")
    table = tone.table(facts.hdr, facts.colours.primaries or "bt2020", tables)
    deep = "format=gbrap12" if facts.alpha else "format=gbrp12"
    return [
        *_upright(facts),
        f"{scale}:out_range=pc",
        deep,
        cube.lut_filter(table),
        f"scale={_SCALING}:in_range=pc:{into}",
        *last,
    ]


def _upright(facts: MediaFacts) -> list[str]:
    """The filters that mirror and turn."""
    turns = {0: [], 90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"]}
    return [*(["hflip"] if facts.mirrored else []), *turns[facts.turned]]


def _is_rgb(facts: MediaFacts) -> bool:
    return facts.colours.matrix == "gbr" or facts.pix_fmt.startswith(
        ("rgb", "bgr", "gbr", "argb", "abgr", "pal8", "0", "mono")
    )


def _is_wide(facts: MediaFacts) -> bool:
    return facts.colours.wide or _is_rgb(facts) or facts.pix_fmt.startswith(("gray", "ya"))


def _matrix(facts: MediaFacts) -> str:
    """The matrix the numbers were made with."""
    if facts.colours.matrix:
        return _MATRICES.get(facts.colours.matrix, facts.colours.matrix)
    if min(facts.height, facts.width) <= _SMALL_HEIGHT:
        return "bt601"
    return "bt709"
