"""What somebody can undo and do again, read out of the history of a board."""

from __future__ import annotations

from collections.abc import Sequence

from studio.audit.views import EntryMark

UNDO, REDO = "undo", "redo"


def stacks(newest_first: Sequence[EntryMark], actor_id: str) -> tuple[list[EntryMark], list[EntryMark]]:
    """What one can undo and what one can do again, each with the next one last. A new act ends the doing again."""
    done: list[EntryMark] = []
    undone: list[EntryMark] = []
    for entry in reversed([e for e in newest_first if e.actor_id == actor_id]):
        if entry.action == UNDO:
            undone += [e for e in done if e.seq == entry.reverses]
            done = [e for e in done if e.seq != entry.reverses]
        elif entry.action == REDO:
            done += [e for e in undone if e.seq == entry.reverses]
            undone = [e for e in undone if e.seq != entry.reverses]
        else:
            done.append(entry)
            undone = []
    return done, undone


def in_force(newest_first: Sequence[EntryMark]) -> list[EntryMark]:
    """The acts that hold now, of everybody, oldest first: done, and not undone since."""
    off = set[int]()
    for entry in reversed(newest_first):
        if entry.action == UNDO and entry.reverses is not None:
            off.add(entry.reverses)
        elif entry.action == REDO and entry.reverses is not None:
            off.discard(entry.reverses)
    return [e for e in reversed(newest_first) if e.action not in (UNDO, REDO) and e.seq not in off]
