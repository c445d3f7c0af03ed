"""Presets by name, and the frame sizes they give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.presets import PRESETS, burned_in, preset
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track
from studio.engine.timeline.looks import Solid


def test_an_unknown_preset_is_refused_with_the_known_names() -> None:
    with pytest.raises(Invalid, match="720p, 1080p"):
        preset("8k")


@pytest.mark.parametrize(
    ("name", "design", "size"),
    [
        ("720p", (1920, 1080), (1280, 720)),
        ("1080p", (1920, 1080), (1920, 1080)),
        ("720p", (1080, 1920), (720, 1280)),
        ("1080p", (1080, 1080), (1080, 1080)),
        ("720p", (2390, 1000), (1720, 720)),
    ],
)
def test_the_shorter_side_is_the_presets_height(name: str, design: tuple[int, int], size: tuple[int, int]) -> None:
    assert preset(name).frame_size(*design) == size


@given(st.sampled_from(sorted(PRESETS)), st.integers(-10, 20_000), st.integers(-10, 20_000))
def test_a_frame_size_is_even_and_near_the_designs_shape_or_refused(name: str, width: int, height: int) -> None:
    try:
        across, down = preset(name).frame_size(width, height)
    except Invalid:
        assert min(width, height) <= 0 or max(width, height) > 5 * min(width, height)
        return
    assert across % 2 == down % 2 == 0
    assert abs(across / down / (width / height) - 1) < 0.01


def test_captions_are_burned_in_as_their_tracks_look_each_edge_for_itself() -> None:
    words = (
        Track("a", "captions", "Said", "captions", captions=(Caption(0, 20, "Below"), Caption(10, 20, "Later"))),
        Track("b", "captions", "Told", "captions", captions=(Caption(5, 20, "Above"),), look="top"),
        Track("c", "captions", "Boxed", "captions", captions=(Caption(40, 10, "Boxed"),), look="box"),
    )
    picture = Track("p", "video", "P", "picture", (Clip("p", "", "", 0, 60, made=Solid()),))
    burned = burned_in(Timeline("f", Rate(24), 1920, 1080, (picture, *words)), preset("1080p"))
    bottom, top = burned.tracks[-2:]
    assert [(c.made.text, c.start, c.end) for c in bottom.clips] == [
        ("Below", 0, 8),
        ("Later", 10, 30),
        ("Boxed", 40, 50),
    ]
    assert [(c.made.text, c.made.anchor, c.start, c.end) for c in top.clips] == [("Above", "top", 5, 25)]
    assert top.clips[0].made.box[1] < 0.3 < 0.7 < bottom.clips[0].made.box[1]
    assert [bool(c.made.style.background) for c in bottom.clips] == [False, False, True]


def test_captions_of_a_muted_track_are_neither_burned_in_nor_beside_the_film() -> None:
    words = (
        Track("a", "captions", "English", "captions", captions=(Caption(0, 20, "Here"),)),
        Track("b", "captions", "German", "captions", captions=(Caption(0, 20, "Hier"),), muted=True),
    )
    picture = Track("p", "video", "P", "picture", (Clip("p", "", "", 0, 60, made=Solid()),))
    film = Timeline("f", Rate(24), 1920, 1080, (picture, *words))
    burned = burned_in(film, preset("1080p"))
    assert [c.made.text for t in burned.tracks for c in t.clips if t.id.startswith("captions")] == ["Here"]
    assert [c.text for c in film.captions()] == ["Here"]
    silent = Timeline("f", Rate(24), 1920, 1080, (picture, words[1]))
    assert burned_in(silent, preset("1080p")) is silent
