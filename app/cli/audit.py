"""`inkreel audit`: look over the history of a project, where the data folder is at hand."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from studio.audit import service as chains
from studio.core.db import reading
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings
from studio.projects import service as projects

audit = typer.Typer(help="Look over the history of a project.", no_args_is_help=True)


@audit.callback()
def _group() -> None:
    """Look over the history of a project."""


@audit.command("verify")
def verify(
    project: Annotated[str, typer.Argument(help="The project's id, as its address has it.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Prove that no entry of a project's history was changed or removed since it was written."""
    prepared_home(settings())
    migrated()
    with reading() as uow:
        name = projects.name_of(uow, project)
        found = chains.verify(uow, project)
    if as_json:
        told = {"ok": found.broken is None, "project": name, "entries": found.entries, "head": found.head}
        print(json.dumps({**told, "broken": found.broken, "message": found.why}, ensure_ascii=False))
    elif found.broken is None:
        print(f"{name}: all {found.entries:,} entries are as they were written.\nThe last one's hash is {found.head}")
    else:
        print(f"{name}: {found.why} The {found.entries:,} before it are as they were written.")
    if found.broken is not None:
        raise typer.Exit(65)
