"""`inkreel timeline list, create, edit, undo, merge`: cuts by hand in the data folder, without a server."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from app.cli.media.timeline import timeline
from studio.accounts import service as accounts
from studio.core.db import unit_of_work
from studio.core.errors import Invalid
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings
from studio.engine.editing import from_json
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard, TimelineEdit

_MOST_BYTES = 8 << 20
_TOLD = 20
_Project = Annotated[str, typer.Argument(help="The project's id, as its address has it.", show_default=False)]
_Cut = Annotated[str, typer.Argument(help="The cut's id, as `timeline list` says it.", show_default=False)]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
_Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what would come of it.")]


@timeline.command("list")
def list_cuts(project: _Project, as_json: _Json = False) -> None:
    """The cuts of a project: those that follow a board, and those by hand."""
    _ready()
    with unit_of_work() as uow:
        cards = timelines.list_timelines(uow, accounts.ensure_owner(uow), project)
    if as_json:
        print(json.dumps({"ok": True, "timelines": [_plain(card) for card in cards]}, ensure_ascii=False))
        return
    for card in cards:
        kind = "live" if card.live else "by hand"
        print(f"{card.id}  {kind:8}  revision {card.revision:<5}  {card.frames:>8} frames  {card.name}")


@timeline.command("create")
def create(
    project: _Project,
    name: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
    begin: Annotated[str, typer.Option("--begin", help="board, empty or copy.")] = "board",
    script: Annotated[str, typer.Option("--script", help="The script whose board it begins from.")] = "",
    copy_of: Annotated[str, typer.Option("--of", help="The cut that is copied.")] = "",
    as_json: _Json = False,
) -> None:
    """Begin a cut by hand."""
    if begin not in ("board", "empty", "copy"):
        raise Invalid("A cut begins as board, empty or copy.", field="begin")
    _ready()
    with unit_of_work() as uow:
        made = timelines.create_timeline(
            uow,
            accounts.ensure_owner(uow),
            project,
            name=name,
            begin=begin,
            script_id=script or None,
            timeline_id=copy_of or None,
        )
    told = {"ok": True, "id": made.id, "name": made.name, "revision": made.revision, "frames": made.timeline.frames}
    print(json.dumps(told, ensure_ascii=False) if as_json else f"{made.id}  {made.name}")


@timeline.command("edit")
def edit(
    cut: _Cut,
    edits: Annotated[
        Path, typer.Option("--ops", help="A JSON file: a list of edits, each with its op.", show_default=False)
    ],
    revision: Annotated[int, typer.Option("--revision", help="The revision they are meant for; else the newest.")] = 0,
    label: Annotated[str, typer.Option("--label", help="What the history calls it.")] = "",
    dry_run: _Dry = False,
    as_json: _Json = False,
) -> None:
    """Edit a cut by hand: all of the edits, or none."""
    wanted = [from_json(each) for each in _read(edits)]
    _ready()
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        at = revision or timelines.get_timeline(uow, actor, cut).revision
        done = timelines.edit_timeline(uow, actor, cut, wanted, revision=at, label=label, dry_run=dry_run)
    _say(done, as_json=as_json)


@timeline.command("undo")
def undo(
    cut: _Cut,
    act: Annotated[int, typer.Option(min=0, help="The revision an older act of yours led to; 0 is your last act.")] = 0,
    as_json: _Json = False,
) -> None:
    """Undo one's last act on a cut by hand, or an older one; what was done since stays."""
    _ready()
    with unit_of_work() as uow:
        done = timelines.undo(uow, accounts.ensure_owner(uow), cut, revision=act or None)
    _say(done, as_json=as_json)


@timeline.command("merge")
def merge(cut: _Cut, dry_run: _Dry = False, as_json: _Json = False) -> None:
    """Lay what is new on the board on a cut by hand; what was done by hand stays."""
    _ready()
    with unit_of_work() as uow:
        found = timelines.merge_board(uow, accounts.ensure_owner(uow), cut, dry_run=dry_run)
    if as_json:
        notes = {"taken": [asdict(n) for n in found.taken], "conflicts": [asdict(n) for n in found.conflicts]}
        print(json.dumps({"ok": True, **asdict(found.edit), **notes}, ensure_ascii=False))
        return
    for note in (*found.taken, *found.conflicts):
        print(note.sentence)
    if not found.taken and not found.conflicts:
        print("Nothing is new on the board.")


@timeline.command("lengths")
def lengths(
    cut: _Cut,
    give: Annotated[bool, typer.Option("--give", help="Give the board the lengths shots have in the cut.")] = False,
    as_json: _Json = False,
) -> None:
    """Shots that are longer or shorter in a cut by hand than on its board."""
    _ready()
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        found = timelines.list_lengths(uow, actor, cut)
        done = timelines.give_lengths(uow, actor, cut) if give and found else None
    kept = {each.shot_id: each.problem for each in done.kept} if done else {}
    told = [
        {"shot": each.number, "on_board": each.on_board, "in_cut": each.in_cut, "problem": kept.get(each.shot_id, "")}
        for each in found
    ]
    if as_json:
        print(json.dumps({"ok": True, "given": done is not None, "lengths": told}, ensure_ascii=False))
        return
    for each in told:
        print(
            f"{each['shot']:8} {each['on_board']:>6} frames on the board, {each['in_cut']} in the cut  {each['problem']}"
        )
    if not told:
        print("Every shot is as long on the board.")


def _ready() -> None:
    prepared_home(settings())
    migrated()


def _read(file: Path) -> list[Any]:
    """The edits in a file. Raises: Invalid."""
    try:
        with file.open("rb") as f:
            data = f.read(_MOST_BYTES + 1)
    except OSError as e:
        raise Invalid(f"{file} cannot be read ({e.strerror}). Give a JSON file with edits.", field="ops") from e
    if len(data) > _MOST_BYTES:
        raise Invalid(f"{file} is too large for a list of edits.", field="ops")
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as e:
        raise Invalid(f"{file} is no JSON. Give a list of edits.", field="ops") from e
    if not isinstance(found, list):
        raise Invalid(f"{file} holds no list of edits.", field="ops")
    return cast("list[Any]", found)


def _say(done: TimelineEdit, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ok": True, **asdict(done)}, ensure_ascii=False))
        return
    print(f"{done.label}: revision {done.revision}, {done.frames_before} to {done.frames} frames")
    for change in done.changes[:_TOLD]:
        print(f"  {change.name or change.clip}: {change.became}")
    if len(done.changes) > _TOLD:
        print(f"  and {len(done.changes) - _TOLD} more")


def _plain(card: TimelineCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "live": card.live,
        "revision": card.revision,
        "frames": card.frames,
        "rate": str(card.rate),
        "changed_at": (card.changed_at or card.created_at).isoformat(),
    }
