"""Gives a child files, processes and a network of its own: a bare tree with what it may read, and nothing behind it.

Done with the kernel's own calls, as root or through a user namespace. Source: namespaces(7), pivot_root(2),
mount_setattr(2). There is no /proc, no /sys and no device but the harmless ones.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

SCRATCH = "/scratch"
"""Where a job may write, when it may."""

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
"""The devices a job has: none of them leads anywhere."""

_NEW_USER, _NEW_REST = 0x10000000, 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
"""Mounts, processes, network, System V objects and host name."""

_NOSUID, _NODEV, _BIND, _REC, _PRIVATE = 2, 4, 0x1000, 0x4000, 1 << 18
_DETACH = 2
_HERE, _RECURSIVE = -100, 0x8000
_ATTR_READ_ONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR = 442
_BASE = "/tmp"  # noqa: S108 - a mount point that every machine has; what lies there is not touched
_MOST_LINKS = 40
_SHORT_NAMES = ("lib", "lib32", "lib64", "bin", "sbin")
_SYSTEM = ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")

_libc = ctypes.CDLL(None, use_errno=True)


def system_paths() -> list[str]:
    """What every program needs to read of the machine, where it is there."""
    return [path for path in (*_SYSTEM, *(f"/{name}" for name in _SHORT_NAMES)) if Path(path).exists()]


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
            Path("/proc/self", name).write_text(words)


def move_in(reads: Sequence[str], *, scratch_bytes: int, user: int, group: int) -> None:
    """Make `reads` and the system all there is, read-only, with a place to write of so many bytes; then go there.

    Raises: OSError.
    """
    os.umask(0o022)
    shown = _outermost([*reads, *system_paths()])
    _mount("none", "/", "", _REC | _PRIVATE)
    _mount("tmpfs", _BASE, "tmpfs", _NOSUID | _NODEV, "mode=0755,size=1m")
    Path(_BASE, "old").mkdir()
    Path(_BASE, "new").mkdir()
    _pivot(_BASE, f"{_BASE}/old")
    _mount("tmpfs", "/new", "tmpfs", _NOSUID, "mode=0755,size=1m")
    for path in shown:
        _bind(path)
    for device in DEVICES:
        _bind(device, device=True)
    if scratch_bytes:
        Path(f"/new{SCRATCH}").mkdir()
        options = f"mode=0700,size={scratch_bytes},nr_inodes=20000,uid={user},gid={group}"
        _mount("tmpfs", f"/new{SCRATCH}", "tmpfs", _NOSUID | _NODEV, options)
    _seal("/new", 0, _ATTR_READ_ONLY | _ATTR_NOSUID)
    os.chdir("/new")
    _pivot(".", ".")
    if _libc.umount2(b".", _DETACH):
        raise _failed("leaving the old tree")
    os.chdir("/")


def _outermost(paths: Sequence[str]) -> list[str]:
    """Every path once, none that lies in another."""
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda each: Path(each).parts):
        if not (kept and Path(path).is_relative_to(kept[-1])):
            kept.append(path)
    return kept


def _bind(path: str, *, device: bool = False) -> None:
    """Show one file or folder of the old tree at its own place in the new one; a short name stays a link."""
    old, new = Path(f"/old{path}"), Path(f"/new{path}")
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink() and path[1:] in _SHORT_NAMES:
        new.symlink_to(old.readlink())
        return
    source = Path(f"/old{_resolved(path)}")
    if source.is_dir():
        new.mkdir(exist_ok=True)
    else:
        new.touch(0o444)
    _mount(str(source), str(new), "", _BIND | _REC)
    _seal(str(new), _RECURSIVE, _ATTR_NOSUID if device else _ATTR_READ_ONLY | _ATTR_NOSUID | _ATTR_NODEV)


def _resolved(path: str) -> str:
    """Where a path of the old tree leads to, as the old tree names it: links in it are the old tree's own."""
    for _ in range(_MOST_LINKS):
        folders = [*reversed(Path(path).parents), Path(path)]
        link = next((each for each in folders if Path(f"/old{each}").is_symlink()), None)
        if link is None:
            return path
        target = link.parent / Path(f"/old{link}").readlink()
        path = os.path.normpath(target / Path(path).relative_to(link))
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
