"""How a long command shows itself: a live display for people, one JSON object a line for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Protocol

from studio.runs.views import RunView

_JSON_EVERY_S = 0.5


class Show(Protocol):
    def stage(self, text: str) -> None: ...

    def script(self, title: str, scenes: int, characters: int, shots: int) -> None: ...

    def share(self, text: str, done: int, of: int) -> None:
        """How far a stage is that is no run."""
        ...

    def progress(self, view: RunView) -> None: ...

    def done(self, summary: dict[str, Any], *told: str) -> None:
        """The end: the result for programs, lines behind the name of the file for people."""
        ...


class JsonShow:
    """Progress at most twice a second (a new stage always), then the result."""

    def __init__(self) -> None:
        self._stage = ""
        self._shown = 0.0

    def stage(self, text: str) -> None:
        _line({"stage": text, "fraction": 0.0, "seconds_left": None})

    def script(self, title: str, scenes: int, characters: int, shots: int) -> None:
        _line({"stage": "Script read", "title": title, "scenes": scenes, "characters": characters, "shots": shots})

    def share(self, text: str, done: int, of: int) -> None:
        if done == of or time.monotonic() - self._shown >= _JSON_EVERY_S:
            self._shown = time.monotonic()
            _line({"stage": text, "fraction": round(done / of, 4), "seconds_left": None})

    def progress(self, view: RunView) -> None:
        stage = view.stage.split(" · ")[0]
        if stage != self._stage or time.monotonic() - self._shown >= _JSON_EVERY_S:
            self._stage, self._shown = stage, time.monotonic()
            _line(
                {
                    "stage": view.stage,
                    "fraction": round(view.fraction, 4),
                    "seconds_left": view.eta_s,
                    "state": view.state.value,
                }
            )

    def done(self, summary: dict[str, Any], *told: str) -> None:
        _line(summary)


@contextmanager
def json_show() -> Generator[Show]:
    yield JsonShow()


class RichShow:
    """A bar with stage, share and time left."""

    def __init__(self, progress: Any) -> None:
        self._progress = progress
        self._task = progress.add_task("Starting", total=1.0, left="")

    def stage(self, text: str) -> None:
        self._progress.update(self._task, description=text)

    def script(self, title: str, scenes: int, characters: int, shots: int) -> None:
        from rich.markup import escape

        self._progress.console.print(
            f"[bold]{escape(title)}[/]  "
            f"{counted(scenes, 'scene')}, {counted(characters, 'character')}, {counted(shots, 'shot')}",
            highlight=False,
        )

    def share(self, text: str, done: int, of: int) -> None:
        self._progress.update(self._task, description=text, completed=done / of, left="")

    def progress(self, view: RunView) -> None:
        left = f"{int(view.eta_s) // 60}:{int(view.eta_s) % 60:02d} left" if view.eta_s else ""
        self._progress.update(self._task, description=view.stage or "Queued", completed=view.fraction, left=left)

    def done(self, summary: dict[str, Any], *told: str) -> None:
        self._progress.update(self._task, description="Done", completed=1.0, left="")
        from rich.markup import escape

        lines = (f"[bold]{escape(summary['output'])}[/]  {told[0]}", *told[1:])
        self._progress.console.print("\n".join(lines), highlight=False)


@contextmanager
def rich_show() -> Generator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield RichShow(progress)


def counted(count: int, thing: str) -> str:
    """So many things: 1 shot, 2 shots."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _line(entry: dict[str, Any]) -> None:
    print(json.dumps(entry, ensure_ascii=False), flush=True)
