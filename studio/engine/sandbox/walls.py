"""What a child gives up before it reads a stranger's byte: its user, its powers, most of its limits, and files (Landlock)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
from collections.abc import Sequence
from pathlib import Path

from studio.engine.sandbox.tree import DEVICES

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_CAPBSET_DROP = 1, 38, 24
_CREATE, _ADD, _ENFORCE = 444, 445, 446
_CAPABILITIES_V3 = 0x20080522
_FIRST_USER = 0x71000000
"""As root every job has a user of its own, this plus its process id: a range no system hands out (below systemd's)."""
_NOBODY = 65534

# Source: landlock(7).
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_READING = _EXECUTE | _READ_FILE | _READ_DIR
_SPECIAL_FILES = 0x40 | 0x200 | 0x400 | 0x800  # devices, sockets and pipes
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | 1 << 15

_libc = ctypes.CDLL(None, use_errno=True)


def slot() -> int:
    """The user a job is to run as: its own when we are root, else ours."""
    if os.geteuid() != 0:
        return os.geteuid()
    user = _FIRST_USER + os.getpid()
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [[int(word) for word in line.split()] for line in lines]
    return user if any(first <= user < first + count for first, _, count in ranges) else _NOBODY


def die_with_parent(parent_alive: int | None = None) -> None:
    """Have the kernel end this process with its parent; `parent_alive` is a pipe that closes should that be too late."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent_alive is not None:
        os.set_blocking(parent_alive, False)
        with contextlib.suppress(BlockingIOError):
            if not os.read(parent_alive, 1):
                os._exit(1)
        os.close(parent_alive)


def become(user: int) -> None:
    """Be that user for good, with no powers and no way to new ones.

    Raises: OSError.
    """
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
    for capability in range(64):
        _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    if os.geteuid() == 0:
        os.setresuid(user, user, user)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no new privileges")
    none = ctypes.create_string_buffer(24)
    if _libc.capset(struct.pack("Ii", _CAPABILITIES_V3, 0), none):
        raise OSError(ctypes.get_errno(), "capabilities")


def limit(*, cpu_s: int, memory_bytes: int, file_bytes: int, files: int, processes: int | None) -> None:
    """Take no more than this; `processes` counts threads, too, and None leaves them to other walls."""
    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if processes is not None:
        wanted[resource.RLIMIT_NPROC] = processes
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))


def landlock_version() -> int:
    """Which Landlock this kernel has; 0 is none."""
    return max(0, _libc.syscall(_CREATE, None, 0, 1))


def landlock(reads: Sequence[str], writes: Sequence[str]) -> None:
    """From here on no file but these, no TCP, no signal and no socket to the outside, as far as the kernel knows to.

    Raises: OSError.
    """
    version = landlock_version()
    if version < 1:
        raise OSError("this kernel has no Landlock")
    files = (1 << 13) - 1 | (version >= 2) << 13 | (version >= 3) << 14 | (version >= 5) << 15
    network = 3 if version >= 4 else 0
    scopes = 3 if version >= 6 else 0
    rules = struct.pack("QQQ", files, network, scopes)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = _libc.syscall(_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "Landlock")
    for paths, allowed in (
        (reads, _READING),
        (writes, files & ~_SPECIAL_FILES),
        (DEVICES, _READ_FILE | _WRITE_FILE),
    ):
        for path in paths:
            _allow(ruleset, path, allowed & files)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _libc.syscall(_ENFORCE, ruleset, 0):
        raise OSError(ctypes.get_errno(), "Landlock")
    os.close(ruleset)


def _allow(ruleset: int, path: str, allowed: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not Path(path).is_dir():
        allowed &= _ON_FILES
    rule = struct.pack("=Qi", allowed, place)
    if _libc.syscall(_ADD, ruleset, 1, rule, 0):
        raise OSError(ctypes.get_errno(), f"Landlock: {path}")
    os.close(place)
