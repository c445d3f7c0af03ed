"""What is set on clips by hand: shared values, keys, effects, speed, and back to how they were."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from studio.core.errors import Invalid
from studio.engine.editing import Edit, batch
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Timeline, Track
from studio.engine.timeline.looks import Blur, Colour, Effect, Grain, Shape, Solid, Text, TextStyle, Transform
from studio.timelines.properties import setting, table
from studio.timelines.properties.places import at_place, with_place
from studio.timelines.properties.reading import chosen_of, groups_of, heard_of, spots_of, value_of

FILM = "a" * 64


def timeline(*clips: Clip, audio: tuple[Clip, ...] = (), kind: Any = "video") -> Timeline:
    tracks = (Track("v1", kind, "V1", "picture", clips=clips), Track("a1", "audio", "Voice", "voice", clips=audio))
    return Timeline("Film", Rate(24), 1920, 1080, tracks)


def clip(name: str = "one", start: int = 0, frames: int = 48, **more: Any) -> Clip:
    return Clip(name, name, "" if "made" in more else FILM, start, frames, **more)


def made(of: Timeline, edits: tuple[Edit, ...]) -> dict[str, Clip]:
    after = batch(of, edits).timeline
    return {each.id: each for track in after.tracks for each in track.clips}


def set_on(of: Timeline, names: tuple[str, ...], name: str, value: Any, frame: int = 0) -> dict[str, Clip]:
    return made(of, setting.set_value(of, spots_of(of, names), name, value, frame))


def test_the_table_names_places_that_are_there_and_every_look_a_person_can_set_is_in_it() -> None:
    kinds = {"text": Text("x"), "box": Text("x"), "shape": Shape(), "solid": Solid()}
    for group in (
        table.TRANSFORM,
        table.CROP,
        table.COLOUR,
        table.SOUND,
        table.TEXT,
        table.BOX,
        table.SHAPE,
        table.SOLID,
    ):
        held = replace(clip(), made=kinds.get(group.name))
        for each in group.properties:
            assert all(at_place(held, path) is not None for path in each.paths), each.name
    named = {path for each in table.PROPERTIES.values() for path in each.paths}
    looks = [("transform", Transform), ("colour", Colour), ("made.style", TextStyle)]
    assert {f"{at}.{f.name}" for at, kind in looks for f in fields(kind)} - named == {"colour.lut"}


@pytest.mark.parametrize("code", [code for code, _ in table.EFFECTS])
def test_every_effect_that_is_offered_can_be_laid_on_and_its_properties_set(code: str) -> None:
    cut = timeline(clip())
    laid = made(cut, setting.add_effect(spots_of(cut, ["one"]), code))["one"]
    cut = timeline(laid)
    for each in table.effect_group(laid.effects[0], 0).properties:
        value: Any = "#102030" if each.kind == "colour" else False if each.kind == "flag" else each.most
        after = set_on(cut, ("one",), each.name, value)["one"]
        assert value_of(cut, spots_of(timeline(after), ["one"]), each, 0).value == value


def test_a_value_is_told_in_its_unit_and_kept_in_shares() -> None:
    cut = timeline(clip())
    after = set_on(cut, ("one",), "transform.y", -54)["one"]
    assert after.transform == Transform(y=-0.05)
    each = table.PROPERTIES["transform.y"]
    assert value_of(cut, spots_of(timeline(after), ["one"]), each, 0).value == -54
    assert set_on(cut, ("one",), "scale", 112.5)["one"].transform == Transform(scale_x=1.125, scale_y=1.125)
    assert set_on(timeline(after), ("one",), "transform.y", 0)["one"].transform is None


def test_several_clips_share_a_value_or_say_that_they_differ() -> None:
    cut = timeline(clip(opacity=0.5), clip("two", 48, opacity=0.25))
    each, both = table.PROPERTIES["opacity"], spots_of(cut, ["one", "two"])
    assert value_of(cut, both, each, 0).value is None
    after = set_on(cut, ("one", "two"), "opacity", 80)
    assert {c.opacity for c in after.values()} == {0.8}


def test_a_value_that_keys_change_gets_a_key_at_the_playhead_that_goes_on_as_the_one_before() -> None:
    curve = Curve((Key(0, 0.0, "hold"), Key(40, 1.0)))
    cut = timeline(clip(start=100, opacity=curve))
    after = set_on(cut, ("one",), "opacity", 50, frame=110)["one"]
    assert after.opacity == Curve((Key(0, 0.0, "hold"), Key(10, 0.5, "hold"), Key(40, 1.0)))
    each = table.PROPERTIES["opacity"]
    seen = value_of(cut, spots_of(timeline(after), ["one"]), each, 110)
    assert (seen.value, seen.keyed, seen.way) == (50, "here", "hold")
    assert value_of(cut, spots_of(timeline(after), ["one"]), each, 111).keyed == "some"


def test_the_diamond_puts_a_key_and_takes_it_away_and_the_last_one_leaves_the_value_standing() -> None:
    cut = timeline(clip(start=10, transform=Transform(scale_x=1.2, scale_y=1.2)))
    keyed = made(cut, setting.turn_key(cut, spots_of(cut, ["one"]), "scale", 12))["one"]
    assert keyed.transform == Transform(scale_x=Curve((Key(2, 1.2),)), scale_y=Curve((Key(2, 1.2),)))
    eased = timeline(keyed)
    bent = made(eased, setting.set_way(eased, spots_of(eased, ["one"]), "scale", "bezier", 12))["one"]
    assert bent.transform is not None and isinstance(bent.transform.scale_x, Curve)
    assert bent.transform.scale_x.keys[0].way == "bezier"
    again = timeline(bent)
    still = made(again, setting.turn_key(again, spots_of(again, ["one"]), "scale", 12))["one"]
    assert still.transform == Transform(scale_x=1.2, scale_y=1.2)
    with pytest.raises(Invalid, match="playhead"):
        setting.turn_key(cut, spots_of(cut, ["one"]), "scale", 5)
    with pytest.raises(Invalid, match="stays the same"):
        setting.turn_key(cut, spots_of(cut, ["one"]), "blend", 12)


def test_the_keys_before_and_after_a_frame_are_found() -> None:
    cut = timeline(clip(start=100, opacity=Curve((Key(0, 0.0), Key(20, 1.0))), effects=(Blur(Curve((Key(7, 0.1),))),)))
    spots = spots_of(cut, ["one"])
    assert setting.near_key(spots, 107, after=True) == 120
    assert setting.near_key(spots, 107, after=False) == 100
    assert setting.near_key(spots, 120, after=True) is None


def test_a_group_goes_back_to_how_it_was_and_words_of_a_text_stay() -> None:
    text = Text("Later", TextStyle(size=0.2, colour="#ff0000"))
    cut = timeline(
        clip(transform=Transform(x=0.3), colour=Colour(tint=0.4), made=text, effects=(Grain(0.9), Blur(0.02)))
    )
    spots = spots_of(cut, ["one"])
    assert made(cut, setting.reset(spots, table.TRANSFORM))["one"].transform is None
    plain = made(cut, setting.reset(spots, table.TEXT))["one"]
    assert plain.made == Text("Later") and plain.colour == Colour(tint=0.4)
    second = table.effect_group(Blur(0.02), 1)
    assert made(cut, setting.reset(spots, second))["one"].effects == (Grain(0.9), Blur())


def test_effects_come_go_and_change_places() -> None:
    cut = timeline(clip(effects=(Grain(), Blur())))
    spots = spots_of(cut, ["one"])

    def kinds(edits: tuple[Edit, ...]) -> list[str]:
        effects: tuple[Effect, ...] = made(cut, edits)["one"].effects
        return [each.kind for each in effects]

    assert kinds(setting.add_effect(spots, "flip")) == ["grain", "blur", "flip"]
    assert kinds(setting.move_effect(spots, 1, -1)) == ["blur", "grain"]
    assert kinds(setting.remove_effect(spots, 0)) == ["blur"]
    for wrong in (setting.remove_effect, lambda s, n: setting.move_effect(s, n, 1)):
        with pytest.raises(Invalid):
            wrong(spots, 2)
    with pytest.raises(Invalid):
        setting.add_effect(spots, "sparkle")


def test_speed_is_told_in_per_cent_and_what_follows_moves_along() -> None:
    cut = timeline(clip(frames=48), clip("two", 48))
    after = made(cut, setting.set_speed(spots_of(cut, ["one"]), 200))
    assert (after["one"].frames, after["two"].start) == (24, 24)
    assert after["one"].speed is not None and after["one"].speed.factor == 2
    back = setting.set_speed(spots_of(cut, ["one"]), back=True)
    assert back[0].fields["factor"] == Fraction(-1)
    assert setting.set_speed(spots_of(cut, ["one"]), 100) == ()
    with pytest.raises(Invalid, match="10,000"):
        setting.set_speed(spots_of(cut, ["one"]), 20_000)


def test_the_sound_of_a_picture_is_that_of_its_group() -> None:
    cut = timeline(clip(group="g"), audio=(clip("voice", group="g"), clip("other", 48)))
    assert [spot.clip.id for spot in heard_of(cut, spots_of(cut, ["one"]))] == ["voice"]
    assert "sound" in [group.name for group in groups_of(cut, spots_of(cut, ["one"]))]
    assert [group.name for group in groups_of(cut, spots_of(cut, ["voice"]))] == ["sound"]
    alone = timeline(clip())
    assert "sound" not in [group.name for group in groups_of(alone, spots_of(alone, ["one"]))]


def test_a_picture_that_is_chosen_with_its_sound_stands_for_both() -> None:
    cut = timeline(clip(group="g"), clip("two", 48), audio=(clip("voice", group="g"), clip("other", 48)))
    both = chosen_of(cut, ["voice", "one"])
    assert [spot.clip.id for spot in both] == ["one"]
    assert [spot.clip.id for spot in heard_of(cut, both)] == ["voice"]
    assert [spot.clip.id for spot in chosen_of(cut, ["voice"])] == ["voice"]
    assert [spot.clip.id for spot in chosen_of(cut, ["two", "other"])] == ["two", "other"]


def test_clips_of_different_kinds_share_only_what_both_have() -> None:
    cut = timeline(
        clip(made=Text("A")), clip("two", 48, effects=(Grain(), Blur())), clip("three", 96, effects=(Grain(),))
    )
    names = [group.name for group in groups_of(cut, spots_of(cut, ["one", "two"]))]
    assert "text" not in names and "transform" in names
    both = [group.name for group in groups_of(cut, spots_of(cut, ["two", "three"]))]
    assert [name for name in both if name.startswith("effects")] == ["effects[0]"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("opacity", "much"), ("opacity", float("nan")), ("blend", "glow"), ("made.text", "x"), ("id", "x")],
)
def test_what_cannot_be_set_is_refused_in_words(name: str, value: Any) -> None:
    cut = timeline(clip())
    with pytest.raises(Invalid):
        setting.set_value(cut, spots_of(cut, ["one"]), name, value, 0)


def test_a_place_that_is_as_by_default_is_kept_as_nothing() -> None:
    assert with_place(with_place(clip(), "colour.tint", 0.2), "colour.tint", 0.0) == clip()
    assert at_place(clip(), "effects[3].radius") is None
