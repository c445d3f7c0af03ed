"""Use cases of storyboards: plan the shots (plan), draw their panels (panels), voice their lines (voices)."""

from studio.storyboards.service.panels import add_panel_version, panel_brief, request_panels
from studio.storyboards.service.plan import board_weight, break_down, list_board, origin_of, retime
from studio.storyboards.service.voices import add_voice, request_voices, voice_briefs

__all__ = [
    "add_panel_version",
    "add_voice",
    "board_weight",
    "break_down",
    "list_board",
    "origin_of",
    "panel_brief",
    "request_panels",
    "request_voices",
    "retime",
    "voice_briefs",
]
