"""The `inkreel` command: its groups, and how every error becomes one sentence and an exit code."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from studio.core.errors import EXIT_CODE, StudioError, exit_code

if TYPE_CHECKING:
    from pydantic import ValidationError

COMMANDS = {
    "up": ("app.cli.up:up", "Start the studio and keep it running until Ctrl+C."),
    "seed": ("app.cli.seed:seed", "Make the sample project for the first account, else for the owner of this machine."),
    "film": ("app.cli.film:film", "Make a film of a script: shots, panels, voices, music, captions, render."),
    "board": (
        "app.cli.board:board",
        "Make a storyboard of a script: shots, panels, and the file to hand round. Shot lists and worksheets need no drawing.",
    ),
    "probe": ("app.cli.media.probe:probe", "Say what a media file holds: streams, size, rate, exact frames, chapters."),
    "render": (
        "app.cli.media.render:render",
        "Render a timeline file, or a cut of the studio as its page does. Only what changed since the last time is made anew.",
    ),
    "report": (
        "app.cli.media.report:report",
        "Measure a file: black, frozen and silent stretches, clipping, loudness, flashes, its end. Exit code 65 when it fails.",
    ),
    "doctor": (
        "app.cli.doctor:doctor",
        "Look at this machine. Exit code 0 when films can be made, 69 when something needed is missing.",
    ),
    "script": ("app.cli.script:script", "Look at a screenplay file, or turn it into another format."),
    "audit": ("app.cli.audit:audit", "Look over the history of a project."),
    "timeline": (
        "app.cli.media.cuts:timeline",
        "Look at a timeline file, turn it into another format, or work on the cuts of a project.",
    ),
    "template": ("app.cli.media.templates:template", "Templates: titles, straps, split screens, and your own."),
    "media": ("app.cli.media.bin:bin_group", "Bring media into a project, and see what is there."),
}
"""Each command: where it is, and what the list of them says of it. Only the one that is called is loaded."""


def command_line(called: str = "") -> typer.Typer:
    """The commands and groups, of which only the one that is called is whole; the others have a name and a line."""
    cli = typer.Typer(
        name="inkreel",
        help="Words to a finished film, on your own machine.",
        no_args_is_help=True,
        add_completion=False,
        callback=_root,
    )
    for name, (place, line) in COMMANDS.items():
        if name != called:
            cli.command(name, help=line)(_not_loaded)
            continue
        module, _, found = place.partition(":")
        loaded = getattr(import_module(module), found)
        if isinstance(loaded, typer.Typer):
            cli.add_typer(loaded, name=name)
        else:
            cli.command(name)(loaded)
    return cli


def _not_loaded() -> None:
    raise AssertionError("a command was called that was not loaded")


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"Inkreel {version('inkreel')}")
        raise Exit


def _root(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which Inkreel this is.")
    ] = False,
) -> None:
    """Words to a finished film, on your own machine."""


def main() -> None:
    """Run the command line. A failure is one sentence on standard error; with --json one object on standard output."""
    wants_json = "--json" in sys.argv[1:]
    called = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        if called:
            _log_to_screen()
        code = command_line(called)(standalone_mode=False)
    except StudioError as e:
        code = _told(e.code, e.message, wants_json, kind=type(e).code)
    except (KeyboardInterrupt, Abort):
        code = _told("cancelled", "Stopped.", wants_json)
    except Exit as e:
        code = e.exit_code
    except TyperException as e:
        code = _told("usage", e.format_message(), wants_json)
    except Exception as e:  # noqa: BLE001 - a person gets a sentence, the log the rest
        code = _broken(e, wants_json)
    sys.exit(code or 0)


def _log_to_screen() -> None:
    """Until a command has a folder for its log. What only says which commands there are loads neither logs nor settings."""
    from studio.core import log

    log.configured("warning")


def _broken(e: Exception, wants_json: bool) -> int:
    from pydantic import ValidationError

    from studio.core import log

    if isinstance(e, ValidationError):
        return _told("invalid", _wrong_settings(e), wants_json)
    log.logger("app.cli").error("command broke", exc_info=e)
    return _told("internal", "Something went wrong inside Inkreel. The log has the details.", wants_json)


def _told(code: str, message: str, wants_json: bool, *, kind: str = "internal") -> int:
    if wants_json:
        print(json.dumps({"ok": False, "code": code, "message": message}, ensure_ascii=False), flush=True)
    elif message:
        print(f"inkreel: {message}", file=sys.stderr)
    return 2 if code == "usage" else EXIT_CODE.get(code, exit_code(kind))


def _wrong_settings(e: ValidationError) -> str:
    """Settings are the only thing validated while a command starts."""
    told = "; ".join(f"INKREEL_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}" for wrong in e.errors())
    return f"A setting is wrong. {told}."
