"""`inkreel template list, show, save, use, export, import`: pieces of film to fill, in the data folder, without a server."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from studio.accounts import service as accounts
from studio.core.db import unit_of_work
from studio.core.errors import Invalid
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings
from studio.timelines import service as timelines
from studio.timelines.views import TemplateCard

template = typer.Typer(help="Templates: titles, straps, split screens, and your own.", no_args_is_help=True)
_MOST_BYTES = 1 << 20
_Project = Annotated[str, typer.Argument(help="The project's id, as its address has it.", show_default=False)]
_Template = Annotated[str, typer.Argument(help="The template's id, as `template list` says it.", show_default=False)]
_Cut = Annotated[str, typer.Argument(help="The cut's id, as `timeline list` says it.", show_default=False)]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


@template.command("list")
def list_templates(project: _Project, as_json: _Json = False) -> None:
    """Inkreel's own, and those saved in a project."""
    _ready()
    with unit_of_work() as uow:
        cards = timelines.list_templates(uow, accounts.ensure_owner(uow), project)
    if as_json:
        print(json.dumps({"ok": True, "templates": [asdict(card) for card in cards]}, ensure_ascii=False))
        return
    for card in cards:
        print(f"{card.id:36}  {card.seconds:>5g} s  {card.name}")


@template.command("show")
def show(project: _Project, template_id: _Template, as_json: _Json = False) -> None:
    """What is filled in a template."""
    _ready()
    with unit_of_work() as uow:
        found = timelines.get_template(uow, accounts.ensure_owner(uow), project, template_id)
    told = [{"name": p.name, "label": p.label, "kind": p.kind, "default": p.default} for p in found.parameters]
    if as_json:
        print(json.dumps({"ok": True, "name": found.name, "parameters": told}, ensure_ascii=False))
        return
    print(f"{found.name}: {found.about}")
    for each in told:
        print(f"  {each['name']:16} {each['kind']:8} {each['label']}: {each['default']}")


@template.command("save")
def save(
    cut: _Cut,
    name: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
    clips: Annotated[list[str], typer.Argument(help="Ids of clips of the cut.", show_default=False)],
    as_json: _Json = False,
) -> None:
    """Keep clips of a cut, with their groups, as a template."""
    _ready()
    with unit_of_work() as uow:
        card = timelines.save_template(uow, accounts.ensure_owner(uow), cut, clips, name=name)
    _say(card, as_json=as_json)


@template.command("use")
def use(
    cut: _Cut,
    template_id: _Template,
    at: Annotated[int, typer.Option("--at", help="The frame of the cut it begins at.")] = 0,
    values: Annotated[str, typer.Option("--values", help="What is filled, as a JSON object by name.")] = "{}",
    as_json: _Json = False,
) -> None:
    """Fill a template and lay it over a cut by hand: one act."""
    filled = _values(values)
    _ready()
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        revision = timelines.get_timeline(uow, actor, cut).revision
        done = timelines.use_template(uow, actor, cut, template_id, filled, at=at, revision=revision)
    told = {"ok": True, "label": done.label, "revision": done.revision, "frames": done.frames}
    print(json.dumps(told, ensure_ascii=False) if as_json else f"{done.label}: revision {done.revision}")


@template.command("export")
def export(
    project: _Project,
    template_id: _Template,
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
) -> None:
    """Write a template somebody saved into a file."""
    _ready()
    with unit_of_work() as uow:
        found = timelines.template_file(uow, accounts.ensure_owner(uow), project, template_id)
    try:
        file.write_bytes(found.data)
    except OSError as e:
        raise Invalid(f"{file} cannot be written ({e.strerror}).", field="file") from e
    print(file)


@template.command("import")
def bring_in(
    project: _Project,
    file: Annotated[Path, typer.Argument(help="A file `template export` wrote.", show_default=False)],
    as_json: _Json = False,
) -> None:
    """Read a template of a file into a project; its pictures are chosen anew where it has not the same."""
    try:
        with file.open("rb") as f:
            data = f.read(_MOST_BYTES + 1)
    except OSError as e:
        raise Invalid(f"{file} cannot be read ({e.strerror}).", field="file") from e
    _ready()
    with unit_of_work() as uow:
        card = timelines.add_template(uow, accounts.ensure_owner(uow), project, data)
    _say(card, as_json=as_json)


def _say(card: TemplateCard, *, as_json: bool) -> None:
    print(json.dumps({"ok": True, **asdict(card)}, ensure_ascii=False) if as_json else f"{card.id}  {card.name}")


def _values(text: str) -> dict[str, Any]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise Invalid('Give the values as JSON: {"name": "Ann Lee"}.', field="values") from e
    if not isinstance(found, dict):
        raise Invalid('Give the values as JSON: {"name": "Ann Lee"}.', field="values")
    return cast("dict[str, Any]", found)


def _ready() -> None:
    prepared_home(settings())
    migrated()
