"""The offline voice: real espeak-ng, real sound."""

from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import LimitReached, RunFailed, Unavailable
from studio.engine.sound.loudness import loudness, true_peak
from studio.engine.sound.wave import Samples, opened
from studio.providers.port import Speech, VoiceProvider
from studio.providers.voice import offline
from studio.providers.voice.offline import EspeakVoice

pytestmark = pytest.mark.programs

VOICE: VoiceProvider = EspeakVoice()
ANNA = VOICE.cast("ANNA", feminine=True, age="adult", taken=frozenset())
LINE = "I told you never to come back. Why did you? The whole city is waiting!"


def heard(speech: Speech) -> Samples:
    file = opened(speech.wav)
    assert (file.rate, file.channels) == (48_000, 1)
    assert speech.seconds == file.samples / 48_000
    return file.read(0, file.samples)


def brightness(sound: Samples) -> float:
    """The middle of the spectrum in Hz."""
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / 48_000)).sum() / power.sum())


@pytest.mark.parametrize("text", [LINE, "No.", "Hi!", "Mm."])
def test_a_line_is_about_minus_20_lufs_with_peaks_under_minus_3(tmp_path: Path, text: str) -> None:
    sound = heard(VOICE.speak(text, ANNA, tmp_path))
    assert loudness(sound) == pytest.approx(-20, abs=1)
    assert true_peak(sound) <= -3


def test_sentences_are_heard_exactly_when_they_say(tmp_path: Path) -> None:
    speech = VOICE.speak(LINE, ANNA, tmp_path)
    assert [LINE[s.start : s.end] for s in speech.sentences] == [
        "I told you never to come back.",
        "Why did you?",
        "The whole city is waiting!",
    ]
    level = np.abs(heard(speech)[:, 0])
    at = 0.0
    for s in speech.sentences:
        assert at <= s.begin_s < s.end_s <= speech.seconds
        at = s.end_s
        begin, end = round(s.begin_s * 48_000), round(s.end_s * 48_000)
        assert level[:begin][-1440:].max(initial=0) < 0.05 < level[begin : begin + 4800].max()
        assert level[end - 9600 : end].max() > 0.03
        assert level[end + 4800 : end + 9600].max(initial=0) < 0.02


def test_the_same_line_gives_the_same_bytes(tmp_path: Path) -> None:
    first = VOICE.speak(LINE, ANNA, tmp_path).wav.read_bytes()
    assert VOICE.speak(LINE, ANNA, tmp_path).wav.read_bytes() == first


def test_two_characters_sound_different(tmp_path: Path) -> None:
    mark = VOICE.cast("MARK", feminine=False, age="adult", taken=frozenset({ANNA.id}))
    assert VOICE.speak(LINE, ANNA, tmp_path).wav.read_bytes() != VOICE.speak(LINE, mark, tmp_path).wav.read_bytes()


def test_a_whisper_has_no_tone_and_is_softer_and_a_shout_is_faster_and_louder(tmp_path: Path) -> None:
    plain, whisper, shout = (VOICE.speak(LINE, ANNA, tmp_path, manner=m) for m in ("", "(whispering)", "(shouting)"))
    assert brightness(heard(whisper)) > 1.5 * brightness(heard(plain))
    assert loudness(heard(whisper)) < loudness(heard(plain)) - 2 < loudness(heard(shout)) - 3
    assert shout.seconds < plain.seconds < whisper.seconds


def test_a_beat_lasts(tmp_path: Path) -> None:
    plain = VOICE.speak("I know. I knew.", ANNA, tmp_path)
    pausing = VOICE.speak("I know. (beat) I knew.", ANNA, tmp_path)
    assert pausing.seconds - plain.seconds == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("text", ["...", "🙂", "", " \n ", "!!!", "\x00\x01", "\ud800"])
def test_what_cannot_be_pronounced_is_a_short_silence(tmp_path: Path, text: str) -> None:
    speech = VOICE.speak(text, ANNA, tmp_path)
    assert 0.3 < speech.seconds < 2
    assert speech.sentences == ()
    assert not heard(speech).any()


@pytest.mark.parametrize("text", ["--help", "-w /tmp/x", "-f/etc/passwd say", "; touch x", "`ls`; ls", "'\"\\ hello"])
def test_text_that_looks_like_an_option_or_a_command_is_only_spoken(tmp_path: Path, text: str) -> None:
    speech = VOICE.speak(text, ANNA, tmp_path)
    assert len(speech.sentences) == 1
    assert speech.seconds < 6
    assert [p.name for p in tmp_path.iterdir()] == [speech.wav.name]


def test_markup_is_not_obeyed(tmp_path: Path) -> None:
    held = VOICE.speak('Go <break time="9s"/> now.', ANNA, tmp_path)
    assert held.seconds < 6


@pytest.mark.parametrize("text", ["Привет, мир", "Γειά σου", "你好", "こんにちは", "สวัสดี", "ᚠᚢᚦ", "Zażółć gęślą jaźń"])
def test_any_script_is_spoken_or_silent_but_never_fails(tmp_path: Path, text: str) -> None:
    assert VOICE.speak(text, ANNA, tmp_path).seconds > 0.3


def test_a_long_speech_is_spoken_in_pieces_and_an_endless_one_refused(tmp_path: Path) -> None:
    speech = VOICE.speak("word " * 200, ANNA, tmp_path)
    assert len(speech.sentences) >= 3
    with pytest.raises(LimitReached, match="Split it in two"):
        VOICE.speak("x" * 10_001, ANNA, tmp_path)


def test_without_espeak_the_error_names_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="apt-get install espeak-ng"):
        VOICE.speak("Hello.", ANNA, tmp_path)


def test_a_hung_espeak_is_given_up_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "espeak-ng").write_text("#!/bin/sh\nexec sleep 30\n")
    (tmp_path / "espeak-ng").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(offline, "_WAIT_S", 0.3)
    with pytest.raises(RunFailed, match="did not answer"):
        VOICE.speak("Hello.", ANNA, tmp_path)


@pytest.mark.parametrize("script", ["exit 1", "head -c 999 /dev/zero", "echo RIFFjunk"])
def test_a_broken_espeak_is_said_and_never_passed_off_as_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    (tmp_path / "espeak-ng").write_text(f"#!/bin/sh\ncat >/dev/null\n{script}\n")
    (tmp_path / "espeak-ng").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(RunFailed, match="espeak-ng"):
        VOICE.speak("Hello.", ANNA, tmp_path)
