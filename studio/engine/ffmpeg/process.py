"""Runs one ffmpeg and never leaves it behind: own process group, progress, stall guard, cancel. Arguments are the callers'."""

from __future__ import annotations

import contextlib
import ctypes
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from studio.core import log
from studio.core.errors import Cancelled, EncoderFailed, Unavailable

Stop = Callable[[], bool]
"""Asked at least every 0.2 s while there is work; True ends it."""

STALL_S = 30.0
"""Seconds without any progress after which an ffmpeg is taken for hung."""

_POLL_S = 0.1
_TAIL_BYTES = 8192
_PIPE_BYTES = 1 << 20
_PR_SET_PDEATHSIG = 1

_log = log.logger("engine.ffmpeg")


def never() -> bool:
    """The stop of work that nobody cancels."""
    return False


def run(
    arguments: Sequence[str],
    *,
    doing: str,
    stop: Stop = never,
    on_frame: Callable[[int], None] | None = None,
    stall_s: float = STALL_S,
    source: int | None = None,
) -> int:
    """Run ffmpeg to its end; the number of video frames it wrote.

    `arguments` starts with the program; `doing` completes "ffmpeg failed while ..." for a person; `on_frame` hears the
    count as it grows; `source` is an open descriptor that becomes its standard input. Must be called on a
    thread that lives until it returns: the child is tied to that thread's life.

    Raises:
        EncoderFailed: when it fails, or makes no progress for `stall_s` seconds.
        Cancelled: when `stop()` says so; the process group is gone by then.
        Unavailable: when the program is not there.
    """
    given = subprocess.DEVNULL if source is None else source
    with _Child(arguments, doing=doing, stop=stop, stall_s=stall_s, given=given) as child:
        child.on_frame = on_frame
        child.finish()
        return child.frames


class FrameWriter:
    """Feeds raw frames to an ffmpeg through its standard input; use as a context manager, which ends it on every way out.

    Raises (from write and at the end): as `run`.
    """

    def __init__(self, arguments: Sequence[str], *, doing: str, stop: Stop = never, stall_s: float = STALL_S) -> None:
        self._child = _Child(arguments, doing=doing, stop=stop, stall_s=stall_s, given=subprocess.PIPE)

    @property
    def frames(self) -> int:
        """Frames ffmpeg has reported written; exact once the context has ended."""
        return self._child.frames

    def write(self, frame: bytes | bytearray | memoryview) -> None:
        """One frame's bytes, planes one after the other; returns when ffmpeg has taken them all."""
        self._child.feed(memoryview(frame).cast("B"))

    def __enter__(self) -> Self:
        self._child.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._child.finish()
        finally:
            self._child.__exit__(kind, error, at)


class _Child:
    """One ffmpeg process with its pipes, pumped from the calling thread alone."""

    def __init__(self, arguments: Sequence[str], *, doing: str, stop: Stop, stall_s: float, given: int) -> None:
        self.frames = 0
        self.on_frame: Callable[[int], None] | None = None
        self._arguments = command(arguments)
        self._doing = doing
        self._stop = stop
        self._stall_s = stall_s
        self._given = given
        self._tail = b""
        self._line = b""
        self._position: dict[bytes, bytes] = {}
        self._selector = selectors.DefaultSelector()
        self._moved, self._asked = time.monotonic(), 0.0  # whether to stop is asked at once

    def __enter__(self) -> Self:
        self._process = _started(self._arguments, self._given)
        out, err = self._process.stdout, self._process.stderr
        assert out is not None and err is not None
        for pipe, reader in ((out, self._read_progress), (err, self._read_error)):
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, reader)
        if self._process.stdin is not None:
            os.set_blocking(self._process.stdin.fileno(), False)
            widen(self._process.stdin.fileno())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._kill()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def feed(self, data: memoryview) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        self._moved = time.monotonic()
        while data:
            try:
                taken = os.write(pipe.fileno(), data)
            except BlockingIOError:
                taken = 0
                self._wait_writable()
            except BrokenPipeError:
                self._finish_reading()
                raise self._failure() from None
            if taken:
                self._moved = time.monotonic()
                data = data[taken:]
            self._look_round()

    def finish(self) -> None:
        """Wait for the end, all input given.

        Raises:
            EncoderFailed: when ffmpeg says it failed.
        """
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._moved = time.monotonic()
        while self._process.poll() is None:
            self._pump(_POLL_S)
            self._look_round()
        self._finish_reading()
        if self._process.returncode != 0:
            raise self._failure()

    def _wait_writable(self) -> None:
        assert self._process.stdin is not None
        self._selector.register(self._process.stdin, selectors.EVENT_WRITE, None)
        try:
            self._pump(_POLL_S)
        finally:
            self._selector.unregister(self._process.stdin)

    def _pump(self, wait_s: float) -> None:
        if not self._selector.get_map():
            time.sleep(min(wait_s, 0.01))
            return
        for key, _ in self._selector.select(wait_s):
            if key.data is None:
                continue
            data = os.read(key.fd, 65536)
            if data:
                key.data(data)
            else:
                self._selector.unregister(key.fileobj)

    def _finish_reading(self) -> None:
        """Take what is left in the pipes; bounded, since a stopped process writes no more."""
        until = time.monotonic() + 2.0
        while self._selector.get_map() and time.monotonic() < until:
            self._pump(_POLL_S)

    def _look_round(self) -> None:
        now = time.monotonic()
        if now - self._asked < _POLL_S:
            return
        self._asked = now
        self._pump(0)
        if self._stop():
            raise Cancelled("It was stopped before it was finished.")
        if now - self._moved > self._stall_s:
            self._report("ffmpeg stalled")
            raise EncoderFailed(f"ffmpeg stood still for {self._stall_s:.0f} seconds while {self._doing}. Try again.")

    def _read_progress(self, data: bytes) -> None:
        *lines, self._line = (self._line + data).split(b"\n")
        for line in lines:
            name, _, value = line.partition(b"=")
            if name not in (b"frame", b"out_time_us", b"total_size") or self._position.get(name) == value:
                continue
            self._position[name] = value
            self._moved = time.monotonic()
            if name == b"frame" and value.strip().isdigit():
                self.frames = int(value)
                if self.on_frame:
                    self.on_frame(self.frames)

    def _read_error(self, data: bytes) -> None:
        self._tail = (self._tail + data)[-_TAIL_BYTES:]

    def _failure(self) -> EncoderFailed:
        self._report("ffmpeg failed")
        if b"No space left on device" in self._tail:
            return EncoderFailed(f"The disk filled up while {self._doing}. Free some space and try again.")
        return EncoderFailed(f"ffmpeg failed while {self._doing}. Try again; if it fails again, the log has its words.")

    def _report(self, what: str) -> None:
        _log.warning(
            what,
            doing=self._doing,
            arguments=self._arguments,
            status=self._process.poll(),
            said=self._tail.decode(errors="replace"),
        )

    def _kill(self) -> None:
        """End the whole group and take its exit status, so that neither orphan nor zombie is left."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def command(arguments: Sequence[str]) -> list[str]:
    """The arguments with what every run has: quiet, never asking, overwriting, progress on standard output."""
    program, *rest = arguments
    return [program, "-hide_banner", "-nostdin", "-y", "-v", "error", "-nostats", "-progress", "pipe:1", *rest]


def _started(arguments: list[str], given: int) -> subprocess.Popen[bytes]:
    if not shutil.which(arguments[0]):
        raise Unavailable(
            f"{Path(arguments[0]).name} is no longer at {arguments[0]}. Put it back, or set INKREEL_FFMPEG.",
            service="ffmpeg",
        )
    prefix = _lifeline()
    tie = _die_with_parent if sys.platform == "linux" and not prefix else None
    return subprocess.Popen(
        [*prefix, *arguments],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        preexec_fn=tie,
    )


@lru_cache(maxsize=1)
def _lifeline() -> tuple[str, ...]:
    """The words before a command that make the kernel kill it when we end, even by SIGKILL; empty where there is no setpriv.

    setpriv execs, so it adds no process; unlike a preexec_fn it runs no Python between fork and exec, which can deadlock
    in a process with threads. Source: prctl(2) PR_SET_PDEATHSIG, setpriv(1).
    """
    program = shutil.which("setpriv")
    if sys.platform != "linux" or not program:
        return ()
    words = (program, "--pdeathsig", "KILL", "--")
    try:
        works = subprocess.run([*words, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return ()
    return words if works else ()


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    assert _libc is not None
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def widen(pipe: int) -> None:
    """A pipe as large as a user may have: a 720p frame then goes over in two writes, not twenty."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
