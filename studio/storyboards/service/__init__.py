"""Use cases of storyboards.

Plan the shots (plan), draw their panels (panels), voice their lines (voices), read them (board), print them (book, prints).
"""

from studio.storyboards.service.board import (
    counts_by_script,
    get_card,
    get_shot,
    list_cards,
    list_scenes_on_board,
    recent_panels,
    search_shots,
)
from studio.storyboards.service.book import board_book, fetched
from studio.storyboards.service.continuity import dismiss_warning, list_warnings, recall_warning
from studio.storyboards.service.coverage import coverage_of
from studio.storyboards.service.following import counts_by_scene, explain_shot, follow
from studio.storyboards.service.panels import (
    add_panel_version,
    panel_brief,
    panel_exists,
    redraw_panel,
    request_panels,
    show_version,
    submit_board,
)
from studio.storyboards.service.plan import board_weight, break_down, list_board, origin_of, planned, retime
from studio.storyboards.service.prints import get_print, keep_print, list_layouts, list_prints, submit_print
from studio.storyboards.service.uploads import upload_panel
from studio.storyboards.service.voices import add_voice, request_voices, voice_briefs

__all__ = [
    "add_panel_version",
    "add_voice",
    "board_book",
    "board_weight",
    "break_down",
    "counts_by_scene",
    "counts_by_script",
    "coverage_of",
    "dismiss_warning",
    "explain_shot",
    "fetched",
    "follow",
    "get_card",
    "get_print",
    "get_shot",
    "keep_print",
    "list_board",
    "list_cards",
    "list_layouts",
    "list_prints",
    "list_scenes_on_board",
    "list_warnings",
    "origin_of",
    "panel_brief",
    "panel_exists",
    "planned",
    "recall_warning",
    "recent_panels",
    "redraw_panel",
    "request_panels",
    "request_voices",
    "retime",
    "search_shots",
    "show_version",
    "submit_board",
    "submit_print",
    "upload_panel",
    "voice_briefs",
]
