"""The source read: no method of a state can be called from a browser without passing the gate."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for folder in ("state", "components", "app") for p in (ROOT / folder).rglob("*.py"))
STATES = {"rx.State", "State", "rx.ComponentState", "rx.SharedState"}


def _states(tree: ast.Module) -> list[ast.ClassDef]:
    found = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    named = set(STATES)
    for node in found:
        if any(ast.unparse(b) in named for b in node.bases):
            named.add(node.name)
    return [n for n in found if any(ast.unparse(b) in named for b in n.bases)]


def _gated(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Call) and ast.unparse(d.func) == "handler" for d in method.decorator_list)


def _ungated(tree: ast.Module) -> list[str]:
    """Public methods of states that are neither gated nor a computed var."""
    open_doors: list[str] = []
    for state in _states(tree):
        for item in state.body:
            if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) or item.name.startswith("_"):
                continue
            computed = any("rx.var" in ast.unparse(d) for d in item.decorator_list)
            if not computed and not (_gated(item) and isinstance(item, ast.AsyncFunctionDef)):
                open_doors.append(f"{state.name}.{item.name}")
    return open_doors


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_method_of_a_state_is_gated(path: Path) -> None:
    assert _ungated(ast.parse(path.read_text())) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_goes_round_the_gate(path: Path) -> None:
    """No bare event handlers, no client-writable identity, no raw HTML, no evaluated script, no unguarded upload."""
    forbidden = (
        "rx.event(",
        "@rx.event",
        "rx.Cookie",
        "rx.upload",
        "rx.call_script",
        "rx.html(",
        "rx.toast",
        "auto_setters",
    )
    text = path.read_text()
    allowed = {"state/gate.py": ("rx.event(",)}.get(str(path.relative_to(ROOT)), ())
    assert [word for word in forbidden if word in text and word not in allowed] == []


def test_there_are_states_to_read() -> None:
    named = {s.name for p in SOURCES for s in _states(ast.parse(p.read_text()))}
    assert {"SessionState", "ProjectState", "LiveState", "NoticesState", "PaletteState"} <= named


@pytest.mark.parametrize(
    "body",
    [
        "def open_door(self): ...",
        "async def open_door(self): ...",
        "@rx.event\n    async def open_door(self): ...",
        "@other()\n    async def open_door(self): ...",
        "@handler()\n    def open_door(self): ...",
    ],
)
def test_an_open_door_is_found(body: str) -> None:
    assert _ungated(ast.parse(f"class Page(rx.State):\n    {body}")) == ["Page.open_door"]


def test_a_state_that_inherits_from_a_state_is_read_too() -> None:
    text = "class One(rx.State):\n    x: int = 0\nclass Two(One):\n    def open_door(self): ..."
    assert _ungated(ast.parse(text)) == ["Two.open_door"]


def test_every_state_that_follows_a_project_can_hear_its_news() -> None:
    """The hub calls `_hear` of the states a page names to `_enter` or `_follow`: one that lacks it would deafen the page."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    hearing = {
        each.name
        for tree in trees
        for each in _states(tree)
        if any(isinstance(item, ast.AsyncFunctionDef) and item.name == "_hear" for item in each.body)
    }
    named = {
        given.id
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in ("_enter", "_follow")
        for given in call.args
        if isinstance(given, ast.Name) and given.id.endswith("State")
    }
    assert len(named) > 8
    assert named <= hearing
