"""Use cases of renders: make films (making), keep their pieces (keeping), see them (films), watch one (progress)."""

from studio.renders.service.films import counts_by_project, get_film, list_presets, list_renders
from studio.renders.service.keeping import add_segment, forget_segments, known_segments
from studio.renders.service.making import (
    MUSIC_WEIGHT,
    finish_render,
    get_render,
    picture_weight,
    pieces,
    request_pieces,
    sound_key,
    sound_weight,
    submit_film,
    submit_render,
)
from studio.renders.service.progress import list_pieces

__all__ = [
    "MUSIC_WEIGHT",
    "add_segment",
    "counts_by_project",
    "finish_render",
    "forget_segments",
    "get_film",
    "get_render",
    "known_segments",
    "list_pieces",
    "list_presets",
    "list_renders",
    "picture_weight",
    "pieces",
    "request_pieces",
    "sound_key",
    "sound_weight",
    "submit_film",
    "submit_render",
]
