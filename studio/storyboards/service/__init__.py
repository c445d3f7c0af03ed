"""Use cases of storyboards.

Plan the shots (plan), draw their panels (panels) or take those of people (by_hand), voice their lines (voices), read them
(board), edit them and undo that (acts), warn of what does not cut together (continuity), print them (paper).
"""

from studio.storyboards.service.acts.dressing import change_look, likeness_of, list_looks, portrait
from studio.storyboards.service.acts.editing import (
    change_shot,
    delete_shots,
    duplicate_shots,
    insert_shot,
    lock_numbers,
    merge_shots,
    move_shots,
    show_version,
    split_shot,
)
from studio.storyboards.service.acts.panels import add_panel, change_panel, delete_panel
from studio.storyboards.service.acts.placing import (
    floor_picture,
    get_floor_plan,
    place_on_floor,
    preview_panel,
    preview_tag,
)
from studio.storyboards.service.acts.styling import board_style, change_style
from studio.storyboards.service.acts.timing import shot_lengths, time_shots
from studio.storyboards.service.acts.undoing import redo, rewind_scene, undo, undoable, undoable_entries
from studio.storyboards.service.board import (
    counts_by_script,
    get_card,
    get_shot,
    list_cards,
    list_panels,
    list_scene_panels,
    list_scenes_on_board,
    recent_panels,
    scene_of,
    search_shots,
)
from studio.storyboards.service.bringing import BroughtBoards, PicturesBrief, bring_boards, keep_picture, pictures_brief
from studio.storyboards.service.by_hand import (
    add_drawn_version,
    get_panel_place,
    keep_shot,
    list_drawn_versions,
    upload_panel,
)
from studio.storyboards.service.continuity import dismiss_warning, list_warnings, recall_warning
from studio.storyboards.service.coverage import coverage_of
from studio.storyboards.service.following import counts_by_scene, explain_shot, follow
from studio.storyboards.service.panels import (
    add_panel_version,
    coming_pictures,
    panel_brief,
    panel_exists,
    picture_sizes,
    redraw_panel,
    redraw_panels,
    request_panels,
    submit_board,
)
from studio.storyboards.service.paper.book import board_book, fetched
from studio.storyboards.service.paper.prints import get_print, keep_print, list_layouts, list_prints, submit_print
from studio.storyboards.service.paper.scans import keep_scan, list_scans, scan_brief, submit_scan
from studio.storyboards.service.plan import (
    board_weight,
    break_down,
    list_board,
    origin_of,
    planned,
    retime,
    shots_for_cut,
)
from studio.storyboards.service.voices import add_voice, list_voiced, request_voices, voice_briefs, words_of_lines

__all__ = [
    "BroughtBoards",
    "PicturesBrief",
    "add_drawn_version",
    "add_panel",
    "add_panel_version",
    "add_voice",
    "board_book",
    "board_style",
    "board_weight",
    "break_down",
    "bring_boards",
    "change_look",
    "change_panel",
    "change_shot",
    "change_style",
    "coming_pictures",
    "counts_by_scene",
    "counts_by_script",
    "coverage_of",
    "delete_panel",
    "delete_shots",
    "dismiss_warning",
    "duplicate_shots",
    "explain_shot",
    "fetched",
    "floor_picture",
    "follow",
    "get_card",
    "get_floor_plan",
    "get_panel_place",
    "get_print",
    "get_shot",
    "insert_shot",
    "keep_picture",
    "keep_print",
    "keep_scan",
    "keep_shot",
    "likeness_of",
    "list_board",
    "list_cards",
    "list_drawn_versions",
    "list_layouts",
    "list_looks",
    "list_panels",
    "list_prints",
    "list_scans",
    "list_scene_panels",
    "list_scenes_on_board",
    "list_voiced",
    "list_warnings",
    "lock_numbers",
    "merge_shots",
    "move_shots",
    "origin_of",
    "panel_brief",
    "panel_exists",
    "picture_sizes",
    "pictures_brief",
    "place_on_floor",
    "planned",
    "portrait",
    "preview_panel",
    "preview_tag",
    "recall_warning",
    "recent_panels",
    "redo",
    "redraw_panel",
    "redraw_panels",
    "request_panels",
    "request_voices",
    "retime",
    "rewind_scene",
    "scan_brief",
    "scene_of",
    "search_shots",
    "shot_lengths",
    "shots_for_cut",
    "show_version",
    "split_shot",
    "submit_board",
    "submit_print",
    "submit_scan",
    "time_shots",
    "undo",
    "undoable",
    "undoable_entries",
    "upload_panel",
    "voice_briefs",
    "words_of_lines",
]
