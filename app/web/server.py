"""What runs inside the web process: granian with one worker, one port, pages and routes together. `python -m app.web.server`."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from importlib import import_module
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from jobs import processes
from studio.core import log
from studio.core.settings import prepared_home, settings

PAGES = "app.app:app"
_STOP_S = 2  # open sockets never end by themselves
_SWITCH_S = 0.0005  # a thread at work gives way to the event loop after this long


def loaded(target: str) -> Any:
    """In the worker: the ASGI application that `module:factory` makes. The worker ends when granian's main process does."""
    parent = multiprocessing.parent_process()
    processes.die_with_parent(parent.pid if parent else None)
    s = settings()
    log.configured(s.log_level, prepared_home(s) / "logs" / "web.jsonl")
    module, _, factory = target.partition(":")
    app = getattr(import_module(module), factory)()
    gc.collect()
    gc.freeze()  # what was imported stays: the collector need not look at it again
    sys.setswitchinterval(_SWITCH_S)
    return app


def main() -> None:
    """Serve until told to end; a worker that dies ends the whole process, and whoever started it starts it again."""
    s = settings()
    target = sys.argv[1] if len(sys.argv) > 1 else PAGES
    server = Server(
        target,
        address=s.host,
        port=s.port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=_STOP_S,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=loaded)


if __name__ == "__main__":
    main()
