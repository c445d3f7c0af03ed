"""Runs one job in the sandbox: bytes in, bytes out, and no way for it to hold us up, fill us up or outlive us."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Literal

from studio.core import log
from studio.core.errors import Cancelled, SandboxRefused
from studio.engine.sandbox import warm
from studio.engine.sandbox.inside import BY_SIGNAL, NOT_SET_UP, TOO_LONG, Order, Rung
from studio.engine.sandbox.starting import CODE, Cold, NotBegun, Started

_POLL_S = 0.05
_LOOK_S = 0.5
_READ_BYTES = 1 << 16
_TOLD_BYTES = 2000

_log = log.logger("engine.sandbox")


class TookTooLong(Exception):
    """The job was stopped for its time."""


class CameToGrief(Exception):
    """The job ended badly, or said or wrote too much; the message is the end of what it said of itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take. Without `scratch_bytes` it writes no file; without `processes` it starts none, only threads."""

    wall_s: float = 600.0
    cpu_s: int = 300
    memory_bytes: int = 4 << 30
    scratch_bytes: int = 0
    out_bytes: int = 1 << 30
    log_bytes: int = 1 << 20
    open_files: int = 256
    processes: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What to run: one of our modules, a Python file or a program, with arguments that hold no secret.

    `files` are handed over open, as descriptors 3, 4, ... (read-only, whoever may read them otherwise); `reads` are files and
    folders the job finds under their own names, if others than their owner may read them. `output` is an open descriptor the
    job's standard output becomes, another program's pipe; only for modules of ours, for nobody counts what goes there.
    """

    kind: Literal["module", "file", "program"]
    entry: str
    arguments: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    reads: tuple[Path, ...] = ()
    output: int | None = None


@dataclass(slots=True)
class Ears:
    """Who hears what a job says while it runs; what nobody hears of its output is kept and returned."""

    stop: Callable[[], bool] = field(default=lambda: False)
    on_output: Callable[[bytes], None] | None = None
    on_log: Callable[[bytes], None] | None = None


def run(work: Work, data: bytes = b"", *, limits: Limits, ours: bool = False, ears: Ears | None = None) -> bytes:
    """Do the work apart and return what it wrote on standard output; `data` is its standard input.

    `ours` says that the code is our own and only the bytes are a stranger's: a lower rung will do. Must be called on a
    thread that lives until it returns: a child that was started cold is tied to that thread's life.

    Raises:
        SandboxRefused: this machine cannot keep it apart as far as it must be; the message says what mends it.
        TookTooLong, CameToGrief: as they say.
        Cancelled: `ears.stop()` said so; nothing of the job is left by then.
        OSError: one of `files` cannot be opened.
    """
    if work.output is not None and not (ours and work.kind == "module"):
        raise ValueError("only a module of ours writes where its output is not counted")
    from studio.engine.sandbox import ladder  # the settings behind it are half a second of a child that imports us

    return run_at(ladder.required(ours=ours), work, data, limits=limits, ears=ears or Ears())


def run_at(rung: Rung, work: Work, data: bytes, *, limits: Limits, ears: Ears) -> bytes:
    """As `run`, at a rung nobody has judged: for the judge itself."""
    with ExitStack() as held:
        files = [held.enter_context(path.open("rb")).fileno() for path in work.files]
        scratch = ""
        if limits.scratch_bytes and rung is not Rung.ISOLATED:
            scratch = held.enter_context(_folder())
        order = _order(rung, work, files, scratch, limits)
        return _done(order, data, limits, ears, work.output)


def _done(order: Order, data: bytes, limits: Limits, ears: Ears, output: int | None) -> bytes:
    """The job from a warm interpreter, twice if the first was no more there, or else in one of its own."""
    if warm.fits(order):
        for _ in range(2):
            with contextlib.suppress(NotBegun), _Child(warm.Warm, order, data, limits, ears, output) as child:
                return child.result()
        warm.give_up()
    with _Child(Cold, order, data, limits, ears, output) as child:
        return child.result()


@contextlib.contextmanager
def _folder() -> Generator[str]:
    path = tempfile.mkdtemp(prefix="inkreel-job-")
    try:
        yield os.path.realpath(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _order(rung: Rung, work: Work, files: list[int], scratch: str, limits: Limits) -> Order:
    entry = work.entry if work.kind == "module" else str(Path(work.entry).absolute())
    return Order(
        rung=rung.value,
        kind=work.kind,
        entry=entry,
        arguments=list(work.arguments),
        files=files,
        reads=[str(path.absolute()) for path in work.reads],
        code=CODE,
        scratch=scratch,
        asked_by=os.getpid(),
        cpu_s=limits.cpu_s,
        memory_bytes=limits.memory_bytes,
        scratch_bytes=limits.scratch_bytes,
        open_files=limits.open_files,
        processes=limits.processes,
    )


class _Child:
    """A started job and our ends of its pipes; leaving the context leaves nothing of it."""

    def __init__(
        self,
        way: Callable[[Order, Sequence[int]], Started],
        order: Order,
        data: bytes,
        limits: Limits,
        ears: Ears,
        output: int | None,
    ) -> None:
        self._order, self._limits, self._ears = order, limits, ears
        self._out, self._log = bytearray(), bytearray()
        self._said = self._logged = 0
        self._data = memoryview(data)
        self._until = time.monotonic() + limits.wall_s
        self._looked = time.monotonic()
        with ExitStack() as ours:
            (given, self._given), (self._heard, out), (self._noted, log) = _pipe(), _pipe(), _pipe()
            with given, out, log:
                for pipe in (self._given, self._heard, self._noted):
                    ours.enter_context(pipe)
                    os.set_blocking(pipe.fileno(), False)
                pipes = (given.fileno(), out.fileno() if output is None else output, log.fileno())
                self._started = way(order, pipes)
            ours.callback(self._started.close)
            self._ours = ours.pop_all()

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever it has started, and leave no pipe."""
        self._ours.close()

    def result(self) -> bytes:
        """Talk with it to its end."""
        with selectors.DefaultSelector() as pipes:
            pipes.register(self._given, selectors.EVENT_WRITE, self._feed)
            pipes.register(self._heard, selectors.EVENT_READ, self._hear)
            pipes.register(self._noted, selectors.EVENT_READ, self._note)
            while (code := self._started.ended()) is None and pipes.get_map():
                self._pump(pipes, _POLL_S)
                self._look_round()
            while code is None:
                code = self._started.ended(_POLL_S)
                self._look_round()
            while self._pump(pipes, 0):  # what it said last
                pass
        return self._judged(code)

    def _pump(self, pipes: selectors.BaseSelector, wait_s: float) -> bool:
        """Move what can be moved; whether anything was."""
        moved = False
        for key, _ in pipes.select(wait_s):
            if key.data == self._feed:
                open_still = self._feed(key.fd)
            else:
                try:
                    said = os.read(key.fd, _READ_BYTES)
                except BlockingIOError:
                    continue
                open_still = bool(said)
                key.data(said)
                moved = moved or open_still
            if not open_still:
                pipes.unregister(key.fileobj)
                if key.data == self._feed:
                    self._given.close()
        return moved

    def _feed(self, pipe: int) -> bool:
        try:
            self._data = self._data[os.write(pipe, self._data[:_READ_BYTES]) :] if self._data else self._data
        except BlockingIOError:
            return True
        except BrokenPipeError:
            return False
        return bool(self._data)

    def _hear(self, said: bytes) -> None:
        self._said += len(said)
        if self._said > self._limits.out_bytes:
            raise CameToGrief(f"it wrote more than {self._limits.out_bytes} bytes")
        if self._ears.on_output:
            self._ears.on_output(said)
        else:
            self._out += said

    def _note(self, said: bytes) -> None:
        """Take down the log up to its limit; the rest is read and forgotten, so that the job is not held up."""
        left = self._limits.log_bytes - self._logged
        said = said[: max(0, left)]
        self._logged += len(said)
        self._log = (self._log + said)[-_TOLD_BYTES:]
        if said and self._ears.on_log:
            self._ears.on_log(said)

    def _look_round(self) -> None:
        now = time.monotonic()
        if self._ears.stop():
            raise Cancelled("It was stopped before it was finished.")
        if now > self._until:
            raise TookTooLong
        if self._order.scratch and now - self._looked > _LOOK_S:
            self._looked = now
            if _weight(self._order.scratch) > self._limits.scratch_bytes:
                raise CameToGrief(f"it wrote more than {self._limits.scratch_bytes} bytes of files")

    def _judged(self, code: int) -> bytes:
        said = self._log.decode(errors="replace").strip()
        if code == NOT_SET_UP:
            _log.warning("the sandbox could not be set up", rung=self._order.rung, said=said)
            raise SandboxRefused(f"What came from outside could not be kept apart on this machine: {said}.")
        if code == TOO_LONG:
            raise TookTooLong
        if code != 0:
            ended = f"signal {code - BY_SIGNAL}" if code > BY_SIGNAL else f"exit {code}"
            raise CameToGrief(f"{ended}: {said}")
        return bytes(self._out)


def _pipe() -> tuple[FileIO, FileIO]:
    reads, writes = os.pipe()
    return FileIO(reads, "rb"), FileIO(writes, "wb")


def _weight(folder: str) -> int:
    """How much the files in a folder take of the disk."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(parent, name).lstat().st_blocks * 512
    return total
