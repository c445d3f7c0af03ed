"""Use cases of timelines: make cuts (cutting), read them (reading), keep step with the board (following), edit them (editing),
hand them to other programs (exporting), know which media they use (using)."""

from studio.timelines.service.cutting import build_animatic, keep_for_film, plan_score, start_cut
from studio.timelines.service.editing import edit_cut
from studio.timelines.service.exporting import export_timeline
from studio.timelines.service.following import keep_in_step
from studio.timelines.service.reading import (
    find_cut,
    get_captions,
    get_timeline,
    latest,
    latest_by_project,
    list_chapters,
    scripts_of,
)
from studio.timelines.service.using import media_in_use

__all__ = [
    "build_animatic",
    "edit_cut",
    "export_timeline",
    "find_cut",
    "get_captions",
    "get_timeline",
    "keep_for_film",
    "keep_in_step",
    "latest",
    "latest_by_project",
    "list_chapters",
    "media_in_use",
    "plan_score",
    "scripts_of",
    "start_cut",
]
