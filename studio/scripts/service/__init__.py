"""Use cases of scripts: bring one in and cast it (importing), read it (reading)."""

from studio.scripts.service.importing import cast_voices, checked_script, import_script
from studio.scripts.service.reading import (
    export_script,
    get_card,
    get_outline,
    get_scene,
    get_script,
    latest_by_project,
    latest_script,
    list_people,
    list_places,
    list_scenes,
    project_of,
    read_scene,
    read_scenes,
    search_people,
    search_scenes,
)

__all__ = [
    "cast_voices",
    "checked_script",
    "export_script",
    "get_card",
    "get_outline",
    "get_scene",
    "get_script",
    "import_script",
    "latest_by_project",
    "latest_script",
    "list_people",
    "list_places",
    "list_scenes",
    "project_of",
    "read_scene",
    "read_scenes",
    "search_people",
    "search_scenes",
]
