"""Use cases of the thread: see projects as a whole (cards), find things in them (find), begin a film (beginning, or boards from
elsewhere), rewrite it, undo what was done (history)."""

from __future__ import annotations

from studio.thread.beginning import finish_import, merge_import, open_sample, plan_import, start_cut, start_project
from studio.thread.boards import bring_project
from studio.thread.cards import get_card, get_home, list_cards
from studio.thread.find import search
from studio.thread.history import undo_entry, undoable_entries

__all__ = [
    "bring_project",
    "finish_import",
    "get_card",
    "get_home",
    "list_cards",
    "merge_import",
    "open_sample",
    "plan_import",
    "search",
    "start_cut",
    "start_project",
    "undo_entry",
    "undoable_entries",
]
