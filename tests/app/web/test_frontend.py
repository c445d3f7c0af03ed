"""When pages are built: once for the same sources, whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.web import frontend
from studio.core.errors import Cancelled, Unavailable

ENV = "var e={PING:`http://localhost:3200/ping`,EVENT:`ws://localhost:3200/_event`}"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree in small."""
    for name, text in {
        "rxconfig.py": "config = 1\n",
        "app/page.py": "page = 1\n",
        "state/session.py": "",
        "assets/css/paper.css": "body {}",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def exported(root: Path, *_: object) -> None:
    """What Reflex would leave in the workshop."""
    client = root / ".web-build" / "work" / "build" / "client" / "assets"
    client.mkdir(parents=True, exist_ok=True)
    (client / "reflex-env-1.js").write_text(ENV)
    (client.parent / "index.html").write_text("<html>")
    (root / ".web-build" / "work" / "backend").mkdir(exist_ok=True)
    (root / ".web-build" / "work" / "routes.json").write_text("[]")


def test_the_name_of_a_build_follows_the_sources_and_nothing_else(tree: Path) -> None:
    first = frontend.digest(tree)
    for unrelated in ("README.md", "studio/x.py", "app/__pycache__/page.pyc", "assets/external/link.jsx"):
        (tree / unrelated).parent.mkdir(parents=True, exist_ok=True)
        (tree / unrelated).write_text("changed")
    assert frontend.digest(tree) == first
    (tree / "assets" / "external" / "more").symlink_to(tree / "README.md")
    assert frontend.digest(tree) == first


@pytest.mark.parametrize(
    "source", ["rxconfig.py", "app/page.py", "state/session.py", "assets/css/paper.css", "app/new.py"]
)
def test_a_changed_source_is_another_build(tree: Path, source: str) -> None:
    first = frontend.digest(tree)
    (tree / source).write_text("changed")
    assert frontend.digest(tree) != first


def test_a_renamed_source_another_reflex_and_another_step_are_other_builds(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {frontend.digest(tree)}
    (tree / "app" / "page.py").rename(tree / "app" / "pages.py")
    names.add(frontend.digest(tree))
    monkeypatch.setattr(frontend, "version", lambda _: "99")
    names.add(frontend.digest(tree))
    monkeypatch.setattr(frontend, "BUILD_STEP", 99)
    names.add(frontend.digest(tree))
    assert len(names) == 4


def test_two_starts_at_once_build_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[int] = []
    both = threading.Barrier(2)

    def slow(root: Path, *rest: object) -> None:
        builds.append(1)
        threading.Event().wait(0.3)
        exported(root)

    monkeypatch.setattr(frontend, "_export", slow)
    sites: list[Path] = []

    def start() -> None:
        both.wait()
        sites.append(frontend.built(tree))

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(builds) == 1
    assert sites[0] == sites[1] == frontend.current(tree)
    assert "location.origin" in (sites[0] / "build" / "client" / "assets" / "reflex-env-1.js").read_text()
    assert frontend.built(tree) == sites[0]
    assert len(builds) == 1


def test_the_build_before_the_last_is_forgotten(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "_export", exported)
    built: list[Path] = []
    for text in ("one", "two", "three"):
        (tree / "app" / "page.py").write_text(text)
        built.append(frontend.built(tree))
    assert [site.exists() for site in built] == [False, True, True]


@pytest.mark.programs
def test_a_build_that_fails_names_its_log_and_leaves_the_last_one_alone(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(frontend, "_export", exported)
        good = frontend.built(tree)
    (tree / "rxconfig.py").write_text("this is no Python (\n")
    with pytest.raises(Unavailable, match=r"could not be built. The log says why: .*build\.log") as refused:
        frontend.built(tree)
    assert refused.value.code == "build_failed"
    assert "SyntaxError" in (tree / ".web-build" / "build.log").read_text()
    assert good.is_dir()
    assert list((tree / ".web-build").glob("new-*")) == []


@pytest.mark.programs
def test_a_build_that_is_stopped_ends_and_leaves_nothing(tree: Path) -> None:
    (tree / "rxconfig.py").write_text("import time\ntime.sleep(60)\n")
    told: list[str] = []
    with pytest.raises(Cancelled):
        frontend.built(tree, told=told.append, stop=lambda: len(told) > 3)
    assert told[0] == "Building the pages: 0 s"
    assert frontend.current(tree) is None
    assert list((tree / ".web-build").glob("new-*")) == []


def test_without_bun_and_node_nothing_is_tried(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "builder", lambda: None)
    with pytest.raises(Unavailable, match=r"neither bun nor node here\. Mend it with: uv sync"):
        frontend.built(tree)


def test_a_tree_that_cannot_be_written_is_a_sentence(tree: Path) -> None:
    (tree / ".web-build").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="cannot be written"):
        frontend.built(tree)


def test_bun_of_the_wheel_builds_without_any_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    found = frontend.builder()
    assert found is not None
    assert found.name == "bun"
