"""Films with a fault burned in are caught, each at its place; films without one pass."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Cancelled, UnsupportedMedia
from studio.engine.ffmpeg import program
from studio.engine.presets import PRESETS, burned_in, preset
from studio.engine.report import Report, from_plain
from studio.engine.report.apart import measured_apart
from studio.engine.report.flashes import flashes_within
from studio.engine.report.judged import Expected
from studio.engine.report.measured import measured
from studio.engine.report.watched import References, ssim
from studio.engine.report.words import caption_findings, placed_texts, text_findings
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track
from studio.engine.timeline.looks import CAPTION_LOOKS, Text

FFMPEG = program.encoder()
FONTS = Path(__file__).parents[4] / "assets" / "fonts"
RATE = Rate(24)
MOVING = "testsrc2=s=160x90:r=24:d=6"
NOISE = "anoisesrc=r=48000:d=6:a=0.4:c=pink:seed=1"
PLAIN = Expected(rate=RATE, frames=144, size=(160, 90), preset=replace(preset("720p"), target_lufs=-22.6))

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    folder = tmp_path_factory.mktemp("films")

    def film(
        picture: str = MOVING, sound: str = NOISE, picture_filter: str = "null", sound_filter: str = "anull"
    ) -> Path:
        out = folder / f"{abs(hash((picture, sound, picture_filter, sound_filter)))}.mp4"
        if not out.exists():
            tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
            sources = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
            filters = ["-vf", f"{picture_filter},{tags}", "-af", sound_filter, "-pix_fmt", "yuv420p", "-ac", "2"]
            codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-c:a", "aac", "-b:a", "192k"]
            colours = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
            command = [str(FFMPEG), "-v", "error", "-y", *sources, *filters, *codecs, *colours, str(out)]
            subprocess.run(command, check=True)
        return out

    return film


def card(path: Path, expected: Expected = PLAIN) -> Report:
    return measured(path, expected)[0]


def faults(report: Report) -> dict[str, tuple[str, int, int]]:
    return {f.kind: (f.level, f.start, f.end) for f in report.faults}


def test_a_film_that_is_right_passes_everything(make: Make) -> None:
    report = card(make())
    assert faults(report) == {}
    assert {f.kind for f in report.findings} == {
        *("black", "clipping", "colours", "ends", "flashing", "frames", "frozen", "loudness", "silence", "size")
    }
    assert report.level == "ok"
    assert report.numbers["frames"] == 144
    assert from_plain(json.loads(json.dumps(report.plain()))) == report


def test_black_is_found_where_it_is(make: Make) -> None:
    film = make(picture_filter="drawbox=c=black:t=fill:enable='between(n,48,107)'")
    assert faults(card(film)) == {"black": ("warn", 48, 108)}
    assert faults(card(film, replace(PLAIN, black=((48, 108),)))) == {}


def test_a_picture_that_stands_still_is_found_unless_its_shot_is_a_still(make: Make) -> None:
    film = make(picture_filter="loop=loop=71:size=1:start=24,trim=end_frame=144,setpts=N/24/TB")
    assert faults(card(film)) == {"frozen": ("warn", 23, 95)}
    assert faults(card(film, replace(PLAIN, still=((23, 95),)))) == {}
    longer = faults(card(film, replace(PLAIN, still=((23, 60),))))
    assert longer == {"frozen": ("warn", 23, 95)}


def test_silence_is_found_unless_nothing_was_to_be_heard(make: Make) -> None:
    film = make(sound_filter="volume=0:enable='between(t,2,5)'")
    (found,) = card(film).faults
    assert (found.kind, abs(found.start - 48) <= 2, abs(found.end - 120) <= 2) == ("silence", True, True)
    assert faults(card(film, replace(PLAIN, silent=((48, 121),)))) == {}


def test_sound_that_clips_is_found(make: Make) -> None:
    found = faults(card(make(sound_filter="volume=30dB:enable='between(t,3,4)',aformat=s16")))
    level, start, end = found["clipping"]
    assert (level, abs(start - 72) < 4, abs(end - 96) < 4) == ("fail", True, True)


def test_sound_that_is_too_quiet_is_found_in_a_whole_film_only(make: Make) -> None:
    film = make(sound_filter="volume=-9dB")
    assert faults(card(film)) == {"loudness": ("warn", 0, 0)}
    assert faults(card(film, replace(PLAIN, whole=False))) == {}


@pytest.mark.parametrize(("frames", "harmful"), [(2, True), (3, True), (6, False)])
def test_more_than_three_flashes_a_second_are_harmful(make: Make, frames: int, harmful: bool) -> None:
    flashing = f"geq=lum='if(lt(mod(N,{2 * frames}),{frames}),20,220)':cb=128:cr=128:enable='between(n,48,96)'"
    found = faults(card(make(picture_filter=flashing))).get("flashing")
    assert (found is not None) == harmful
    if found:
        assert found[0] == "fail"
        assert 40 <= found[1] <= 60 < found[2] <= 125


def test_flashes_of_a_corner_harm_nobody(make: Make) -> None:
    corner = "drawbox=w=iw*0.4:h=ih*0.4:t=fill:c=white:enable='lt(mod(n,4),2)'"
    dark = "eq=brightness=-0.6"
    assert "flashing" not in faults(card(make(picture_filter=f"{dark},{corner}")))


@given(st.lists(st.sampled_from([0, 1, -1]), max_size=120), st.integers(1, 60))
def test_flashes_are_counted_over_every_second(flash: list[int], second: int) -> None:
    counts = flashes_within(flash, second)
    assert counts == [sum(map(abs, flash[max(0, i + 1 - second) : i + 1])) // 2 for i in range(len(flash))]


def test_a_wrong_length_and_a_wrong_size_are_found(make: Make) -> None:
    found = faults(card(make(), replace(PLAIN, frames=150, size=(640, 360))))
    assert found == {"frames": ("fail", 0, 0), "size": ("fail", 0, 0)}


def test_sound_that_ends_apart_from_the_picture_is_found(make: Make) -> None:
    found = faults(card(make(sound=NOISE.replace("d=6", "d=5"))))
    assert found == {"ends": ("fail", 143, 144)}


def test_missing_colour_tags_and_another_codec_are_found(make: Make, tmp_path: Path) -> None:
    bare = tmp_path / "bare.mp4"
    source = ["-f", "lavfi", "-i", MOVING, "-c:v", "mpeg4", "-frames:v", "48", str(bare)]
    subprocess.run([str(FFMPEG), "-v", "error", *source], check=True)
    found = faults(card(bare, replace(PLAIN, frames=48)))
    assert found == {"codec": ("fail", 0, 0), "colours": ("warn", 0, 0)}


def like(lumas: dict[int, np.ndarray]) -> References:
    """References of these frames."""
    return References(frozenset(lumas), lambda small: {at: ssim(one, lumas[at]) for at, one in small.items()})


def test_a_cut_that_does_not_look_like_its_preview_is_found(make: Make) -> None:
    film = make()
    with av.open(str(film)) as container:
        lumas = [f.to_ndarray(format="yuv420p")[: f.height] for f in container.decode(video=0)]
    right = measured(film, PLAIN, references=like({at: lumas[at] for at in (0, 60)}))[0]
    assert [(f.kind, f.level) for f in right.findings if f.kind == "likeness"] == [("likeness", "ok")]
    wrong = measured(film, PLAIN, references=like({60: np.roll(lumas[60], 90, 1)}))[0]
    assert faults(wrong) == {"likeness": ("fail", 60, 61)}


def test_a_picture_is_like_itself_and_less_like_a_blurred_one() -> None:
    sharp = np.random.default_rng(1).integers(0, 256, (90, 160), np.uint8)
    assert ssim(sharp, sharp) == pytest.approx(1.0)
    assert ssim(sharp, np.full_like(sharp, 128)) < 0.1


def test_captions_that_cannot_be_read_are_found() -> None:
    captions = [
        Caption(0, 48, "Hello there."),
        Caption(60, 24, "Forty characters in one second is a lot."),
        Caption(100, 6, "Hi."),
        Caption(120, 96, "One\nTwo\nThree"),
        Caption(200, 48, "Too soon"),
    ]
    found = [(f.kind, f.start) for f in caption_findings(captions, RATE)]
    assert found == [("caption speed", 60), ("caption speed", 100), ("caption length", 120), ("caption overlap", 200)]
    assert [f.level for f in caption_findings(captions[:1], RATE)] == ["ok"]
    assert list(caption_findings([], RATE)) == []


def film(*clips: Clip, captions: tuple[Caption, ...] = ()) -> Timeline:
    picture = Track("v", "video", "V", "picture", (Clip("1", "1A", "a", 0, 100),))
    return Timeline(
        "F",
        RATE,
        1920,
        1080,
        (picture, Track("t", "text", "T", "text", clips), Track("c", "captions", "C", "c", captions=captions)),
    )


@pytest.mark.parametrize(
    ("box", "level"),
    [
        ((0.5, 0.5, 0.8, 0.4), "ok"),
        ((0.5, 0.99, 0.8, 0.02), "fail"),
        ((0.12, 0.5, 0.22, 0.4), "warn"),
        ((0.05, 0.5, 0.2, 0.4), "fail"),
    ],
)
def test_text_at_the_edge_of_the_picture_is_found(box: tuple[float, float, float, float], level: str) -> None:
    timeline = film(Clip("t", "T", "", 10, 20, made=Text("Unbelievable words", box=box)))
    placed = placed_texts(timeline, (1920, 1080), (1.0, 1.0), FONTS)
    assert {f.level for f in text_findings(placed)} == {level}


@pytest.mark.parametrize("name", ["1080p", "vertical", "square"])
@pytest.mark.parametrize("fit", ["contain", "cover"])
@pytest.mark.parametrize("look", CAPTION_LOOKS)
def test_burned_captions_lie_in_the_safe_area_of_what_is_shown(name: str, fit: str, look: str) -> None:
    kind = replace(PRESETS[name], fit=fit)
    line = "Wherever you go, there you are, my friend\nwith MANY WIDE WORDS in a second line."
    plain = film(captions=(Caption(5, 40, line), Caption(40, 30, "Short")))
    tracks = tuple(replace(track, look=look) if track.captions else track for track in plain.tracks)
    timeline = burned_in(replace(plain, tracks=tracks), kind)
    composed, final = kind.frame_size(1920, 1080), kind.file_size(1920, 1080)
    shown = min(1.0, final[0] / composed[0]), min(1.0, final[1] / composed[1])
    placed = placed_texts(timeline, composed, shown, FONTS)
    assert [(p.start, p.end) for p in placed] == [(5, 38), (40, 70)]
    assert [f.level for f in text_findings(placed)] == ["ok"]


def test_a_film_from_outside_is_measured_in_the_sandbox(make: Make, tmp_path: Path) -> None:
    report, probe = measured_apart(make(), captions=[Caption(0, 6, "Hi.")])
    assert faults(report) == {"caption speed": ("warn", 0, 6)}
    assert (probe["frames"], probe["video_codec"], probe["sounds"][0]["codec"]) == (144, "h264", "aac")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(make().read_bytes()[:5000])
    with pytest.raises(UnsupportedMedia, match=r"broken\.mp4"):
        measured_apart(broken)


def test_measuring_can_be_stopped(make: Make) -> None:
    with pytest.raises(Cancelled):
        measured(make(), PLAIN, stop=lambda: True)
