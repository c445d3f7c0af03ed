"""Use cases of the thread: see projects as a whole (cards), find things in them (find), start a film from words."""

from __future__ import annotations

from pathlib import PurePosixPath

from studio.accounts.views import Actor
from studio.core.db import unit_of_work
from studio.core.settings import ROOT
from studio.core.text import one_line
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread.cards import get_card, get_home, list_cards
from studio.thread.find import search
from studio.thread.views import Started

__all__ = ["get_card", "get_home", "list_cards", "open_sample", "search", "start_project"]

SAMPLE = ROOT / "assets" / "samples" / "the-last-ferry.fountain"
_LONGEST_NAME = 200


def start_project(actor: Actor, *, data: bytes, name: str, title: str | None = None) -> Started:
    """Make a project of a script, named `title`, else as the script is titled, else as the file is called; draw its panels.

    What takes time (reading, breaking down) is done before the one transaction. Nothing is kept when the script is refused.

    Raises:
        Invalid: it is not a screenplay we can read; the message says why and what to do.
        LimitReached: it is too large.
    """
    _, outline = scripts.checked_script(data, name)
    storyboards.planned(outline, projects.FILM_RATE)
    called = title or outline.title or PurePosixPath(name.replace("\\", "/")).stem
    with unit_of_work() as uow:
        project = projects.create_project(uow, actor, name=one_line(called)[:_LONGEST_NAME].strip() or "Untitled")
        script = scripts.import_script(uow, actor, project.id, data=data, name=name)
        shots = storyboards.break_down(uow, actor, script.id)
        run = storyboards.submit_board(uow, actor, script.id)
    return Started(project.id, script.id, shots, run.id)


def open_sample(actor: Actor) -> Started:
    """Make a project of the sample film's script and draw its panels."""
    return start_project(actor, data=SAMPLE.read_bytes(), name=SAMPLE.name)
