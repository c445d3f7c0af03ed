"""Jobs forked from a warm interpreter: hands orders to the zygote of this process, which is started with the first of them.

Forks of a process share its zygote: every order brings its own pipes and its own leash, so nobody takes another's answer. A
job ends with the process that asks for it, whichever that is; the zygote with the last of those who could.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict

from studio.core import log
from studio.engine.sandbox.inside import BY_SIGNAL, Order
from studio.engine.sandbox.starting import NotBegun, environment, interpreter
from studio.engine.sandbox.zygote import END, MOST_FILES, SOCKET

_ZYGOTE = "studio.engine.sandbox.zygote"
_KILLED = BY_SIGNAL + signal.SIGKILL
_SEEN_OFF_S = 2.0

_log = log.logger("engine.sandbox")


class Warm:
    """A job forked from the zygote: its own side of the leash says how it ended, ours that it must."""

    def __init__(self, order: Order, pipes: Sequence[int]) -> None:
        self._said, self._over = b"", False
        self._leash, theirs = socket.socketpair()
        try:
            with theirs:
                asker = os.pidfd_open(os.getpid())
                try:
                    given = [*pipes, theirs.fileno(), asker, *order.files]
                    self._zygote = _zygotes.asked(json.dumps(asdict(order)).encode(), given)
                finally:
                    os.close(asker)
        except OSError as error:
            self._leash.close()
            raise NotBegun(str(error)) from error

    def ended(self, within_s: float = 0.0) -> int | None:
        self._listen(within_s)
        if len(self._said) > 1:
            code = self._said[1]
        elif self._over:
            if not self._said:
                _zygotes.leave(self._zygote)
                raise NotBegun("the warm interpreter ended")
            code = _KILLED
        else:
            return None
        if code > BY_SIGNAL and code != _KILLED:  # a second try would find memory laid out as at the first
            _zygotes.leave(self._zygote)
        return code

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._leash.shutdown(socket.SHUT_WR)
        until = time.monotonic() + _SEEN_OFF_S
        while not self._over and (left := until - time.monotonic()) > 0:
            self._listen(left)
        self._leash.close()

    def _listen(self, within_s: float) -> None:
        """Until something is said or the other end is gone, for so long."""
        ears = select.poll()
        ears.register(self._leash, select.POLLIN)
        if not self._over and ears.poll(within_s * 1000):
            with contextlib.suppress(ConnectionError):
                if said := self._leash.recv(2):
                    self._said += said
                    return
            self._over = True


class _Zygote:
    """One warm interpreter: our end of its socket, and whose child it is."""

    def __init__(self) -> None:
        self.orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.parent = os.getpid()
        quiet = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in range(SOCKET)]
        words = interpreter(_ZYGOTE)
        with theirs:
            self.pid = os.posix_spawn(
                words[0],
                words,
                environment(),
                file_actions=[*quiet, (os.POSIX_SPAWN_DUP2, theirs.fileno(), SOCKET)],
                setsid=True,
                setsigmask=(),
                setsigdef=signal.valid_signals(),
            )

    def reaped(self) -> bool:
        """Whether it has ended; only its parent can know."""
        try:
            return self.parent == os.getpid() and os.waitpid(self.pid, os.WNOHANG) != (0, 0)
        except ChildProcessError:
            return True

    def see_off(self) -> None:
        """By its parent, when it was told to end: wait for that, not for ever."""
        until = time.monotonic() + _SEEN_OFF_S
        while not self.reaped():
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.001)


class _Zygotes:
    """The zygote of this process, and what is still to be reaped of those before it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: _Zygote | None = None
        self._left: list[_Zygote] = []
        self.given_up = False

    def forked(self) -> None:
        """In a fork of ours: the zygote is shared, the lock may be anybody's."""
        self._lock = threading.Lock()

    def is_there(self) -> bool:
        with self._lock:
            return self._now is not None and not self._now.reaped()

    def there(self) -> _Zygote:
        with self._lock:
            return self._there()

    def asked(self, order: bytes, files: Sequence[int]) -> _Zygote:
        """Hand over an order. Raises: OSError."""
        with self._lock:
            zygote = self._there()
            try:
                socket.send_fds(zygote.orders, [order], files)
            except OSError:
                self._leave(zygote)
                raise
            return zygote

    def leave(self, zygote: _Zygote) -> None:
        """Have it end; who needs one starts another."""
        with self._lock:
            self._leave(zygote)

    def end(self) -> None:
        with self._lock:
            if self._now is not None and self._now.parent == os.getpid():
                self._leave(self._now)
            for each in self._left:
                each.see_off()
            self._left.clear()

    def _there(self) -> _Zygote:
        if self._now is not None and self._now.reaped():
            self._leave(self._now)
        self._left = [each for each in self._left if not each.reaped()]
        if self._now is None:
            self._now = _Zygote()
        return self._now

    def _leave(self, zygote: _Zygote) -> None:
        if self._now is not zygote:
            return
        self._now = None
        with contextlib.suppress(OSError):
            zygote.orders.send(END, socket.MSG_DONTWAIT)
        zygote.orders.close()
        if zygote.parent == os.getpid():
            self._left.append(zygote)


_zygotes = _Zygotes()
os.register_at_fork(after_in_child=_zygotes.forked)


def fits(order: Order) -> bool:
    """Whether an order goes this way: only modules of ours, for strange code should find nothing that is there already."""
    fits = order.kind == "module" and len(order.files) <= MOST_FILES
    return fits and not _zygotes.given_up and hasattr(os, "pidfd_open")


def give_up() -> None:
    """From here on this process starts its jobs cold."""
    if not _zygotes.given_up:
        _log.warning("jobs are started cold from here on, for no warm interpreter stays")
    _zygotes.given_up = True


def is_there() -> bool:
    """Whether a warm interpreter has been started that nothing is known against."""
    return _zygotes.is_there()


def ready() -> None:
    """Start it now, so that forks of this process find it. Failing is no matter: they start their own."""
    with contextlib.suppress(OSError):
        _zygotes.there()


@atexit.register
def end() -> None:
    """Have the zygote of this process end: from here on what it and its jobs took is counted as this process's children's."""
    _zygotes.end()
