"""Every template of the studio: exact in length, sound at any rate, and no letter outside the safe area in any shape."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.looks.lettering import overflows, where
from studio.engine.preflight import preflight
from studio.engine.templates import Source, Template, filled, missing_media
from studio.engine.templates.kinds import OURS
from studio.engine.templates.stage import FONTS
from studio.engine.time import Rate
from studio.engine.timeline.checks import faults
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Text
from studio.engine.timeline.model import Clip, Timeline

SHAPES = ((1920, 1080), (1080, 1920), (1080, 1080))
RATES = (Rate(24), Rate(25), Rate(30000, 1001), Rate(60))
WIDE, TALL, FILM = "a" * 64, "b" * 64, "c" * 64
SOURCES = {WIDE: Source(1920, 1080), TALL: Source(600, 900), FILM: Source(1280, 720, 40, sound=True)}
LONG = "Wolfeschlegelsteinhausenbergerdorffgrosz"
BY_ID = {template.id: template for template in OURS}


def with_media(template: Template) -> dict[str, Any]:
    names = [p.name for p in template.parameters if p.kind == "media"]
    return {name: (WIDE, TALL, FILM)[n % 3] for n, name in enumerate(names)}


def texts(timeline: Timeline) -> list[tuple[Clip, Text]]:
    return [(c, c.made) for track in timeline.tracks for c in track.clips if isinstance(c.made, Text)]


def rests(clip: Clip) -> bool:
    """Whether it stands in its place in the middle of its time; what rolls by does not."""
    t = clip.transform
    return t is None or (at(t.x, clip.frames // 2), at(t.y, clip.frames // 2)) == (0.0, 0.0)


def test_there_are_twelve_and_each_is_called_otherwise() -> None:
    assert len(OURS) == len(BY_ID) == len({t.name for t in OURS}) == 12


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_letters_lie_in_the_safe_area_and_fit_their_boxes(template: Template, size: tuple[int, int]) -> None:
    piece = filled(template, with_media(template), Rate(24), size, SOURCES)
    for clip, text in texts(piece):
        if rests(clip):
            assert where(text, *size, FONTS) == "safe", clip.name
        assert not overflows(text, *size, FONTS) or clip.name in ("Mark", "Names", "Roles"), clip.name


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_a_word_of_forty_letters_is_made_smaller_and_not_cut(template: Template, size: tuple[int, int]) -> None:
    words = {p.name: f"{LONG}\n{LONG}" if p.long else LONG for p in template.parameters if p.kind == "text"}
    piece = filled(template, with_media(template) | words, Rate(24), size, SOURCES)
    for clip, text in texts(piece):
        if rests(clip):
            assert where(text, *size, FONTS) == "safe", clip.name
        else:
            middle = Text(text.text, text.style, (text.box[0], 0.5, *text.box[2:]), text.anchor)
            assert where(middle, *size, FONTS) != "cut", clip.name


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_a_template_is_as_long_as_it_says_at_every_rate(template: Template, rate: Rate) -> None:
    piece = filled(template, with_media(template), rate, SHAPES[0], SOURCES)
    available = {sha: source.frames for sha, source in SOURCES.items()}
    assert piece.frames == rate.frames(template.seconds)
    assert faults(piece, available) == ()


@settings(max_examples=40, deadline=None)
@given(
    template=st.sampled_from([t for t in OURS if any(p.kind == "length" for p in t.parameters)]),
    share=st.floats(0, 1),
    rate=st.sampled_from(RATES),
    size=st.sampled_from(SHAPES),
)
def test_any_length_can_be_asked_for(template: Template, share: float, rate: Rate, size: tuple[int, int]) -> None:
    length = template.parameter("length")
    seconds = length.least + (min(length.most, 40.0) - length.least) * share
    piece = filled(template, {"length": seconds}, rate, size)
    assert piece.frames == rate.frames(seconds)
    assert faults(piece) == ()


@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_what_slides_in_is_there_after_half_a_second_at_every_rate(template: Template) -> None:
    """A longer piece does not come in more slowly: ends are not stretched."""
    for rate in RATES:
        for track in filled(template, {}, rate, SHAPES[0]).tracks:
            for clip in track.clips:
                x = clip.transform.x if clip.transform else 0.0
                first = list(getattr(x, "keys", ()))[:2]
                if len(first) == 2 and first[1].value == 0.0:
                    assert first[1].frame <= rate.frames(0.7)


def test_what_cannot_be_filled_in_is_refused_by_its_name() -> None:
    wrong: dict[str, dict[str, Any]] = {
        "lower-third": {"colour": "orange", "side": "above", "length": 0, "name": 7},
        "countdown": {"from": 400},
        "split-screen": {"first": "nothing", "second": "d" * 64},
        "quote": {"words": "x" * 5000, "nobody": "x"},
    }
    for template_id, values in wrong.items():
        for name, value in values.items():
            with pytest.raises(Invalid) as refused:
                filled(BY_ID[template_id], {name: value}, Rate(24), SHAPES[0], SOURCES)
            assert refused.value.field == name


def test_empty_places_for_media_are_told() -> None:
    split = BY_ID["split-screen"]
    assert [p.name for p in missing_media(split, {"first": WIDE, "second": ""})] == ["second"]
    slides = BY_ID["slideshow"]
    empty = {p.name: "" for p in slides.parameters if p.kind == "media"}
    assert [p.name for p in missing_media(slides, empty)] == ["picture_1", "picture_2"]


def test_a_slideshow_shares_its_time_among_the_pictures_there_are() -> None:
    for count in range(2, 9):
        values = {f"picture_{n}": WIDE for n in range(1, count + 1)} | {"length": 16.0, "title": ""}
        piece = filled(BY_ID["slideshow"], values, Rate(24), SHAPES[0], SOURCES)
        shown = sorted((c.start, c.end) for track in piece.tracks for c in track.clips)
        assert len(shown) == count
        assert shown[0][0] == 0 and shown[-1][1] == piece.frames
        assert all(later[0] < earlier[1] for earlier, later in pairwise(shown))


def test_a_film_shorter_than_its_place_stands_on_its_last_picture_and_is_heard_to_its_end() -> None:
    piece = filled(BY_ID["vertical-short"], {"film": FILM}, Rate(24), SHAPES[1], SOURCES)
    shown = [c for track in piece.tracks for c in track.clips if c.media == FILM]
    pictures, sounds = [c for c in shown if c.transform], [c for c in shown if not c.transform]
    assert all(c.speed and c.speed.ramp and c.speed.ramp.at(c.frames) == 39 for c in pictures)
    assert [c.frames for c in sounds] == [40]
    assert len({c.group for c in (*sounds, pictures[-1])}) == 1


def test_a_picture_in_a_box_is_cut_to_its_shape() -> None:
    """Beside each other at 1920x1080, each half is shown whole high and as wide as its half."""
    piece = filled(BY_ID["split-screen"], {"first": WIDE, "second": TALL}, Rate(24), (1920, 1080), SOURCES)
    for media in (WIDE, TALL):
        clip = next(c for track in piece.tracks for c in track.clips if c.media == media)
        assert clip.crop and clip.transform
        source = SOURCES[media]
        kept = (
            source.width * (1 - clip.crop.left - clip.crop.right),
            source.height * (1 - clip.crop.top - clip.crop.bottom),
        )
        assert kept[0] / kept[1] == pytest.approx((0.5 - 0.0045) * 1920 / 1080, rel=1e-6)


@pytest.mark.parametrize("template", OURS, ids=lambda t: t.id)
def test_nothing_is_said_against_the_words_of_a_template_before_its_film_is_made(template: Template) -> None:
    """What slides in from beside the frame is read where it rests."""
    piece = filled(template, with_media(template), Rate(24), SHAPES[0], SOURCES)
    told = [finding.sentence for finding in preflight(piece, SOURCES, FONTS) if finding.kind == "text"]
    assert told == []
