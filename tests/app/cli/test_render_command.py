"""`inkreel render`: timeline files of several programs made into films, pieces kept, what is missing said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import main as entry
from app.cli.media import render
from studio.core.errors import Invalid, UnsupportedMedia
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.core.storage import sha256_of
from studio.engine.ffmpeg import program
from studio.engine.interchange.apart import written
from studio.engine.interchange.formats import Format, Media
from studio.engine.probe import probed
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, to_document
from studio.engine.timeline.looks import Text
from tests.support.studio import ROOT, inkreel

pytestmark = [pytest.mark.programs, pytest.mark.film]

MEDIA = {
    "a": Media("a", "a.mp4", "a.mp4", frames=72),
    "b": Media("b", "b.mp4", "b.mp4", frames=72),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two films of three seconds, with sound."""
    folder = tmp_path_factory.mktemp("media")
    for name, pitch in (("a", 440), ("b", 660)):
        source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=3", "-f", "lavfi", "-i", f"sine={pitch}:d=3"]
        encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest", str(folder / f"{name}.mp4")]
        subprocess.run([str(program.encoder()), "-v", "error", *source, *encoder], check=True)
    return folder


def film(text: str = "Hello") -> Timeline:
    """Two seconds of each, and words over the second."""
    clips = (Clip("1", "First", "a", 0, 48), Clip("2", "Second", "b", 48, 48, 12))
    words = (Clip("3", "Words", "", 60, 24, made=Text(text)),)
    return Timeline(
        "Two",
        Rate(24),
        320,
        180,
        (
            Track("v", "video", "V1", "picture", clips),
            Track("t", "text", "T1", "text", words),
            Track("s", "audio", "A1", "sound", tuple(replace(clip, id=f"s{clip.id}") for clip in clips)),
        ),
    )


def kept(place: Path, form: Format, timeline: Timeline, media: Mapping[str, Media] = MEDIA) -> Path:
    path = place / f"film.{ {'otio': 'otio', 'edl': 'edl', 'fcp7': 'xml', 'fcpxml': 'fcpxml'}[form] }"
    path.write_bytes(written(timeline, form, media).data)
    return path


def rendered(*arguments: object, code: int = 0) -> dict[str, Any]:
    done = inkreel("render", *map(str, arguments), "--json", cwd=ROOT)
    assert done.returncode == code, done.stderr + done.stdout
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def here(
    home: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, Any]]:
    """The same command in this process: the first test shows the command itself."""

    def told(*arguments: object) -> dict[str, Any]:
        monkeypatch.setattr(sys, "argv", ["inkreel", "render", *map(str, arguments), "--json"])
        with pytest.raises(SystemExit) as ended:
            entry.main()
        said = capsys.readouterr()
        assert ended.value.code == 0, said.err + said.out
        return json.loads(said.out.splitlines()[-1])

    return told


def test_a_timeline_is_rendered_and_the_next_time_only_what_changed(
    place: Path, tmp_path: Path, here: Callable[..., dict[str, Any]]
) -> None:
    out, cache = tmp_path / "film.mp4", tmp_path / "cache"
    asked = ["-o", out, "--preset", "720p", "--cache", cache, "--workers", 2]
    first = rendered(kept(place, "otio", film()), *asked)
    made = probed(out)
    assert (first["ok"], first["frames"], first["made"]) == (True, 96, first["pieces"])
    assert (made.frames, made.width, made.height, made.audio_codec) == (96, 1280, 720, "aac")
    again = here(kept(place, "otio", film()), *asked)
    assert again["made"] == 0
    other = here(kept(place, "otio", film("Good night")), *asked)
    assert 0 < other["made"] < other["pieces"]


def test_an_edl_is_rendered_from_one_frame_to_another(
    place: Path, tmp_path: Path, here: Callable[..., dict[str, Any]]
) -> None:
    out = tmp_path / "film.mp4"
    told = here(kept(place, "edl", film()), "-o", out, "--preset", "720p", "--rate", "24", "--range", 24, 72)
    assert (told["frames"], probed(out).frames) == (48, 48)


def test_a_document_of_ours_finds_its_media_by_content(
    place: Path, tmp_path: Path, here: Callable[..., dict[str, Any]]
) -> None:
    (tmp_path / "media").mkdir()
    keys: dict[str, str] = {}
    for name in ("a", "b"):
        keys[name] = sha256_of(place / f"{name}.mp4")
        (tmp_path / "media" / f"{name}-{keys[name][:8]}.mp4").write_bytes((place / f"{name}.mp4").read_bytes())
    document = json.dumps(to_document(film())).replace('"a"', f'"{keys["a"]}"').replace('"b"', f'"{keys["b"]}"')
    (tmp_path / "film.inkreel.json").write_text(document)
    told = here(tmp_path / "film.inkreel.json", "-o", tmp_path / "f.wav", "--preset", "wav")
    assert (told["ok"], told["pieces"]) == (True, 0)
    assert float(probed(tmp_path / "f.wav").seconds) == 4.0


def test_a_missing_file_is_named_and_the_rest_can_be_rendered(
    place: Path, tmp_path: Path, here: Callable[..., dict[str, Any]]
) -> None:
    lost = {**MEDIA, "b": Media("b", "gone.mp4", "gone.mp4", frames=72)}
    source, out = kept(place, "otio", film(), lost), tmp_path / "film.mp4"
    with pytest.raises(UnsupportedMedia, match=r"Second: The file is missing\..*--without-missing"):
        render.render(out, source, preset="720p")
    assert not out.exists()
    assert here(source, "-o", out, "--preset", "720p", "--without-missing")["frames"] == 96


def test_what_cannot_be_asked_is_said(place: Path, tmp_path: Path) -> None:
    source = kept(place, "otio", film())
    with pytest.raises(Invalid, match=r"name it .*f\.mp4"):
        render.render(tmp_path / "f.avi", source, preset="720p")
    with pytest.raises(Invalid, match="There is no preset called 8k"):
        render.render(tmp_path / "f.mp4", source, preset="8k")
    with pytest.raises(Invalid, match="The range begins at frame 500"):
        render.render(tmp_path / "f.mp4", source, preset="720p", span=(500, 600))
    assert list(tmp_path.iterdir()) == []


def test_a_cut_of_the_studio_is_rendered_as_its_page_does(tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("INKREEL_")}
    home = {**clean, "PYTHONPATH": str(ROOT), "INKREEL_HOME": str(tmp_path / "h"), "INKREEL_WORKERS": "1"}

    def said(*arguments: object, code: int = 0) -> dict[str, Any]:
        command = [sys.executable, "-c", "from app.cli.main import main; main()", *map(str, arguments), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=home, check=False, timeout=120)
        assert done.returncode == code, done.stderr + done.stdout
        return json.loads(done.stdout.splitlines()[-1])

    project = said("seed")["project_id"]
    cut = said("timeline", "create", project, "Mine", "--begin", "empty")["id"]
    out = tmp_path / "film.mp4"
    clip = {
        "id": "c",
        "name": "Blue",
        "media": "",
        "start": 0,
        "frames": 24,
        "made": {"kind": "solid", "colour": "#0000ff"},
    }
    (tmp_path / "ops.json").write_text(json.dumps([{"op": "overwrite", "track": "v1", "at": 0, "clips": [clip]}]))
    said("timeline", "edit", cut, "--ops", tmp_path / "ops.json")
    made = said("render", "--timeline", cut, "-o", out, "--preset", "720p")
    assert (made["ok"], made["frames"], made["revision"], made["output"]) == (True, 24, 2, str(out))
    film = probed(out)
    assert (film.frames, film.width, film.height) == (24, 1280, 720)
    assert said("render", "--timeline", cut, tmp_path / "ops.json", "-o", out, code=65)["code"] == "invalid"
    assert said("render", "--timeline", new_id(), "-o", out, code=66)["code"] == "not_found"
