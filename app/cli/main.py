"""The `inkreel` command: its groups, and how every error becomes one sentence and an exit code."""

from __future__ import annotations

import json
import sys

import typer
from typer.exceptions import Abort, Exit, TyperException

from app.cli import doctor, film
from studio.core import log
from studio.core.errors import StudioError, exit_code

cli = typer.Typer(
    name="inkreel", help="Words to a finished film, on your own machine.", no_args_is_help=True, add_completion=False
)
cli.command("film")(film.film)
cli.command("doctor")(doctor.doctor)


@cli.callback()
def _root() -> None:
    """Words to a finished film, on your own machine."""


def main() -> None:
    """Run the command line. A failure is one sentence on standard error; with --json one object on standard output."""
    wants_json = "--json" in sys.argv[1:]
    try:
        code = cli(standalone_mode=False)
    except StudioError as e:
        code = _told(e.code, e.message, wants_json)
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


def _told(code: str, message: str, wants_json: bool) -> int:
    if wants_json:
        print(json.dumps({"ok": False, "code": code, "message": message}, ensure_ascii=False), flush=True)
    else:
        print(f"inkreel: {message}", file=sys.stderr)
    return 2 if code == "usage" else exit_code(code)
