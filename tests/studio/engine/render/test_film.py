"""Layers lie where they are put, as clear as they are, and go over into each other in exactly their frames."""

from __future__ import annotations

import subprocess
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.engine.ffmpeg import program
from studio.engine.looks.facts import MediaFacts
from studio.engine.probe import probed
from studio.engine.render import film as film_module
from studio.engine.render.film import drawn, sampled
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.parts import Canvas
from studio.engine.render.picture import Picture
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Speed, Timeline, Track, Transition
from studio.engine.timeline.looks import (
    Blend,
    Blur,
    ChromaKey,
    Colour,
    Crop,
    Fit,
    Flip,
    FrameFunction,
    Grain,
    Greyscale,
    Made,
    Nested,
    Shape,
    Solid,
    Text,
    Transform,
)
from studio.engine.timeline.model import TrackKind, TransitionKind

pytestmark = pytest.mark.programs

SIZE = 160, 90
RED, BLUE, GREY = Solid("#c02020"), Solid("#2020c0"), Solid("#808080")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("layers")
    ramp = "nullsrc=s=320x180:r=24,geq=lum='16+219*X/W':cb=128:cr=128,format=yuv420p"
    tags = ["-color_range", "tv", "-colorspace", "bt709", "-g", "12"]
    subprocess.run(
        [
            program.encoder(),
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            ramp,
            "-t",
            "3",
            *tags,
            "-f",
            "mp4",
            folder / "ramp",
        ],
        check=True,
    )
    Image.fromarray(np.full((60, 60, 3), (32, 192, 32), np.uint8)).save(folder / "green.png")
    disc = np.zeros((60, 60, 4), np.uint8)
    disc[10:50, 10:50] = (255, 255, 255, 255)
    Image.fromarray(disc).save(folder / "logo.png")
    facts: dict[str, MediaFacts] = {}

    def known(media: str) -> MediaFacts:
        return facts.setdefault(media, probed(folder / media))

    return Store(lambda media: folder / media, known)


def made(what: Made, start: int = 0, frames: int = 24, **more: object) -> Clip:
    return Clip(f"{start}", "made", "", start, frames, made=what, **more)


def track(*clips: Clip, kind: TrackKind = "video", transitions: tuple[Transition, ...] = ()) -> Track:
    return Track(kind, kind, "T", "picture", clips, transitions=transitions)


def film(*tracks: Track, background: str = "#000000") -> Timeline:
    return Timeline("Film", Rate(24), 1920, 1080, tracks, background=background)


def rgb(timeline: Timeline, store: Store, frame: int) -> np.ndarray:
    (out,) = [Picture.of_frame(f).rgb() for f in drawn(timeline, Span(frame, 1), SIZE, store)]
    return out.astype(int)


def planes(timeline: Timeline, store: Store, span: Span | None = None) -> list[bytes]:
    return [bytes(f.data) for f in drawn(timeline, span or Span(0, timeline.frames), SIZE, store)]


def near(found: np.ndarray, colour: tuple[int, int, int], within: int = 3) -> bool:
    return bool((np.abs(found - np.array(colour)) <= within).all())


def test_a_picture_lies_where_its_transform_puts_it(store: Store) -> None:
    small = made(RED, transform=Transform(x=0.25, y=-0.25, scale_x=0.25, scale_y=0.5))
    found = rgb(film(track(small), background="#2020c0"), store, 0)
    assert near(found[2:43, 102:138], (0xC0, 0x20, 0x20))
    assert near(found[48:, :], (0x20, 0x20, 0xC0))
    assert near(found[:, :98], (0x20, 0x20, 0xC0))


def test_turning_is_clockwise_about_the_middle(store: Store) -> None:
    shape = Shape("rectangle", (0.5, 0.5, 0.5, 0.1), "#c02020")
    found = rgb(film(track(made(shape, transform=Transform(rotation=90)))), store, 0)
    assert near(found[10:80, 78:82], (0xC0, 0x20, 0x20))
    assert near(found[:, :70], (0, 0, 0))
    turned = rgb(film(track(made(shape, transform=Transform(rotation=30)))), store, 0)
    assert turned[45 + 14, 80 + 24, 0] > 150
    assert turned[45 - 14, 80 + 24, 0] < 20


def test_a_slow_move_goes_by_parts_of_a_pixel(store: Store) -> None:
    across = Curve((Key(0, 0.0), Key(24, 1.2 / 160)))
    timeline = film(track(made(Shape("rectangle", (0.5, 0.5, 0.5, 0.5)), transform=Transform(x=across))))
    places = [
        float((f.y.astype(float) - 16).sum(axis=0) @ np.arange(160) / (f.y.astype(float) - 16).sum())
        for f in drawn(timeline, Span(0, 24), SIZE, store)
    ]
    steps = np.diff(places)
    assert steps.min() > 0.02
    assert steps.max() < 0.09


@pytest.mark.parametrize(
    ("fit", "left", "top"), [("contain", 35, 0), ("cover", 0, 0), ("stretch", 0, 0), ("none", 76, 41)]
)
def test_a_square_is_fitted(store: Store, fit: Fit, left: int, top: int) -> None:
    clip = Clip("1", "Green", "green.png", 0, 24, transform=Transform(fit=fit))
    found = rgb(film(track(clip)), store, 0)
    assert fit == "none" or near(found[top + 3 : 87 - top, left + 3 : 157 - left], (32, 192, 32))
    assert near(found[45, 80], (32, 192, 32), 30)
    assert left == 0 or near(found[:, : left - 1], (0, 0, 0))


def test_what_is_cropped_is_gone_and_the_rest_is_fitted(store: Store) -> None:
    half = Clip("1", "Ramp", "ramp", 0, 24, crop=Crop(left=0.5))
    found = rgb(film(track(half)), store, 5)
    assert near(found[:, :38], (0, 0, 0))
    assert near(found[40:50, 42:44], (130, 130, 130), 8)
    assert found[45, 117].min() > 240


def test_a_clear_picture_shows_what_is_below(store: Store) -> None:
    logo = Clip("1", "Logo", "logo.png", 0, 24)
    found = rgb(film(track(made(RED)), track(logo, kind="image")), store, 0)
    assert near(found[20:70, 60:100], (255, 255, 255), 6)
    assert near(found[2:12, :], (0xC0, 0x20, 0x20))


def test_opacity_and_fades_let_through_what_lies_below(store: Store) -> None:
    opacity = Curve((Key(0, 0.0), Key(20, 1.0)))
    timeline = film(track(made(BLUE)), track(made(RED, opacity=opacity), kind="image"))
    assert near(rgb(timeline, store, 10), (0x70, 0x20, 0x70))
    faded = film(track(made(BLUE)), track(made(RED, fade_in=8), kind="image"))
    assert near(rgb(faded, store, 4), (0x70, 0x20, 0x70))


@pytest.mark.parametrize(
    ("blend", "expected"),
    [
        ("multiply", 64),
        ("screen", 191),
        ("darken", 128),
        ("lighten", 128),
        ("add", 255),
        ("difference", 0),
        ("overlay", 128),
    ],
)
def test_blend_modes_are_those_of_the_web(store: Store, blend: Blend, expected: int) -> None:
    timeline = film(track(made(GREY)), track(made(GREY, blend=blend), kind="image"))
    assert near(rgb(timeline, store, 0), (expected,) * 3)


def test_words_lie_over_the_picture_only_while_they_last(store: Store) -> None:
    words = made(Text("WORDS"), 6, 6)
    timeline = film(track(Clip("1", "Ramp", "ramp", 0, 24)), track(words, kind="text"))
    plain, lettered = rgb(timeline, store, 5), rgb(timeline, store, 6)
    changed = np.abs(lettered - plain).max(axis=2) > 30
    assert changed.any()
    assert not changed[:35].any()
    assert not changed[55:].any()
    assert (rgb(timeline, store, 12) == rgb(film(timeline.tracks[0]), store, 12)).all()


def mixed_film(kind: TransitionKind, before: int = 5, after: int = 3) -> Timeline:
    transition = Transition("t", kind, 12, before, after, "#ffffff")
    return film(track(made(RED, 0, 12), made(BLUE, 12, 12), transitions=(transition,)))


KINDS: list[TransitionKind] = ["dissolve", "dip"]
KINDS += [f"{kind}_{way}" for kind in ("wipe", "push", "slide") for way in ("left", "right", "up", "down")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_transition_lasts_exactly_its_frames(store: Store, kind: TransitionKind) -> None:
    found = planes(mixed_film(kind), store)
    assert set(found[:7]) == {found[0]}
    assert set(found[15:]) == {found[23]}
    assert len({found[0], *found[7:15], found[23]}) == 10
    assert planes(mixed_film(kind), store, Span(9, 3)) == found[9:12]


def test_a_dissolve_is_even(store: Store) -> None:
    shares = [(rgb(mixed_film("dissolve"), store, f)[0, 0, 2] - 0x20) / 0xA0 for f in range(7, 15)]
    assert np.allclose(shares, [(i + 0.5) / 8 for i in range(8)], atol=0.02)


def test_a_dip_goes_by_its_colour(store: Store) -> None:
    lit = [rgb(mixed_film("dip"), store, f)[0, 0, 1] for f in range(7, 15)]
    assert lit == sorted(lit[:4]) + sorted(lit[4:], reverse=True)
    assert max(lit) > 200


@pytest.mark.parametrize(
    ("kind", "new", "old"),
    [("wipe_left", (45, 150), (45, 10)), ("push_down", (10, 80), (80, 80)), ("slide_right", (45, 10), (45, 150))],
)
def test_the_new_picture_comes_from_its_side(
    store: Store, kind: TransitionKind, new: tuple[int, int], old: tuple[int, int]
) -> None:
    found = rgb(mixed_film(kind), store, 10)
    assert near(found[new], (0x20, 0x20, 0xC0))
    assert near(found[old], (0xC0, 0x20, 0x20))


def test_footage_goes_on_through_a_transition(store: Store) -> None:
    clips = (Clip("a", "A", "ramp", 0, 12, source_in=10), Clip("b", "B", "ramp", 12, 12, source_in=30))
    timeline = film(track(*clips, transitions=(Transition("t", "dissolve", 12, 4, 4),)))
    assert len(planes(timeline, store)) == 24


def test_colour_and_effects_change_the_clip_alone(store: Store) -> None:
    grey = Clip("1", "Green", "green.png", 0, 24, effects=(Greyscale(),), transform=Transform(fit="cover"))
    found = rgb(film(track(grey)), store, 0)
    assert np.ptp(found[45, 80]) <= 2
    brighter = made(GREY, colour=Colour(exposure=1.0))
    assert rgb(film(track(brighter)), store, 0)[0, 0, 0] > 165
    flipped = rgb(film(track(Clip("1", "Ramp", "ramp", 0, 24, effects=(Flip(),)))), store, 0)
    assert flipped[45, 5].min() > 235 > 20 > flipped[45, 155].max()


def test_a_film_in_the_film_is_drawn_no_larger_than_can_be(store: Store) -> None:
    inner = Timeline("Wide", Rate(24), 16_384, 1, (track(made(BLUE)),))
    wide = made(Nested(inner), transform=Transform(fit="cover"))
    assert near(rgb(film(track(wide)), store, 0), (0x20, 0x20, 0xC0))


def test_a_film_far_larger_than_its_frame_is_drawn_no_larger_than_it_was_designed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_at: list[tuple[int, int]] = []
    monkeypatch.setattr(film_module, "Canvas", lambda *asked: drawn_at.append(asked[:2]) or Canvas(*asked))
    inner = Timeline("Large", Rate(24), 1920, 1080, (track(made(RED)),))
    small = Timeline("Small", Rate(24), 2, 2, (track(made(Nested(inner), transform=Transform(fit="none"))),))
    with closing(drawn(small, Span(0, 1), (72, 72), store)) as frames:
        seen = Picture.of_frame(next(frames)).rgb()
    assert drawn_at == [(72, 72), (1920, 1080)]
    assert near(seen, (0xC0, 0x20, 0x20))


def test_upside_down_is_every_row_in_the_other_order(store: Store) -> None:
    flip = (Flip(across=False),)
    upright = film(track(Clip("1", "Green", "green.png", 0, 24)), track(made(Shape(box=(0.2, 0.2, 0.4, 0.3)))))
    turned = film(*upright.tracks, track(Clip("fx", "Flip", "", 0, 24, effects=flip), kind="effect"))
    assert (rgb(turned, store, 5) == rgb(upright, store, 5)[::-1]).all()
    ramp = Clip("1", "Ramp", "ramp", 0, 24)
    found = rgb(film(track(replace(ramp, effects=flip))), store, 5)
    assert (found == rgb(film(track(ramp)), store, 5)[::-1]).all()


def test_a_table_of_colours_reaches_footage_and_drawings(tmp_path: Path, store: Store) -> None:
    corners = [f"{1 - r} {1 - g} {1 - b}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    (tmp_path / "negative").write_text("\n".join(["LUT_3D_SIZE 2", *corners]) + "\n")

    def path(media: str) -> Path:
        return tmp_path / media if media == "negative" else store.path(media)

    with_table = replace(store, path=path, tables=tmp_path / "tables")
    negative = Colour(lut="negative")
    ramp = rgb(film(track(Clip("1", "Ramp", "ramp", 0, 24, colour=negative))), with_table, 3)[45]
    assert ramp[5].min() > 225 > 30 > ramp[155].max()
    assert near(rgb(film(track(made(RED, colour=negative))), with_table, 0), (0x3F, 0xDF, 0xDF), 4)


def test_a_key_makes_its_colour_clear(store: Store) -> None:
    keyed = Clip(
        "1", "Green", "green.png", 0, 24, effects=(ChromaKey("#20c020", 0.15),), transform=Transform(fit="cover")
    )
    assert near(rgb(film(track(made(RED)), track(keyed, kind="image")), store, 0), (0xC0, 0x20, 0x20), 4)


def test_a_clip_of_an_effect_track_changes_all_below_it_and_nothing_above(store: Store) -> None:
    adjust = Clip("fx", "Look", "", 6, 6, effects=(Greyscale(),))
    above = made(Shape("rectangle", (0.5, 0.5, 0.2, 0.2), "#20c020"))
    timeline = film(track(made(RED)), track(adjust, kind="effect"), track(above, kind="image"))
    before, inside = rgb(timeline, store, 5), rgb(timeline, store, 6)
    assert near(before[5, 5], (0xC0, 0x20, 0x20))
    assert np.ptp(inside[5, 5]) <= 2
    assert near(inside[45, 80], (0x20, 0xC0, 0x20))
    assert (rgb(timeline, store, 12) == before).all()


def test_a_frame_function_comes_between_the_filters_it_stands_between(store: Store) -> None:
    torn = Clip("1", "Ramp", "ramp", 0, 24, effects=(Flip(), FrameFunction("old_film", 1.0), Greyscale()))
    timeline = film(track(torn))
    found = planes(timeline, store)
    assert len(set(found)) > 20
    assert planes(timeline, store, Span(7, 4)) == found[7:11]
    aged = rgb(timeline, store, 3)
    assert aged[40:50, :10].mean() > 150 > 90 > aged[40:50, -10:].mean()
    assert np.ptp(aged, axis=2).max() <= 2


@pytest.mark.parametrize("effect", [Grain(0.5), Blur(Curve((Key(0, 0.0), Key(24, 0.1))))], ids=["grain", "blur"])
def test_what_changes_every_frame_is_the_same_in_any_window(store: Store, effect: Grain | Blur) -> None:
    for clip in (
        Clip("1", "Ramp", "ramp", 0, 24, effects=(effect,)),
        made(Shape("ellipse"), effects=(effect,)),
        Clip("1", "Logo", "logo.png", 0, 24, effects=(effect,)),
    ):
        timeline = film(track(clip))
        found = planes(timeline, store)
        assert len(set(found)) > 20
        assert planes(timeline, store, Span(7, 4)) == found[7:11]


def test_a_blur_reaches_beyond_the_box_of_what_is_drawn(store: Store) -> None:
    soft = made(Shape("rectangle", (0.5, 0.5, 0.25, 0.25)), effects=(Blur(0.05),))
    lit = rgb(film(track(soft)), store, 0)[45, :, 0]
    assert lit[80] > 235
    assert 40 < lit[58] < 128
    assert np.abs(np.diff(lit)).max() < 40


def test_a_nested_timeline_is_one_clip(store: Store) -> None:
    inner = Timeline(
        "In", Rate(12), 1920, 1080, (track(made(RED, 0, 6), made(BLUE, 6, 6), Clip("r", "R", "ramp", 12, 6)),)
    )
    clip = made(Nested(inner), 0, 24, transform=Transform(scale_x=0.5, scale_y=0.5))
    timeline = film(track(clip), background="#808080")
    assert near(rgb(timeline, store, 11)[30:60, 50:110], (0xC0, 0x20, 0x20))
    assert near(rgb(timeline, store, 12)[30:60, 50:110], (0x20, 0x20, 0xC0))
    assert near(rgb(timeline, store, 12)[:20], (128, 128, 128))
    later = film(track(made(Nested(inner), 0, 10, source_in=24)))
    ramp = rgb(later, store, 3)[45]
    assert ramp[150].min() > 225 > 30 > ramp[5].max()


@pytest.mark.parametrize(
    ("rate", "speed"),
    [(Rate(24), Fraction(2)), (Rate(20), None), (Rate(60), None), (Rate(25), Fraction(-1, 2)), (Rate(30), Fraction(0))],
    ids=["twice as fast", "slower", "faster", "backwards at another rate", "standing"],
)
def test_every_frame_of_a_nested_timeline_is_its_own_frame_whatever_moves_in_it(
    store: Store, rate: Rate, speed: Fraction | None
) -> None:
    rise = Curve((Key(0, 0.0), Key(60, 1.5)))
    moving = {"colour": Colour(exposure=rise), "effects": (Blur(Curve((Key(0, 0.0), Key(60, 0.1)))), Grain(0.4))}
    inner = Timeline(
        "In",
        rate,
        1920,
        1080,
        (
            track(Clip("r", "R", "ramp", 0, 48, source_in=3, fade_in=4, **moving)),
            track(Clip("l", "L", "logo.png", 0, 48, opacity=0.5, **moving), kind="image"),
            track(Clip("fx", "Look", "", 0, 48, effects=(FrameFunction("glitch", 0.5),)), kind="effect"),
        ),
    )
    timeline = film(track(made(Nested(inner), 0, 6, source_in=12, speed=Speed(speed) if speed is not None else None)))
    moment = [(12 + n * (speed if speed is not None else 1)) * rate.fps / 24 for n in range(6)]
    numbers = [floor(m) for m in moment]
    own = planes(inner, store, Span(min(numbers), max(numbers) - min(numbers) + 1))
    assert planes(timeline, store) == [own[n - min(numbers)] for n in numbers]


def test_footage_that_fades_or_is_unseen_for_a_while_shows_its_own_pictures(store: Store) -> None:
    blink = Curve((Key(0, 1.0), Key(6, -1.0), Key(12, 1.0)))
    timeline = film(track(Clip("1", "Ramp", "ramp", 0, 12, fade_in=3, opacity=blink, effects=(Grain(0.2),))))
    whole = planes(timeline, store)
    assert [whole[n] for n in (1, 4, 8)] == [planes(timeline, store, Span(n, 2))[0] for n in (1, 4, 8)]


def test_halves_are_the_whole(store: Store) -> None:
    ramp = Clip("a", "A", "ramp", 0, 20, source_in=4, speed=Speed(Fraction(3, 2)), fade_in=6)
    still = Clip(
        "b",
        "B",
        "green.png",
        20,
        20,
        transform=Transform(x=Curve((Key(0, -0.5), Key(20, 0.5))), rotation=Curve((Key(0, 0.0), Key(20, 90.0)))),
    )
    words = made(Text("Both"), 10, 20, opacity=0.7)
    timeline = film(track(ramp, still, transitions=(Transition("t", "wipe_up", 20, 6, 6),)), track(words, kind="text"))
    assert planes(timeline, store, Span(0, 23)) + planes(timeline, store, Span(23, 17)) == planes(timeline, store)


def test_frames_drawn_together_from_here_and_there_are_those_of_the_film(store: Store) -> None:
    soft = Blur(Curve((Key(0, 0.0), Key(24, 0.1))))
    moving = (Grain(0.4), FrameFunction("glitch", 0.5), soft)
    inner = Timeline("In", Rate(24), 1920, 1080, (track(Clip("r", "R", "ramp", 0, 24, effects=moving)),))
    ramp, still = Clip("a", "A", "ramp", 0, 24, effects=moving), Clip("b", "B", "green.png", 24, 12, effects=(soft,))
    first = track(ramp, still, made(Nested(inner), 36, 24), transitions=(Transition("t", "dissolve", 24, 4, 4),))
    timeline = film(first, track(made(Text("Both"), 10, 20, fade_in=8), kind="text"))
    whole = planes(timeline, store)
    some = (0, 3, 11, 22, 25, 30, 37, 55)
    found = [bytes(each.data) for each in sampled(timeline, some, SIZE, store)]
    assert [one == whole[at] for at, one in zip(some, found, strict=True)] == [True] * len(some)
