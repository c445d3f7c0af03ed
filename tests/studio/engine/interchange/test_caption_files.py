"""SubRip, WebVTT and SubStation Alpha: every caption on its own frames at every rate, with its words and its speaker."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.interchange.apart import read, written
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Timeline, Track
from tests.studio.engine.interchange.timelines import RATES

FORMS = ("srt", "vtt", "ass")


@st.composite
def _captioned(draw: st.DrawFn) -> Timeline:
    at, captions = 0, []
    for gap, frames, words in draw(
        st.lists(
            st.tuples(
                st.integers(1, 5000), st.integers(1, 200), st.sampled_from(["Hello", "One\ntwo", "Ä & ü", "1 < 2 …"])
            ),
            min_size=1,
            max_size=5,
        )
    ):
        captions.append(Caption(at + gap, frames, words, draw(st.sampled_from(["", "ANNA"]))))
        at += gap + frames
    track = Track("c1", "captions", "Captions", "captions", captions=tuple(captions))
    return Timeline("x", draw(st.sampled_from(RATES)), 1920, 1080, (track,))


@pytest.mark.parametrize("form", FORMS)
@given(timeline=_captioned())
@settings(max_examples=40, deadline=None)
def test_captions_come_back_on_their_frames(form: str, timeline: Timeline) -> None:
    made = written(timeline, form, {})  # pyright: ignore[reportArgumentType]
    back = read(made.data, f"x.{form}", rate=timeline.rate).timeline.captions()
    wanted = timeline.captions()
    assert [(c.start, c.frames, c.text) for c in back] == [(c.start, c.frames, c.text) for c in wanted]
    if form == "ass":
        assert [c.speaker for c in back] == [c.speaker for c in wanted]
    elif any(c.speaker for c in wanted):
        assert any("who speaks" in loss.what for loss in made.losses)


def test_a_voice_of_webvtt_is_the_speaker() -> None:
    data = b"WEBVTT\n\nNOTE hi\n\n00:01.000 --> 00:02.500 line:0\n<v Anna Bell>Hi <i>there</i>\n"
    (caption,) = read(data, "a.vtt", rate=Rate(25)).timeline.captions()
    assert caption == Caption(25, 38, "Hi there", "Anna Bell")


def test_no_captions_make_no_file() -> None:
    with pytest.raises(Invalid, match="no captions"):
        written(Timeline("x", Rate(24), 100, 100, ()), "srt", {})


@pytest.mark.parametrize("opened", ["{", "<v.", "<i "])
def test_a_caption_full_of_marks_that_never_end_is_read_at_once(opened: str) -> None:
    data = f"WEBVTT\n\n00:00.000 --> 00:01.000\nWords {{i}}here{opened * 60_000}\n".encode()
    begun = time.process_time()
    assert read(data, "film.vtt").timeline.captions()[0].text.startswith("Words here")
    assert time.process_time() - begun < 2
