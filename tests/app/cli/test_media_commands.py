"""`inkreel media`: files into the bin of a project, with workers of its own when no studio runs, and the list of what is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from studio.core.ids import new_id
from tests.factories.footage import film, tone
from tests.support import studio as support

pytestmark = pytest.mark.film


def inkreel(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return support.inkreel(*arguments, cwd=home.parent, INKREEL_HOME=str(home), INKREEL_WORKERS="1")


def test_files_come_into_the_bin_and_are_listed(tmp_path: Path) -> None:
    home = tmp_path / "h"
    project = json.loads(inkreel(home, "seed", "--json").stdout)["project_id"]
    files = (film(tmp_path / "take.mov"), tone(tmp_path / "hum.flac"))
    done = inkreel(home, "media", "add", project, *map(str, files), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    ends = [json.loads(line) for line in done.stdout.splitlines() if '"ok"' in line]
    assert [(e["output"], e["kind"], e["frames"]) for e in ends] == [
        ("take.mov", "video", 48),
        ("hum.flac", "audio", 24),
    ]
    (tmp_path / "words.mp4").write_text("no film at all")
    again = inkreel(home, "media", "add", project, str(files[0]), str(tmp_path / "words.mp4"), "--json")
    same, refused = [json.loads(line) for line in again.stdout.splitlines() if '"ok"' in line]
    assert same["sha256"] == ends[0]["sha256"]
    assert again.returncode != 0 and not refused["ok"]
    assert "words.mp4 cannot be read" in refused["message"]
    listed = inkreel(home, "media", "list", project, "--json")
    assert [(e["name"], e["state"]) for e in map(json.loads, listed.stdout.splitlines())] == [
        ("hum.flac", "ready"),
        ("take.mov", "ready"),
    ]
    part = ("keep", project, ends[0]["sha256"], "--first", "12", "--frames", "24", "--name", "The turn")
    kept = inkreel(home, "media", *part, "--json")
    assert (json.loads(kept.stdout)["name"], kept.returncode) == ("The turn", 0)
    told = [json.loads(line) for line in inkreel(home, "media", "list", project, "--json").stdout.splitlines()]
    assert [[p["first"] for p in each["parts"]] for each in told] == [[], [12]]
    assert "has 48 frames" in inkreel(home, "media", *part[:4], "40", *part[5:]).stderr
    assert "2 files" in inkreel(home, "media", "list", project).stdout
    assert "no such project" in inkreel(home, "media", "list", new_id()).stderr
