"""A template somebody saved: what is filled in it, what its document says, and how it is stretched."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.templates import Source, filled, from_document, template_of, to_document
from studio.engine.templates.kinds import OURS
from studio.engine.templates.pouring import Stretch
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Timeline, Track, Transition
from studio.engine.timeline.checks import faults
from studio.engine.timeline.looks import Shape, Text, TextStyle, Transform

PHOTO, FILM = "a" * 64, "b" * 64
SIZE = 1920, 1080


def piece() -> Timeline:
    slides = Curve((Key(0, -1.0, "bezier"), Key(12, 0.0), Key(84, 0.0, "bezier"), Key(96, -1.0)))
    name = Text("Ann Lee", TextStyle(colour="#101114", background="#ff6b35", size=0.08), (0.4, 0.8, 0.6, 0.1))
    tracks = (
        Track(
            "v2",
            "video",
            "Video",
            "picture",
            (Clip("p1", "Harbour", PHOTO, 0, 48, link="shot:1"), Clip("p2", "Boat", FILM, 48, 48, source_in=5)),
            transitions=(Transition("x", "dissolve", 48, 4, 4),),
        ),
        Track("t1", "text", "Bar", "picture", (Clip("bar", "Bar", "", 0, 96, made=Shape(fill="#ff6b35")),)),
        Track(
            "t2", "text", "Name", "picture", (Clip("name", "Name", "", 0, 96, made=name, transform=Transform(slides)),)
        ),
    )
    return Timeline("Cut", Rate(24), *SIZE, tracks)


SOURCES = {PHOTO: Source(800, 600), FILM: Source(1280, 720, 60), "c" * 64: Source(640, 480, 30)}


def test_words_media_colours_and_length_become_parameters() -> None:
    template = template_of(piece(), "Strap")
    said = {p.name: (p.label, p.kind, p.default, p.of) for p in template.parameters}
    assert said == {
        "text_1": ("Ann Lee", "text", "Ann Lee", ("name.made.text",)),
        "media_1": ("Harbour", "media", PHOTO, ("p1.media",)),
        "media_2": ("Boat", "media", FILM, ("p2.media",)),
        "colour_1": ("Colour 1", "colour", "#ff6b35", ("bar.made.fill", "name.made.style.background")),
        "colour_2": ("Colour 2", "colour", "#101114", ("name.made.style.colour",)),
        "length": ("Length", "length", 4.0, ()),
    }
    assert (template.head, template.tail) == (12, 12)


def test_as_saved_it_comes_back_as_it_was() -> None:
    template = template_of(piece(), "Strap")
    again = filled(template, {}, Rate(24), SIZE, SOURCES)
    was = [(c.id, c.start, c.frames, c.media, c.made, c.transform) for t in piece().tracks for c in t.clips]
    assert [(c.id, c.start, c.frames, c.media, c.made, c.transform) for t in again.tracks for c in t.clips] == was
    assert all(not clip.link for track in again.tracks for clip in track.clips)
    assert again.tracks[0].transitions == piece().tracks[0].transitions


def test_its_document_is_plain_and_reads_back_the_same() -> None:
    template = template_of(piece(), "Strap", template_id="t", about="A strap.")
    document = json.loads(json.dumps(to_document(template)))
    assert from_document(document, template_id="t", name="Strap", about="A strap.") == template


@pytest.mark.parametrize("broken", [{}, {"schema": "inkreel.template", "version": 9}])
def test_what_is_no_template_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        from_document(broken, template_id="t", name="Strap")


def test_a_damaged_document_is_refused() -> None:
    document = to_document(template_of(piece(), "Strap"))
    for damage in ({"head": "x"}, {"parameters": [{"name": "a"}]}, {"parameters": [3]}, {"timeline": {}}):
        with pytest.raises(Invalid):
            from_document(document | damage, template_id="t", name="Strap")


def test_a_template_of_the_studio_has_no_document() -> None:
    with pytest.raises(Invalid):
        to_document(OURS[0])


def test_nothing_seen_makes_no_template() -> None:
    with pytest.raises(Invalid):
        template_of(Timeline("", Rate(24), *SIZE, ()), "Nothing")


def test_values_go_to_all_their_places() -> None:
    values = {"text_1": "Noa Stern", "colour_1": "#004e89", "media_1": "c" * 64}
    out = filled(template_of(piece(), "Strap"), values, Rate(24), SIZE, SOURCES)
    clips = {clip.id: clip for track in out.tracks for clip in track.clips}
    name, bar = clips["name"].made, clips["bar"].made
    assert isinstance(name, Text) and (name.text, name.style.background) == ("Noa Stern", "#004e89")
    assert isinstance(bar, Shape) and bar.fill == "#004e89"
    assert clips["p1"].media == "c" * 64


def test_longer_words_are_made_smaller_where_they_would_leave_their_box() -> None:
    out = filled(template_of(piece(), "Strap"), {"text_1": "Wolfe" * 12}, Rate(24), SIZE, SOURCES)
    made = next(c.made for track in out.tracks for c in track.clips if c.id == "name")
    assert isinstance(made, Text) and made.style.size < 0.08


@given(
    seconds=st.floats(0.5, 60),
    rate=st.sampled_from([Rate(24), Rate(25), Rate(30000, 1001), Rate(60)]),
    size=st.sampled_from([SIZE, (1080, 1920), (1080, 1080)]),
)
def test_it_is_sound_at_any_length_rate_and_shape(seconds: float, rate: Rate, size: tuple[int, int]) -> None:
    available = {sha: source.frames for sha, source in SOURCES.items()}
    out = filled(template_of(piece(), "Strap"), {"length": seconds}, rate, size, SOURCES)
    assert out.frames == max(1, rate.frames(seconds))
    assert faults(out, available) == ()


def test_only_the_middle_is_stretched() -> None:
    out = filled(template_of(piece(), "Strap"), {"length": 10.0}, Rate(48), SIZE, SOURCES)
    name = next(c for track in out.tracks for c in track.clips if c.id == "name")
    assert name.transform and isinstance(name.transform.x, Curve)
    assert [key.frame for key in name.transform.x.keys] == [0, 24, 456, 480]


@given(
    old=st.fractions(1, 100),
    new=st.fractions(Fraction(1, 10), 100),
    ends=st.tuples(st.fractions(0, Fraction(1, 2)), st.fractions(0, Fraction(1, 2))),
    moments=st.lists(st.fractions(0, 1), min_size=2, max_size=2),
)
def test_time_never_runs_back_and_ends_where_it_should(
    old: Fraction, new: Fraction, ends: tuple[Fraction, Fraction], moments: list[Fraction]
) -> None:
    stretch = Stretch(old, new, *ends)
    first, second = sorted(moment * old for moment in moments)
    assert stretch.at(first) <= stretch.at(second)
    assert (stretch.at(Fraction(0)), stretch.at(old)) == (0, new)
