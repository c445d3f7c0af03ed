"""The law of the house, read from the source: budgets, names, rooms. `lint-imports` keeps the layers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "components", "state", "jobs", "studio", "benchmarks")
SOURCES = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DOMAINS = (
    "accounts",
    "projects",
    "audit",
    "runs",
    "media",
    "scripts",
    "storyboards",
    "drawing",
    "timelines",
    "renders",
    "thread",
)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


@lru_cache(maxsize=1)
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module, read once for all tests here."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES)


@pytest.fixture(scope="module", autouse=True)
def forget_the_trees() -> Iterator[None]:
    yield
    trees.cache_clear()
    imported.cache_clear()


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_longer_than_its_budget() -> None:
    limits = [(p, 500) for p in SOURCES] + [(p, 700) for p in TESTS]
    assert [name(p) for p, limit in limits if len(p.read_text(encoding="utf-8").splitlines()) > limit] == []


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{name(path)}:{node.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_no_folder_holds_more_than_fourteen_files() -> None:
    counts = Counter(p.parent for p in SOURCES if p.name != "__init__.py")
    assert [name(folder) for folder, count in counts.items() if count > 14] == []


def test_no_two_test_files_share_a_name() -> None:
    """pytest knows a test file by its name alone: it reads only one of two that share it."""
    assert [n for n, times in Counter(p.name for p in TESTS if p.name.startswith("test_")).items() if times > 1] == []


def test_every_module_begins_with_one_sentence() -> None:
    assert [name(path) for path, tree in trees() if not ast.get_docstring(tree)] == []


def test_no_room_is_named_after_nothing() -> None:
    parts = {part for p in SOURCES + TESTS for part in (p.stem, *p.relative_to(ROOT).parts[:-1])}
    assert parts & FORBIDDEN_NAMES == set()


@cache
def imported(tree: ast.Module) -> frozenset[str]:
    """The modules that are named in it, and what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return frozenset(found)


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domains_tables_and_queries_are_its_own(domain: str) -> None:
    private = {f"studio.{domain}.models", f"studio.{domain}.repository"}
    outside = [
        name(path)
        for path, tree in trees()
        if not path.is_relative_to(ROOT / "studio" / domain)
        and path != ROOT / "studio" / "tables.py"
        and private & imported(tree)
    ]
    assert outside == []


def test_only_the_unit_of_work_commits() -> None:
    committing = [
        name(path)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert set(committing) == {"studio/core/db.py"}


def test_the_product_knows_no_queue_and_no_page() -> None:
    guests = {"rq", "redis", "reflex", "fastapi", "typer", "rich"}
    assert [name(p) for p, tree in trees() if p.parts[len(ROOT.parts)] == "studio" and guests & imported(tree)] == []


def test_starting_the_product_loads_nothing_heavy() -> None:
    heavy = ("cv2", "skia", "av", "shapely", "boto3", "moto", "scipy")
    code = (
        "import sys, studio.renders.service, jobs.wiring\nfrom app.cli.main import COMMANDS, command_line\n"
        "for name in COMMANDS: command_line(name)\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_a_worker_and_the_command_line_start_without_the_pages() -> None:
    code = (
        "import sys, jobs.worker\nfrom app.cli.main import COMMANDS, command_line\n"
        "for name in COMMANDS: command_line(name)\n"
        "print([m for m in ('reflex', 'fastapi', 'granian') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_command_line_says_of_itself_loads_neither_database_nor_queue_nor_settings() -> None:
    code = (
        "import contextlib, io, sys\nfrom app.cli.main import main\n"
        "sys.argv = ['inkreel', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n    main()\n"
        "heavy = 'sqlalchemy sqlmodel redis rq pydantic structlog numpy av cv2 reflex fastapi'.split()\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_looks_take_only_views_and_links_from_the_product() -> None:
    taken = {
        module
        for path, tree in trees()
        if path.is_relative_to(ROOT / "components")
        for module in imported(tree)
        if module.startswith("studio")
    }
    assert {
        m for m in taken if not any(part in m for part in (".views", ".states", "core.links", "core.settings"))
    } == set()


def test_sessions_hold_no_sql() -> None:
    guests = {"sqlmodel", "sqlalchemy"}
    assert [name(p) for p, tree in trees() if p.is_relative_to(ROOT / "state") and guests & imported(tree)] == []


def test_a_state_is_small() -> None:
    """At most 250 lines and 15 vars, and nothing big in its defaults: every state is sent with every page."""
    large: list[str] = []
    for path, tree in trees():
        if not path.is_relative_to(ROOT / "state"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and "rx.State" in [ast.unparse(b) for b in node.bases]:
                fields = [n for n in node.body if isinstance(n, ast.AnnAssign)]
                shown = [n for n in fields if not ast.unparse(n.target).startswith("_")]
                if len(shown) > 15 or (node.end_lineno or 0) - node.lineno >= 250:
                    large.append(f"{name(path)}:{node.name}")
    assert large == []


def test_islands_of_script_stay_small() -> None:
    islands = sorted((ROOT / "components").rglob("*.jsx"))
    lengths = {name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in islands}
    assert {n for n, lines in lengths.items() if lines > 250} == set()
    rooms = {"page_": 1000, "draw_": 600, "cut_": 2700}
    by_room = {room: sum(n for path, n in lengths.items() if Path(path).name.startswith(room)) for room in rooms}
    assert {room: lines for room, lines in by_room.items() if lines > rooms[room]} == {}
    assert sum(lengths.values()) - sum(by_room.values()) <= 200
    decided = (ROOT / "docs" / "decisions" / "0007-islands-of-script.md").read_text(encoding="utf-8")
    assert [n for n in lengths if n not in decided] == []
