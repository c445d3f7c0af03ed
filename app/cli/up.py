"""`inkreel up`: the whole studio in one process group, until Ctrl+C: Redis, migrations, workers, sweeper and the web process."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
import time
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.cli import health
from app.cli.running import sole_run
from app.cli.stop import Stop, stoppable
from app.web import frontend
from app.web.process import WebProcess, next_free_port, port_error
from jobs import redis_server
from jobs.crew import Crew
from studio.accounts import service as accounts
from studio.core import log
from studio.core.db import reading
from studio.core.errors import Cancelled, Unavailable
from studio.core.settings import Settings, settings

_STOPPED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_HEALTHY_S = 90.0
_TICK_S = 0.1
_QUICK_DEATHS = 5


def up(
    host: Annotated[
        str | None, typer.Option(help="Where to listen; 0.0.0.0 for every network of this machine.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The one port of pages, routes and sockets.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="How many workers; one per core unless said.")
    ] = None,
    home: Annotated[Path | None, typer.Option(help="The data folder; ./.inkreel unless said.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object when it is healthy, nothing else.")] = False,
) -> None:
    """Start the studio and keep it running until Ctrl+C."""
    _set(INKREEL_HOST=host, INKREEL_PORT=port, INKREEL_WORKERS=workers, INKREEL_HOME=home)
    run(settings(), Screen(silent=as_json), open_browser=open_browser)


class Screen:
    """What a person sees: lines that stay, and one that changes in place; a program sees one object."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._passing = ""

    def say(self, line: str) -> None:
        if not self._silent:
            self._print(f"{self._cleared()}{line}\n")

    def passing(self, line: str) -> None:
        """A line that the next takes the place of; where lines cannot be taken back, only its first form."""
        if self._silent or line == self._passing:
            return
        if sys.stdout.isatty():
            self._print(f"{self._cleared()}{line}")
        elif line.split(":")[0] != self._passing.split(":")[0]:
            self._print(f"{line.split(':')[0]}\n")
        self._passing = line

    def running(self, s: Settings, first_run: str | None) -> None:
        if self._silent:
            self._print(json.dumps({"address": s.origin, "first_run": first_run}) + "\n")
            return
        self.say(f"Inkreel is running at {s.origin}")
        if first_run:
            self.say(f"Make the first account: {first_run}")
        self.say("Stop it with Ctrl+C.")
        self.say(f"Data: {s.home_folder}   Logs: {s.home_folder / 'logs'}")

    def _cleared(self) -> str:
        before, self._passing = self._passing, ""
        return "\r\x1b[2K" if before and sys.stdout.isatty() else ""

    def _print(self, text: str) -> None:
        """Whoever read us may have gone: that is no reason to end badly."""
        try:
            print(text, end="", flush=True)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(s: Settings, screen: Screen, *, open_browser: bool = False, web: WebProcess | None = None) -> None:
    """Start everything, say where, keep it running until a signal, end everything.

    Raises:
        Unavailable, Conflict, Invalid: it cannot be started; the sentence says why and what to do.
    """
    with stoppable(*_STOPPED_BY) as stop, sole_run(s):
        _check(s, screen)
        (s.home_folder / "logs").mkdir(exist_ok=True)
        log.configured(s.log_level, s.home_folder / "logs" / "up.jsonl")
        try:
            site = s.home_folder if web else frontend.built(told=screen.passing, stop=stop)
            _Studio(s, web or WebProcess(s, site), screen, stop).run(open_browser=open_browser)
        except Cancelled:
            pass
        screen.say("Stopped.")


@dataclass(slots=True)
class _Studio:
    """Crew and web process together."""

    settings: Settings
    web: WebProcess
    screen: Screen
    stop: Stop

    def run(self, *, open_browser: bool) -> None:
        crew = Crew(self.settings)
        try:
            self.screen.passing("Starting")
            crew.start()
            self.web.start()
            self._until_healthy(crew)
            first_run = _first_run_link(self.settings)
            self.screen.running(self.settings, first_run)
            if open_browser and _has_display():
                webbrowser.open(first_run or self.settings.origin)
            self._until_stopped()
        finally:
            self.screen.passing("Stopping")
            self.web.ask_to_end()
            crew.stop()
            self.web.stop()

    def _until_healthy(self, crew: Crew) -> None:
        until = time.monotonic() + _HEALTHY_S
        while not (crew.healthy() and self.web.healthy()):
            if self.stop():
                raise Cancelled("Stopped.")
            if self.web.quick_deaths >= _QUICK_DEATHS or time.monotonic() > until:
                raise Unavailable(
                    f"The studio did not come up. The logs say why: {self.web.log_file.parent}",
                    service="web",
                    retryable=False,
                )
            self.web.tend()
            time.sleep(_TICK_S)

    def _until_stopped(self) -> None:
        told = False
        while not self.stop():
            self.web.tend()
            if self.web.quick_deaths < _QUICK_DEATHS:
                told = False
            elif not told:
                told = True
                self.screen.say(
                    f"The web process has died {_QUICK_DEATHS} times in a row and is started again every few seconds. "
                    f"Its log says why: {self.web.log_file}"
                )
            time.sleep(_TICK_S)


def _set(**given: object) -> None:
    """Settings given as options win over the environment, here and in every process we start."""
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    settings.cache_clear()


def _check(s: Settings, screen: Screen) -> None:
    """Refuse at once what would fail later; name what only some work will miss. Raises: Unavailable, Invalid."""
    _check_port(s)
    free = shutil.disk_usage(s.home_folder).free >> 20
    if free < s.disk_reserve_mb:
        raise Unavailable(
            f"The disk of {s.home_folder} is nearly full: {free} MB are free and {s.disk_reserve_mb} MB are kept in "
            "reserve. Free some space, or choose a folder on a larger disk with --home.",
            service="disk",
            retryable=False,
        )
    if not s.redis_url:
        redis_server.required_binary()
    for lack in health.lacking_tools(s):
        screen.say(f"Without {lack.name} no film can be made here. Mend it with: {lack.fix}")
    if not (sandbox := health.sandbox()).ok:
        screen.say(
            f"What comes from outside is not fully kept apart here: {sandbox.found}. Mend it with: {sandbox.fix}"
        )


def _check_port(s: Settings) -> None:
    why = port_error(s.host, s.port)
    if not why:
        return
    free = next_free_port(s.host, max(s.port, 1023))
    told = "is kept for root" if why == errno.EACCES else "is taken by another program"
    advice = f"Start with: {_command(s.host, free)}" if free else "Choose another with --port."
    raise Unavailable(f"Port {s.port} on {s.host} {told}. {advice}", service="port", code="port_taken", retryable=False)


def _command(host: str, port: int) -> str:
    """The command that starts the studio as this one was started, on another port."""
    elsewhere = "" if host == Settings.model_fields["host"].default else host
    if "MAKELEVEL" in os.environ:
        return f"make studio PORT={port}" + (f" HOST={elsewhere}" if elsewhere else "")
    home = f" --home {os.environ['INKREEL_HOME']}" if "INKREEL_HOME" in os.environ else ""
    return f"inkreel up --port {port}" + (f" --host {elsewhere}" if elsewhere else "") + home


def _first_run_link(s: Settings) -> str | None:
    """Where the first account is made; None when there is one."""
    with reading() as uow:
        if accounts.any_account(uow):
            return None
    return f"{s.origin}/signup" + (f"?setup={s.setup_code()}" if s.needs_setup_code else "")


def _has_display() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
