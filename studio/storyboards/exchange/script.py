"""The script of boards that came without one: a Fountain text of their action and dialogue, shot by shot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.storyboards.exchange.reading import BroughtBoard, BroughtProject

MOST_PANELS = 60
"""Boards of one shot; a longer run of them is several shots."""
SOMEBODY = "VOICE"
"""Who says what nobody is named for."""
_HEADING = re.compile(r"^(?:INT|EXT|EST|I/E|INT\.?/EXT)[. ]", re.IGNORECASE)
_SAID_BY = re.compile(r"^([^\s:][^:\n]{0,38}):\s*(.*)$")
_NO_NUMBER = re.compile(r"[^\w.\-]")


@dataclass(frozen=True, slots=True)
class BroughtShot:
    """The boards of one shot: `scene` is the index of its scene, `start`..`end` where its words stand in the text."""

    scene: int
    boards: tuple[BroughtBoard, ...]
    start: int
    end: int


def written(project: BroughtProject) -> tuple[str, tuple[BroughtShot, ...]]:
    """The text, and the shots with their places in it."""
    parts: list[str] = [f"Title: {' '.join(project.title.split()) or 'Untitled'}\n\n"]
    shots: list[BroughtShot] = []
    length = len(parts[0])
    for scene, (heading, number, boards) in enumerate(project.scenes):
        parts.append(_heading(heading, number))
        length += len(parts[-1])
        for run in _runs(boards):
            text = "".join(_paragraphs(run))
            shots.append(BroughtShot(scene, run, length, length + len(text.rstrip())))
            parts.append(text)
            length += len(text)
    return "".join(parts), tuple(shots)


def action_of(shot: BroughtShot) -> str:
    """What happens in a shot, in one line."""
    return " ".join(" ".join(board.action.split()) for board in shot.boards if board.action)


def _runs(boards: Sequence[BroughtBoard]) -> Iterator[tuple[BroughtBoard, ...]]:
    run: list[BroughtBoard] = []
    for board in boards:
        if run and (board.opens or len(run) == MOST_PANELS):
            yield tuple(run)
            run = []
        run.append(board)
    if run:
        yield tuple(run)


def _heading(heading: str, number: str) -> str:
    plain = " ".join(heading.replace("#", "").split())
    number = _NO_NUMBER.sub("", number)
    marked = plain if _HEADING.match(plain) else f".{plain.lstrip('.') or 'SCENE'}"
    return f"{marked}{f' #{number}#' if number else ''}\n\n"


def _paragraphs(boards: Sequence[BroughtBoard]) -> Iterator[str]:
    for board in boards:
        if board.action:
            yield f"!{' '.join(board.action.split())}\n\n"
        for speaker, words in _speeches(board.dialogue):
            yield f"@{speaker}\n{words}\n\n"


def _speeches(dialogue: str) -> Iterator[tuple[str, str]]:
    """(who, what) of a board's dialogue: "MARA: I am closed." a line; what goes on belongs to the one before."""
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, (" ".join(line.split()) for line in dialogue.splitlines())):
        match = _SAID_BY.match(line)
        if match and match[1] == match[1].upper() and any(c.isalpha() for c in match[1]):
            found.append((match[1].strip(), [match[2]]))
        elif found:
            found[-1][1].append(line)
        else:
            found.append((SOMEBODY, [line]))
    for speaker, lines in found:
        if words := " ".join(filter(None, lines)):
            yield speaker, words
