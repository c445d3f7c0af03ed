"""Use cases of renders: make films (making), see them (films), watch one being made (progress)."""

from studio.renders.service.films import counts_by_project, get_film, list_presets, list_renders
from studio.renders.service.making import (
    MUSIC_WEIGHT,
    add_segment,
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
    "get_film",
    "get_render",
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
