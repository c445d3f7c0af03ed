"""Use cases of renders: what to expect (expecting), have a board voiced and scored (animatic), make films (making), keep their
pieces (keeping), see them (films, progress), look at any frame of a cut (looking) and of a template or a film (posters), hear how
loud a cut is (hearing), have what a browser cannot play rendered (previewing)."""

from studio.renders.service.animatic import get_animatic, submit_animatic
from studio.renders.service.expecting import list_presets, offered_presets, picture_weight, require_preset, sound_weight
from studio.renders.service.films import counts_by_project, get_film, get_sidecar, list_renders, posters_by_project
from studio.renders.service.hearing import hear_clips, hear_cut
from studio.renders.service.keeping import add_segment, forget_segments, known_segments, wanted_segments
from studio.renders.service.looking import NARROWEST, WIDEST, close_views, look_at_frame, look_at_letters, look_at_scope
from studio.renders.service.making import (
    MUSIC_WEIGHT,
    find_plan,
    finish_render,
    get_render,
    keep_plan,
    measures_key,
    pieces,
    request_pieces,
    sounds,
    submit_film,
    submit_render,
    submit_rest,
)
from studio.renders.service.posters import WIDEST_POSTER, film_poster, look_at_template
from studio.renders.service.previewing import (
    encoder_version,
    find_preview,
    preview_key,
    preview_pieces,
    preview_ranges,
    request_preview,
    start_preview,
    stop_preview,
)
from studio.renders.service.progress import list_pieces
from studio.renders.service.shelf import media_file, media_store

__all__ = [
    "MUSIC_WEIGHT",
    "NARROWEST",
    "WIDEST",
    "WIDEST_POSTER",
    "add_segment",
    "close_views",
    "counts_by_project",
    "encoder_version",
    "film_poster",
    "find_plan",
    "find_preview",
    "finish_render",
    "forget_segments",
    "get_animatic",
    "get_film",
    "get_render",
    "get_sidecar",
    "hear_clips",
    "hear_cut",
    "keep_plan",
    "known_segments",
    "list_pieces",
    "list_presets",
    "list_renders",
    "look_at_frame",
    "look_at_letters",
    "look_at_scope",
    "look_at_template",
    "measures_key",
    "media_file",
    "media_store",
    "offered_presets",
    "picture_weight",
    "pieces",
    "posters_by_project",
    "preview_key",
    "preview_pieces",
    "preview_ranges",
    "request_pieces",
    "request_preview",
    "require_preset",
    "sound_weight",
    "sounds",
    "start_preview",
    "stop_preview",
    "submit_animatic",
    "submit_film",
    "submit_render",
    "submit_rest",
    "wanted_segments",
]
