"""The `inkreel` command: its groups, and how every error becomes one sentence and an exit code."""

from __future__ import annotations

import json
import sys

import typer
from pydantic import ValidationError
from typer.exceptions import Abort, Exit, TyperException

from app.cli import audit, board, doctor, film, script, seed, up
from app.cli.media import bin as media_bin
from app.cli.media import cuts, probe, render, report, templates
from studio.core import log
from studio.core.errors import EXIT_CODE, StudioError, exit_code

cli = typer.Typer(
    name="inkreel", help="Words to a finished film, on your own machine.", no_args_is_help=True, add_completion=False
)
cli.command("up")(up.up)
cli.command("seed")(seed.seed)
cli.command("film")(film.film)
cli.command("board")(board.board)
cli.command("probe")(probe.probe)
cli.command("render")(render.render)
cli.command("report")(report.report)
cli.command("doctor")(doctor.doctor)
cli.add_typer(script.script, name="script")
cli.add_typer(audit.audit, name="audit")
cli.add_typer(cuts.timeline, name="timeline")
cli.add_typer(templates.template, name="template")
cli.add_typer(media_bin.bin_group, name="media")


@cli.callback()
def _root() -> None:
    """Words to a finished film, on your own machine."""


def main() -> None:
    """Run the command line. A failure is one sentence on standard error; with --json one object on standard output."""
    wants_json = "--json" in sys.argv[1:]
    log.configured("warning")  # until a command has a folder for its log
    try:
        code = cli(standalone_mode=False)
    except StudioError as e:
        code = _told(e.code, e.message, wants_json, kind=type(e).code)
    except ValidationError as e:
        code = _told("invalid", _wrong_settings(e), wants_json)
    except (KeyboardInterrupt, Abort):
        code = _told("cancelled", "Stopped.", wants_json)
    except Exit as e:
        code = e.exit_code
    except TyperException as e:
        code = _told("usage", e.format_message(), wants_json)
    except Exception:  # noqa: BLE001 - a person gets a sentence, the log the rest
        log.logger("app.cli").error("command broke", exc_info=True)
        code = _told("internal", "Something went wrong inside Inkreel. The log has the details.", wants_json)
    sys.exit(code or 0)


def _told(code: str, message: str, wants_json: bool, *, kind: str = "internal") -> int:
    if wants_json:
        print(json.dumps({"ok": False, "code": code, "message": message}, ensure_ascii=False), flush=True)
    else:
        print(f"inkreel: {message}", file=sys.stderr)
    return 2 if code == "usage" else EXIT_CODE.get(code, exit_code(kind))


def _wrong_settings(e: ValidationError) -> str:
    """Settings are the only thing validated while a command starts."""
    told = "; ".join(f"INKREEL_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}" for wrong in e.errors())
    return f"A setting is wrong. {told}."
