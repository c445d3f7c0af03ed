"""Gives a child files, processes and a network of its own: a bare tree with what it may read, and nothing behind it.

Done with the kernel's own calls, as root or through a user namespace. Source: namespaces(7), pivot_root(2),
mount_setattr(2). There is no /proc, no /sys and no device but the harmless ones.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence

SCRATCH = "/scratch"
"""Where a job may write, when it may."""

_NEW_USER, _NEW_REST = 0x10000000, 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
"""Mounts, processes, network, System V objects and host name."""

_NOSUID, _NODEV, _BIND, _REC, _PRIVATE = 2, 4, 0x1000, 0x4000, 1 << 18
_DETACH = 2
_HERE, _RECURSIVE = -100, 0x8000
_ATTR_READ_ONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR = 442
_DEVICES = ("null", "zero", "full", "random", "urandom")
_SHORT_NAMES = ("lib", "lib32", "lib64", "bin", "sbin")
_SYSTEM = ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")

_libc = ctypes.CDLL(None, use_errno=True)


def system_paths() -> list[str]:
    """What every program needs to read of the machine, where it is there."""
    return [path for path in (*_SYSTEM, *(f"/{name}" for name in _SHORT_NAMES)) if os.path.exists(path)]


def unshare() -> None:
    """Leave the machine's namespaces; the next child is the first process of its own.

    Raises: OSError.
    """
    user, group = os.geteuid(), os.getegid()
    flags = _NEW_REST if user == 0 else _NEW_REST | _NEW_USER
    if _libc.unshare(flags):
        raise _failed("a new namespace")
    if user != 0:
        for name, words in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(words)


def move_in(reads: Sequence[str], *, scratch_bytes: int, user: int, group: int) -> None:
    """Make `reads` and the system all there is, read-only, with a place to write of so many bytes; then go there.

    Raises: OSError.
    """
    os.umask(0o022)
    shown = _outermost([*reads, *system_paths()])
    _mount("none", "/", "", _REC | _PRIVATE)
    _mount("tmpfs", "/tmp", "tmpfs", _NOSUID | _NODEV, "mode=0755,size=1m")  # noqa: S108 - a mount point of our own
    os.mkdir("/tmp/old")  # noqa: S108
    os.mkdir("/tmp/new")  # noqa: S108
    _pivot("/tmp", "/tmp/old")  # noqa: S108
    _mount("tmpfs", "/new", "tmpfs", _NOSUID, "mode=0755,size=1m")
    for path in shown:
        _bind(path)
    for device in _DEVICES:
        _bind(f"/dev/{device}", device=True)
    if scratch_bytes:
        os.mkdir(f"/new{SCRATCH}")
        options = f"mode=0700,size={scratch_bytes},nr_inodes=20000,uid={user},gid={group}"
        _mount("tmpfs", f"/new{SCRATCH}", "tmpfs", _NOSUID | _NODEV, options)
    _seal("/new", 0, _ATTR_READ_ONLY | _ATTR_NOSUID)
    os.chdir("/new")
    _pivot(".", ".")
    if _libc.umount2(b".", _DETACH):
        raise _failed("leaving the old tree")
    os.chdir(SCRATCH if scratch_bytes else "/")


def _outermost(paths: list[str]) -> list[str]:
    """Every path once, none that lies in another."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path == other or path.startswith(other.rstrip("/") + "/") for other in kept):
            kept.append(path)
    return kept


def _bind(path: str, *, device: bool = False) -> None:
    """Show one file or folder of the old tree at its own place in the new one; a short name stays a link."""
    old, new = f"/old{path}", f"/new{path}"
    os.makedirs(os.path.dirname(new), exist_ok=True)
    if os.path.islink(old) and path[1:] in _SHORT_NAMES:
        os.symlink(os.readlink(old), new)
        return
    source = "/old" + _resolved(path)
    if os.path.isdir(source):
        os.makedirs(new, exist_ok=True)
    else:
        os.close(os.open(new, os.O_CREAT | os.O_WRONLY, 0o444))
    _mount(source, new, "", _BIND | _REC)
    _seal(new, _RECURSIVE, _ATTR_NOSUID if device else _ATTR_READ_ONLY | _ATTR_NOSUID | _ATTR_NODEV)


def _resolved(path: str) -> str:
    """Where a path of the old tree leads to, as the old tree names it."""
    for _ in range(40):
        parts = path.strip("/").split("/")
        for i in range(1, len(parts) + 1):
            upto = "/" + "/".join(parts[:i])
            if os.path.islink(f"/old{upto}"):
                target = os.path.join(os.path.dirname(upto), os.readlink(f"/old{upto}"))
                path = os.path.normpath(os.path.join(target, *parts[i:]))
                break
        else:
            return path
    raise OSError(f"{path} is a link that leads in a circle")


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    if _libc.mount(source.encode(), target.encode(), kind.encode(), flags, options.encode()):
        raise _failed(f"mounting {target}")


def _seal(path: str, flags: int, attributes: int) -> None:
    """What is mounted there takes on these attributes."""
    given = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    if _libc.syscall(_MOUNT_SETATTR, _HERE, path.encode(), flags, ctypes.byref(given), ctypes.sizeof(given)):
        raise _failed(f"sealing {path}")


def _pivot(new: str, old: str) -> None:
    if _libc.syscall(_PIVOT_ROOT[os.uname().machine], new.encode(), old.encode()):
        raise _failed("changing the root")
    os.chdir("/")


def _failed(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")
