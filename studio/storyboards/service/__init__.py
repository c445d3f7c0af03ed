"""Use cases of storyboards: plan the shots (plan), draw their panels (panels), voice their lines (voices), read them (board)."""

from studio.storyboards.service.board import (
    counts_by_script,
    get_card,
    get_shot,
    list_cards,
    list_scenes_on_board,
    recent_panels,
    search_shots,
)
from studio.storyboards.service.coverage import coverage_of
from studio.storyboards.service.drawn import add_drawn_version, get_panel_place, keep_shot, list_drawn_versions
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
from studio.storyboards.service.voices import add_voice, request_voices, voice_briefs

__all__ = [
    "add_drawn_version",
    "add_panel_version",
    "add_voice",
    "board_weight",
    "break_down",
    "counts_by_scene",
    "counts_by_script",
    "coverage_of",
    "explain_shot",
    "follow",
    "get_card",
    "get_panel_place",
    "get_shot",
    "keep_shot",
    "list_board",
    "list_cards",
    "list_drawn_versions",
    "list_scenes_on_board",
    "origin_of",
    "panel_brief",
    "panel_exists",
    "planned",
    "recent_panels",
    "redraw_panel",
    "request_panels",
    "request_voices",
    "retime",
    "search_shots",
    "show_version",
    "submit_board",
    "voice_briefs",
]
