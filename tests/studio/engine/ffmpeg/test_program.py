"""Which ffmpeg is used, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.errors import Unavailable
from studio.engine.ffmpeg import program


def pretend(path: Path, says: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_the_setting_comes_before_path(tmp_path: Path) -> None:
    mine = pretend(tmp_path / "mine", "ffmpeg version 7.7 --enable-libx264")
    assert program.encoder(str(mine)) == mine


def test_a_setting_that_is_no_program_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="unset INKREEL_FFMPEG") as caught:
        program.encoder(str(tmp_path / "nothing"))
    assert caught.value.service == "ffmpeg"


def test_a_setting_without_x264_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="libx264"):
        program.encoder(str(pretend(tmp_path / "free", "ffmpeg version 6.0 --enable-libopenh264")))


def test_an_ffmpeg_on_path_without_x264_gives_way_to_the_bundled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path / "ffmpeg", "ffmpeg version 6.0 --enable-libopenh264")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = program.encoder()
    assert "imageio_ffmpeg" in str(found)
    assert program.version(found)


def test_with_none_at_all_the_answer_is_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "nothing"))
    with pytest.raises(Unavailable, match=r"Install one: .*ffmpeg"):
        program.encoder()


def test_the_version_is_ffmpegs_own_word(tmp_path: Path) -> None:
    assert (
        program.version(pretend(tmp_path / "ffmpeg", "ffmpeg version 5.1.9-0+deb12u1 Copyright")) == "5.1.9-0+deb12u1"
    )


def test_a_replaced_ffmpeg_is_asked_again(tmp_path: Path) -> None:
    path = pretend(tmp_path / "ffmpeg", "ffmpeg version 5.1 Copyright")
    assert program.version(path) == "5.1"
    pretend(path, "ffmpeg version 6.0.1 Copyright")
    assert program.version(path) == "6.0.1"


def test_another_program_is_not_taken_for_ffmpeg(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="does not run as ffmpeg"):
        program.version(pretend(tmp_path / "ffmpeg", "hello"))
