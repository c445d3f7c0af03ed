"""Use cases of projects: the projects themselves (keeping), what films are made in (formats) and the people in them (members)."""

from studio.projects.service.formats import RATES, SHAPES, format_named, nearest_rate, size_of
from studio.projects.service.keeping import (
    bring_back,
    change_format,
    count_projects,
    create_project,
    editable_project,
    get_project,
    list_projects,
    mark_changed,
    name_of,
    put_away,
    rename_project,
)
from studio.projects.service.members import (
    add_member,
    change_member,
    list_members,
    remove_member,
    restore_member,
    role_in,
    teams_of,
)

__all__ = [
    "RATES",
    "SHAPES",
    "add_member",
    "bring_back",
    "change_format",
    "change_member",
    "count_projects",
    "create_project",
    "editable_project",
    "format_named",
    "get_project",
    "list_members",
    "list_projects",
    "mark_changed",
    "name_of",
    "nearest_rate",
    "put_away",
    "remove_member",
    "rename_project",
    "restore_member",
    "role_in",
    "size_of",
    "teams_of",
]
