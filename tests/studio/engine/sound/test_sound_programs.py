"""Finding the sound programs."""

import subprocess
import sys
from pathlib import Path

import pytest

from studio.core.errors import Unavailable
from studio.engine.sound import programs


def test_a_missing_espeak_is_one_sentence_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="apt-get install espeak-ng") as found:
        programs.espeak()
    assert found.value.service == "espeak-ng"
    assert programs.fluidsynth() is None


def test_programs_are_found_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("espeak-ng", "fluidsynth"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (programs.espeak(), programs.fluidsynth()) == (tmp_path / "espeak-ng", tmp_path / "fluidsynth")


def test_importing_the_providers_starts_no_program() -> None:
    code = (
        "import sys\n"
        "def audit(event, args):\n"
        "    assert event not in ('subprocess.Popen', 'os.system', 'os.posix_spawn'), (event, args)\n"
        "sys.addaudithook(audit)\n"
        "import studio.providers.voice.offline, studio.providers.music.offline, studio.providers.music.mood\n"
        "import studio.engine.sound.mix\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
