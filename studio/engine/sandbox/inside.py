"""The child of the sandbox: puts up the walls, then becomes the job. Started cold with its order in JSON, or forked (`zygote.py`).

Three processes at the best rung: this one, which waits outside; the first of the new namespaces, whose end is the end of all
in them; and the job. Without namespaces the job is a child of the first.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import runpy
import select
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from studio.engine.sandbox import calls, tree, walls

TOO_LONG, NOT_SET_UP, BY_SIGNAL = 124, 125, 128
"""How the child ends: out of processor time, walls not up, and this plus the signal that ended the job."""

FIRST_FILE = 3
"""The descriptor of the first of a job's open files; the others follow."""

_THREADS = 64
"""Threads a job may have that may not fork."""

_NO_DESCRIPTOR_ABOVE = 1 << 20


class Rung(StrEnum):
    """How far a job is kept apart, from the best to the least; `ladder.py` says what each is."""

    ISOLATED = "isolated"
    LANDLOCK = "landlock"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class Order:
    """What to run and within which walls, as it comes in the argument."""

    rung: str
    kind: str
    entry: str
    arguments: list[str]
    files: list[int]
    reads: list[str]
    code: str
    scratch: str
    asked_by: int
    cpu_s: int
    memory_bytes: int
    scratch_bytes: int
    open_files: int
    processes: int

    @property
    def isolated(self) -> bool:
        return self.rung == Rung.ISOLATED


def main() -> None:
    """Wait for the job and end as it ended."""
    order = Order(**json.loads(sys.argv[1]))
    walls.die_with_parent()
    if os.getppid() != order.asked_by:
        os._exit(1)
    os._exit(kept_apart(order))


def kept_apart(order: Order, watched: Sequence[int] = ()) -> int:
    """Do the job in processes of its own and say how it ended; it is ended when anything is heard of the `watched`."""
    try:
        user = walls.slot()
        if order.isolated:
            tree.unshare()
        elif order.scratch and os.geteuid() == 0:
            os.chown(order.scratch, user, user)
    except OSError as error:
        return _not_set_up(error)
    job = _first if order.isolated else _job
    return _forked(order, lambda alive: job(order, user, alive), watched)


def _first(order: Order, user: int, alive: int) -> NoReturn:
    """The first process of the new namespaces: makes the tree, and reaps."""
    try:
        walls.die_with_parent(alive)
        group = user if os.geteuid() == 0 else os.getegid()
        tree.move_in(_readable(order), scratch_bytes=order.scratch_bytes, user=user, group=group)
    except OSError as error:
        os._exit(_not_set_up(error))
    os._exit(_forked(order, lambda alive: _job(order, user, alive)))


def _job(order: Order, user: int, alive: int) -> NoReturn:
    """Give up everything, then run what was asked."""
    writes = [tree.SCRATCH] if order.isolated and order.scratch_bytes else [order.scratch] if order.scratch else []
    counted = order.isolated or os.geteuid() == 0
    try:
        if order.kind == "module":
            importlib.import_module(order.entry.partition(".")[0])
        walls.become(user)
        walls.die_with_parent(alive)
        _keep_only(order.files)
        if writes:
            os.environ.update(HOME=writes[0], TMPDIR=writes[0])
            os.chdir(writes[0])
        walls.limit(
            cpu_s=order.cpu_s,
            memory_bytes=order.memory_bytes,
            file_bytes=order.scratch_bytes,
            files=order.open_files,
            processes=max(order.processes, _THREADS) if counted else None,
        )
        if order.rung != Rung.LIMITS:
            reads = ["/"] if order.isolated else [*_readable(order), *tree.system_paths()]
            walls.landlock(reads, writes)
            calls.restrict(forks=order.processes > 0, execs=order.processes > 0 or order.kind == "program")
    except OSError as error:
        os._exit(_not_set_up(error))
    _become_what_was_asked(order)


def _become_what_was_asked(order: Order) -> NoReturn:
    sys.argv = [order.entry, *order.arguments]
    if order.kind == "program":
        os.execv(order.entry, sys.argv)  # noqa: S606 - the program is what was asked for
    try:
        if order.kind == "module":
            sys.modules.pop(order.entry, None)  # a warm parent may have imported it
            runpy.run_module(order.entry, run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(order.entry, run_name="__main__")
        sys.stdout.flush()
    except SystemExit as end:
        sys.stdout.flush()
        if isinstance(end.code, str):
            sys.stderr.write(end.code)
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
    except BaseException as error:  # noqa: BLE001 - as the interpreter itself ends
        sys.excepthook(type(error), error, error.__traceback__)
        os._exit(1)
    os._exit(0)


def _readable(order: Order) -> list[str]:
    """The interpreter and its packages, what the job is given by name, and of our code what it is made of."""
    if order.kind == "module":
        ours = {"studio", order.entry.partition(".")[0]}
        return [*order.reads, *(f"{order.code}/{each}" for each in ours), *interpreter()]
    return [*order.reads, order.entry, *interpreter()]


def interpreter() -> list[str]:
    """The folders Python and its packages live in."""
    return sorted({sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix})


def _keep_only(files: list[int]) -> None:
    """The three pipes and the job's files, these from 3 on and in order; whatever else is open is closed."""
    above = [fcntl.fcntl(each, fcntl.F_DUPFD, FIRST_FILE + len(files)) for each in files]
    for i, each in enumerate(above):
        os.dup2(each, FIRST_FILE + i)
    os.closerange(FIRST_FILE + len(files), _NO_DESCRIPTOR_ABOVE)


def _forked(order: Order, child: Callable[[int], NoReturn], watched: Sequence[int] = ()) -> int:
    """Run `child` in a child of ours, hold nothing of its pipes, and say how it ended; asked to end, end it first."""
    alive, held = os.pipe()
    pid = os.fork()
    if pid == 0:
        for each in (held, *watched):
            os.close(each)
        child(alive)

    def end_it(*_: object) -> None:
        os.kill(pid, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end_it)
    for each in (0, 1, alive, *order.files):
        os.close(each)
    if watched and _heard_before_the_end(pid, watched):
        end_it()
    while True:
        reaped, status, used = os.wait4(-1, 0)
        if reaped == pid:
            break
    os.close(held)
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    ended_by = os.WTERMSIG(status)
    slow = ended_by == signal.SIGXCPU or (ended_by == signal.SIGKILL and used.ru_utime + used.ru_stime >= order.cpu_s)
    return TOO_LONG if slow else BY_SIGNAL + ended_by


def _heard_before_the_end(pid: int, watched: Sequence[int]) -> bool:
    """Wait for the child's end or a word of the `watched`, the end of whoever has the other side included."""
    ended = os.pidfd_open(pid)
    try:
        ears = select.poll()
        for each in (ended, *watched):
            ears.register(each, select.POLLIN)
        return ended not in (heard for heard, _ in ears.poll())
    finally:
        os.close(ended)


def _not_set_up(error: OSError) -> int:
    sys.stderr.write(error.strerror or str(error))
    sys.stderr.flush()
    return NOT_SET_UP


if __name__ == "__main__":
    main()
