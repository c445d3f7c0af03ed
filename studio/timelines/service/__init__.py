"""Use cases of timelines: make cuts (cutting), read them (reading), keep step with the board (following), edit them (editing),
hand them to other programs (exporting), know which media they use (using), tell what is wrong with them (checking) and how they
sound (mixing); cuts edited by hand beside the board are in `hand`, what is laid into them ready made in `templates`."""

from studio.timelines.service.checking import check_timeline
from studio.timelines.service.cutting import build_animatic, keep_for_film, plan_score, start_cut
from studio.timelines.service.editing import edit_cut
from studio.timelines.service.exporting import export_timeline
from studio.timelines.service.following import keep_in_step
from studio.timelines.service.hand.changing import edit_timeline
from studio.timelines.service.hand.history import (
    branch_timeline,
    compare,
    edits_since,
    list_edits,
    list_versions,
    restore_timeline,
    save_version,
    timeline_at,
)
from studio.timelines.service.hand.importing import import_timeline, read_timeline
from studio.timelines.service.hand.lengths import give_lengths, list_lengths
from studio.timelines.service.hand.making import (
    bring_back_timeline,
    create_timeline,
    delete_timeline,
    list_timelines,
    match_empty,
    rename_timeline,
)
from studio.timelines.service.hand.merging import behind_board, merge_board
from studio.timelines.service.hand.rewriting import lay_take, rewrite_sentence, take_brief
from studio.timelines.service.hand.spoken import list_sentences, said_anew_in, words_of
from studio.timelines.service.hand.undoing import redo, undo, undoable
from studio.timelines.service.hand.viewing import media_of, view_of, with_renditions
from studio.timelines.service.mixing import mix_of, voiced
from studio.timelines.service.reading import (
    find_cut,
    get_captions,
    get_card,
    get_timeline,
    latest,
    latest_by_project,
    list_chapters,
    scripts_of,
    shapes_of,
)
from studio.timelines.service.templates.files import add_template, template_file
from studio.timelines.service.templates.keeping import (
    change_template,
    delete_template,
    get_template,
    list_templates,
    save_template,
)
from studio.timelines.service.templates.using import change_use, find_use, poster_piece, use_template
from studio.timelines.service.using import media_in_use, missing_files, relink_media, uses_of

__all__ = [
    "add_template",
    "behind_board",
    "branch_timeline",
    "bring_back_timeline",
    "build_animatic",
    "change_template",
    "change_use",
    "check_timeline",
    "compare",
    "create_timeline",
    "delete_template",
    "delete_timeline",
    "edit_cut",
    "edit_timeline",
    "edits_since",
    "export_timeline",
    "find_cut",
    "find_use",
    "get_captions",
    "get_card",
    "get_template",
    "get_timeline",
    "give_lengths",
    "import_timeline",
    "keep_for_film",
    "keep_in_step",
    "latest",
    "latest_by_project",
    "lay_take",
    "list_chapters",
    "list_edits",
    "list_lengths",
    "list_sentences",
    "list_templates",
    "list_timelines",
    "list_versions",
    "match_empty",
    "media_in_use",
    "media_of",
    "merge_board",
    "missing_files",
    "mix_of",
    "plan_score",
    "poster_piece",
    "read_timeline",
    "redo",
    "relink_media",
    "rename_timeline",
    "restore_timeline",
    "rewrite_sentence",
    "said_anew_in",
    "save_template",
    "save_version",
    "scripts_of",
    "shapes_of",
    "start_cut",
    "take_brief",
    "template_file",
    "timeline_at",
    "undo",
    "undoable",
    "use_template",
    "uses_of",
    "view_of",
    "voiced",
    "with_renditions",
    "words_of",
]
