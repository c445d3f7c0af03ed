"""The desk of the whole model: what is heard, where, how loud, on which side, at which speed."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.sound.desk.mixer import Levels, desk
from studio.engine.sound.desk.tracks import Files, content_of
from studio.engine.sound.mix import mixed
from studio.engine.sound.wave import Samples, opened, write_wav
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import Nested
from studio.engine.timeline.model import Speed, Transition

RATE = Rate(25)
FRAME = 1920
FLAT = Levels(0, 0, 0)


def sine(seconds: float, hertz: float = 500.0, level: float = 0.25, channels: int = 2) -> Samples:
    wave = level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * 48_000)) / 48_000)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.float32)


def film(*tracks: Track, frames: int = 100, rate: Rate = RATE) -> Timeline:
    picture = Track("v", "video", "Picture", "picture", (Clip("p", "p", "picture", 0, frames),))
    return Timeline("film", rate, 1280, 720, (picture, *tracks))


def sound(*clips: Clip, role: str = "sound", name: str = "s", **settings: object) -> Track:
    return replace(Track(name, "audio", name, role, clips), **settings)


@pytest.fixture
def media(tmp_path: Path) -> Callable[[str], Path]:
    write_wav(tmp_path / "tone.wav", sine(4))
    write_wav(tmp_path / "mono.wav", sine(4, channels=1))
    write_wav(tmp_path / "high.wav", sine(4, 3000))
    write_wav(tmp_path / "one.wav", np.full((96_000, 2), 0.5, np.float32))
    write_wav(tmp_path / "ramp.wav", np.repeat(np.linspace(0.1, 0.9, 96_000, dtype=np.float32)[:, None], 2, axis=1))
    return lambda name: tmp_path / f"{name}.wav"


@pytest.fixture
def play(tmp_path: Path, media: Callable[[str], Path]) -> Callable[..., Samples]:
    def heard(timeline: Timeline, start: int = 0, count: int = 0) -> Samples:
        whole = timeline.rate.samples(timeline.frames)
        return desk(timeline, Files(media, tmp_path)).block(start, count or whole - start, FLAT)

    return heard


def level(part: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.square(part).mean()) + 1e-9))


def pitch(part: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(part[:, 0] * np.hanning(len(part))))
    return float(np.argmax(spectrum)) * 48_000 / len(part)


Play = Callable[..., Samples]


def test_gain_follows_its_curve_at_every_sample(play: Play) -> None:
    curve = Curve((Key(0, -20.0), Key(25, 0.0, "hold"), Key(40, -6.0)))
    out = play(film(sound(Clip("1", "a", "one", 0, 50, gain_db=curve))))[:, 0] * 2
    db = 20 * np.log10(out[: 50 * FRAME - 200])
    assert db[1000] == pytest.approx(-20 + 20 * 1000 / (25 * FRAME), abs=0.01)
    assert db[12 * FRAME + 700] == pytest.approx(-20 + 20 * (12 * FRAME + 700) / (25 * FRAME), abs=0.01)
    assert db[30 * FRAME : 40 * FRAME - 200] == pytest.approx(0, abs=0.01)
    assert db[40 * FRAME : 45 * FRAME] == pytest.approx(-6, abs=0.01)
    assert np.abs(np.diff(out[500 : 50 * FRAME - 200])).max() < 0.01


@pytest.mark.parametrize(
    ("pan", "left", "right"), [(-1.0, 1, 0), (0.0, 0.7071, 0.7071), (1.0, 0, 1), (0.5, 0.3827, 0.9239)]
)
def test_a_mono_sound_is_panned_with_equal_power(play: Play, pan: float, left: float, right: float) -> None:
    alone = play(film(sound(Clip("1", "a", "mono", 0, 50, pan=pan))), 10_000, 9600)
    peak = np.abs(alone).max(axis=0)
    assert peak == pytest.approx((0.25 * left, 0.25 * right), abs=1e-3)
    curve = Curve((Key(0, pan), Key(30, pan + 1e-9)))
    assert play(film(sound(Clip("1", "a", "mono", 0, 50, pan=curve))), 10_000, 9600) == pytest.approx(alone, abs=1e-5)


def test_a_stereo_sound_in_the_middle_is_left_as_it_is_and_a_track_can_turn_it(play: Play) -> None:
    clip = Clip("1", "a", "tone", 0, 50)
    assert np.abs(play(film(sound(clip)))[:48_000]).max(axis=0) == pytest.approx((0.25, 0.25), abs=1e-3)
    turned = play(film(sound(clip, pan=-1.0, gain_db=-6.0206)))[:48_000]
    assert np.abs(turned).max(axis=0) == pytest.approx((0.125, 0), abs=1e-3)


def test_a_crossfade_lies_exactly_around_the_cut_and_keeps_the_power(play: Play) -> None:
    clips = (Clip("1", "a", "tone", 0, 40, 10), Clip("2", "b", "high", 40, 40, 30))
    cross = Transition("x", "dissolve", 40, 5, 10)
    out = play(film(sound(*clips, transitions=(cross,))))
    first = play(film(sound(replace(clips[0], frames=50))))
    second = play(film(sound(replace(clips[1], start=35, frames=45, source_in=25))))
    assert np.array_equal(out[1000 : 35 * FRAME], first[1000 : 35 * FRAME])
    assert np.array_equal(out[50 * FRAME : 79 * FRAME], second[50 * FRAME : 79 * FRAME])
    share = (np.arange(35 * FRAME, 50 * FRAME) - 35 * FRAME) / (15 * FRAME)
    between = first[35 * FRAME : 50 * FRAME] * np.cos(np.pi / 2 * share)[:, None]
    between = between + second[35 * FRAME : 50 * FRAME] * np.sin(np.pi / 2 * share)[:, None]
    assert out[35 * FRAME + 200 : 50 * FRAME - 200] == pytest.approx(between[200:-200], abs=1e-4)
    assert level(out[40 * FRAME : 44 * FRAME]) == pytest.approx(level(first[FRAME : 10 * FRAME]), abs=0.2)


def test_muted_disabled_and_unsoloed_sounds_are_not_heard_and_a_lock_is_not_deaf(play: Play) -> None:
    clip = Clip("1", "a", "one", 0, 50)
    assert not play(film(sound(clip, muted=True))).any()
    assert not play(film(sound(replace(clip, enabled=False)))).any()
    assert play(film(sound(clip, locked=True))).any()
    other = sound(Clip("2", "b", "tone", 0, 50), name="t")
    alone = play(film(other))
    assert np.array_equal(play(film(sound(clip), replace(other, solo=True))), alone)


def test_a_tape_at_twice_the_speed_is_an_octave_higher_and_half_as_long(play: Play) -> None:
    clip = Clip("1", "a", "tone", 0, 75, speed=Speed(Fraction(2), keep_pitch=False))
    out = play(film(sound(clip)))
    assert pitch(out[4800:52_800]) == pytest.approx(1000, abs=2)
    assert level(out[4800:52_800]) == pytest.approx(level(sine(1)), abs=0.05)
    assert not out[96_100:].any()


@pytest.mark.parametrize("factor", [Fraction(1, 2), Fraction(4, 5), Fraction(3, 2), Fraction(2)])
def test_a_kept_pitch_is_the_same_at_every_speed(play: Play, factor: Fraction) -> None:
    out = play(film(sound(Clip("1", "a", "tone", 0, 45, speed=Speed(factor)))))
    part = out[9600 : 9600 + 48_000]
    assert pitch(part) == pytest.approx(500, abs=2)
    assert level(part) == pytest.approx(level(sine(1)), abs=0.3)


def test_what_is_stretched_stands_where_its_picture_stands(play: Play, tmp_path: Path) -> None:
    """A burst in the middle of the media is heard at half its time at double speed, whether the pitch is kept or not."""
    burst = np.zeros((96_000, 2), np.float32)
    burst[48_000:50_400] = sine(0.05)
    write_wav(tmp_path / "one.wav", burst)
    for keep in (True, False):
        out = play(film(sound(Clip("1", "a", "one", 0, 25, speed=Speed(Fraction(2), keep_pitch=keep)))))
        on = np.flatnonzero(np.abs(out[:, 0]) > 0.05)
        assert on[0] == pytest.approx(24_000, abs=1100)
        assert on[-1] == pytest.approx(25_200, abs=1900)


def test_backwards_is_the_media_from_its_frame_back_sample_by_sample(play: Play, media: Callable[[str], Path]) -> None:
    out = play(film(sound(Clip("1", "a", "ramp", 10, 20, source_in=30, speed=Speed(Fraction(-1))))))
    file = opened(media("ramp"))
    forward = file.read(11 * FRAME, 20 * FRAME)
    assert out[10 * FRAME + 200 : 30 * FRAME - 200] == pytest.approx(forward[::-1][200:-200], abs=1e-5)


def test_a_ramp_is_followed_and_what_stands_still_is_silent(play: Play) -> None:
    ramp = Curve((Key(0, 0.0), Key(20, 20.0), Key(40, 20.0), Key(60, 40.0)))
    out = play(film(sound(Clip("1", "a", "tone", 0, 60, speed=Speed(ramp=ramp, keep_pitch=False)))))
    assert pitch(out[2 * FRAME : 18 * FRAME]) == pytest.approx(500, abs=20)
    assert level(out[22 * FRAME : 38 * FRAME]) < -60
    assert level(out[44 * FRAME : 58 * FRAME]) == pytest.approx(level(sine(1)), abs=0.3)


def test_a_retimed_sound_is_made_once(tmp_path: Path, media: Callable[[str], Path]) -> None:
    timeline = film(sound(Clip("1", "a", "tone", 0, 45, speed=Speed(Fraction(3, 2)))))
    first = desk(timeline, Files(media, tmp_path)).block(0, 48_000, FLAT)
    made = list(tmp_path.glob("*.pcm"))
    moved = film(sound(Clip("1", "a", "tone", 20, 45, speed=Speed(Fraction(3, 2)))))
    again = desk(moved, Files(media, tmp_path)).block(20 * FRAME, 48_000, FLAT)
    assert np.array_equal(first, again)
    assert list(tmp_path.glob("*.pcm")) == made
    assert len(made) == 1


def test_a_track_is_quieter_while_the_role_it_is_ducked_by_is_heard(play: Play, tmp_path: Path) -> None:
    speech = np.zeros((4 * 48_000, 2), np.float32)
    speech[48_000:96_000] = 0.3
    write_wav(tmp_path / "mono.wav", speech)
    ambience = sound(Clip("1", "a", "high", 0, 100), ducked_by="voice", duck_db=12.0)
    voice = sound(Clip("2", "v", "mono", 0, 100), role="voice", name="v")
    out = play(film(ambience, voice)) - play(film(voice))
    assert level(out[60_000:90_000]) - level(out[:20_000]) == pytest.approx(-12, abs=0.1)
    assert level(out[150_000:180_000]) == pytest.approx(level(out[:20_000]), abs=0.1)


def test_a_film_inside_sounds_as_it_does_alone(play: Play) -> None:
    inner = film(sound(Clip("1", "a", "tone", 5, 40)), sound(Clip("2", "b", "high", 0, 50), name="t"), frames=50)
    alone = play(inner)
    outer = film(sound(replace(Clip("n", "inner", "", 20, 30, 10), made=Nested(inner))))
    out = play(outer)
    assert out[20 * FRAME + 200 : 50 * FRAME - 200] == pytest.approx(
        alone[10 * FRAME :][: 30 * FRAME][200:-200], abs=1e-6
    )
    assert not out[: 20 * FRAME].any()
    assert not out[50 * FRAME :].any()


@settings(max_examples=10, deadline=None)
@given(
    cut=st.integers(1, 190_000), equaliser=st.sampled_from(["", "telephone"]), compressor=st.sampled_from(["", "hard"])
)
def test_blocks_of_any_desk_are_parts_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int, equaliser: str, compressor: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "desk"
    folder.mkdir(exist_ok=True)
    if not (folder / "noise.wav").exists():
        noise = np.random.default_rng(5).standard_normal((192_000, 2)).astype(np.float32) * 0.2
        write_wav(folder / "noise.wav", noise)
    clip = Clip(
        "1", "a", "noise", 0, 100, gain_db=Curve((Key(0, 0.0), Key(90, -30.0))), pan=Curve((Key(0, -1.0), Key(99, 1.0)))
    )
    timeline = film(sound(clip, equaliser=equaliser, compressor=compressor))
    mixer = desk(timeline, Files(lambda _: folder / "noise.wav", folder))
    whole = mixer.block(0, 192_000, FLAT)
    parts = np.concatenate((mixer.block(0, cut, FLAT), mixer.block(cut, 192_000 - cut, FLAT)))
    assert np.abs(parts - whole).max() < 2e-6


def test_the_key_of_a_sound_holds_what_is_heard_and_nothing_else() -> None:
    clip = Clip("1", "a", "tone", 0, 50)
    told = content_of(film(sound(clip)))
    renamed = sound(replace(clip, id="2", name="b", link="x", group="g"), name="n", locked=True)
    assert content_of(film(replace(renamed, id="other"))) == told
    louder = (replace(clip, pan=0.5), replace(clip, speed=Speed(Fraction(2))), replace(clip, source_in=1))
    settings = ({"gain_db": 1.0}, {"muted": True}, {"equaliser": "voice"}, {"ducked_by": "voice"})
    others = [content_of(film(sound(each))) for each in louder]
    others += [content_of(film(sound(clip, **each))) for each in settings]
    assert len({told, *others}) == 8


def test_a_telephone_has_neither_lows_nor_highs(play: Play, tmp_path: Path) -> None:
    write_wav(tmp_path / "one.wav", sine(2, 60) + sine(2, 1500) + sine(2, 9000))
    clip = Clip("1", "a", "one", 0, 50)
    spectrum = np.abs(np.fft.rfft(play(film(sound(clip, equaliser="telephone")))[24_000:72_000, 0]))
    assert spectrum[60] < spectrum[1500] / 100
    assert spectrum[9000] < spectrum[1500] / 30


def test_a_compressor_brings_loud_and_soft_together(play: Play, tmp_path: Path) -> None:
    write_wav(tmp_path / "one.wav", np.concatenate((sine(2, level=0.6), sine(2, level=0.06))))
    clip = Clip("1", "a", "one", 0, 100)
    dry, pressed = play(film(sound(clip))), play(film(sound(clip, compressor="hard")))
    apart = [level(x[24_000:72_000]) - level(x[150_000:180_000]) for x in (dry, pressed)]
    assert apart[0] == pytest.approx(20, abs=0.1)
    assert apart[1] < 9


def test_an_unknown_preset_is_refused_with_those_there_are(play: Play) -> None:
    with pytest.raises(Invalid, match="telephone"):
        play(film(sound(Clip("1", "a", "one", 0, 50), equaliser="tin can")))


def test_the_films_of_before_sound_as_they_did(tmp_path: Path) -> None:
    """Samples of a mix as first made when music came to hear what it is ducked by; one step of 16 bits is left to other
    processors' sines."""

    def speech(seconds: float, seed: int) -> Samples:
        count = round(seconds * 48_000)
        noise = np.convolve(np.random.default_rng(seed).standard_normal(count), np.hanning(24), "same")
        syllables = np.clip(np.sin(2 * np.pi * 4 * np.arange(count) / 48_000), 0, 1)
        return (noise * syllables * 0.1)[:, None].astype(np.float32)

    time = np.arange(21 * 48_000) / 48_000
    chord = sum(np.sin(2 * np.pi * f * time) for f in (220, 277, 330, 440)) * 0.03
    write_wav(tmp_path / "line.wav", speech(4, 0))
    write_wav(tmp_path / "song.wav", np.stack((chord, chord * 0.9), axis=1).astype(np.float32))
    write_wav(tmp_path / "door.wav", speech(0.7, 3)[:, [0, 0]])
    voice = (
        Clip("1", "A", "line", 48, 96),
        Clip("2", "B", "line", 300, 96, gain_db=-3.0, fade_in=4),
        Clip("3", "B2", "line", 396, 40, source_in=20),
    )
    timeline = film(
        sound(*voice, role="voice", name="a"),
        sound(Clip("m", "song", "song", 0, 480, fade_in=12, fade_out=12), role="music", name="m"),
        sound(Clip("e", "d", "door", 200, 16, source_in=1), role="effects", name="e"),
        frames=480,
        rate=Rate(24_000, 1001),
    )
    report = mixed(timeline, lambda name: tmp_path / f"{name}.wav", tmp_path / "mix.wav", target_lufs=-14)
    heard = opened(tmp_path / "mix.wav").read(0, report.samples)[9000::48_611, 0] * 32_768
    before = [-70, 4051, -853, 183, -926, -132, 2090, -3719, 2632, -5223]
    before += [3097, 1214, 497, -8364, 2365, 1365, 2343, -1492, 740, -4041]
    assert heard == pytest.approx(before, abs=1)
