"""How far this machine can keep a job apart: tried once in every process, never guessed, and never stepped down silently.

isolated    files, processes and network of its own, Landlock, a filter of kernel calls, limits, a user of its own as root
landlock    no namespaces: the machine's processes and network are there, but kept shut
limits      only memory, time and file size: what a child process always had
none        nothing of it works
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from studio.core import log
from studio.core.errors import Cancelled, SandboxRefused
from studio.core.settings import settings
from studio.engine.sandbox import calls
from studio.engine.sandbox.inside import Rung, interpreter
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run_at

_log = log.logger("engine.sandbox")

_TRIAL = "studio.engine.sandbox.trial"
_USER_NAMESPACES = (
    ("/proc/sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    ("/proc/sys/user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"),
)


_CONTAINER = ("--cap-add SYS_ADMIN", "--security-opt seccomp=unconfined", "--security-opt apparmor=unconfined")
_ORDER = list(Rung)
MEANING = {
    Rung.ISOLATED: "files, processes and network of its own",
    Rung.LANDLOCK: "no files and no network, but among the machine's own processes",
    Rung.LIMITS: "only limits of memory and time",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The rung this machine reaches, why not a higher one, and the command or act that mends it; "" at the best."""

    rung: Rung
    lacking: str = ""
    fix: str = ""


def required(*, ours: bool) -> Rung:
    """The rung to run at: the best there is, if it is enough for our code on strange bytes, or for strange code.

    Raises:
        SandboxRefused: it is not; the message says what mends it.
    """
    found = standing()
    allowed = Rung(settings().sandbox_allow)
    lowest = max(allowed, Rung.LANDLOCK, key=_ORDER.index) if ours else min(allowed, Rung.LANDLOCK, key=_ORDER.index)
    if _ORDER.index(found.rung) <= _ORDER.index(lowest):
        return found.rung
    what = "Files from outside are not read" if ours else "Code from outside is not run"
    message = f"{what} here, for this machine cannot keep them apart: {found.lacking}. Mend it with: {found.fix}"
    raise SandboxRefused(message)


def standing() -> Standing:
    """What the self-test of this process found."""
    return _found(os.getuid())


@lru_cache(maxsize=4)
def _found(_user: int) -> Standing:
    if sys.platform != "linux" or not calls.known_machine():
        return Standing(Rung.LIMITS, "it needs Linux on x86-64 or arm64", _opt_in(Rung.LIMITS))
    why = tried(Rung.ISOLATED) and tried(Rung.ISOLATED)  # again, for a machine that was only busy
    if not why:
        return Standing(Rung.ISOLATED)
    shut = unreadable()
    why_not_landlock = f"other users cannot pass {shut}" if shut else tried(Rung.LANDLOCK)
    _log.warning("the sandbox is not at its best", isolated=why, landlock=why_not_landlock)
    if not why_not_landlock:
        return Standing(Rung.LANDLOCK, why, _fix(Rung.LANDLOCK))
    return Standing(Rung.LIMITS, f"{why}; {why_not_landlock}", f"chmod o+x {shut}" if shut else _fix(Rung.LIMITS))


def tried(rung: Rung) -> str:
    """What went wrong when the trial ran at this rung, "" if all its walls held."""
    limits = Limits(wall_s=20, cpu_s=5, memory_bytes=512 << 20, out_bytes=4096)
    with tempfile.TemporaryDirectory(prefix="inkreel-trial-") as folder:
        canary = Path(folder) / "canary"
        canary.write_bytes(b"canary")
        canary.parent.chmod(0o777)
        canary.chmod(0o666)
        try:
            said = run_at(rung, Work("module", _TRIAL, (str(canary),)), b"", limits=limits, ears=Ears())
        except SandboxRefused as error:
            return error.message.rpartition(": ")[2].rstrip(".")
        except (CameToGrief, TookTooLong, Cancelled, OSError) as error:
            return f"the trial failed: {error}"
    return ", ".join(f"a job {each}" for each in said.decode(errors="replace").splitlines())


def unreadable() -> str:
    """As root: the first folder on the way to Python or its packages that other users cannot pass, "" if they can."""
    if os.geteuid() != 0:
        return ""
    for place in interpreter():
        for folder in reversed([Path(place), *Path(place).parents]):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return str(folder)
    return ""


def _fix(reached: Rung) -> str:
    """The command that opens the way to namespaces, or the setting that is content without."""
    if os.geteuid() != 0:
        for place, shut, command in _USER_NAMESPACES:
            with contextlib.suppress(OSError):
                if Path(place).read_text().strip() == shut:
                    return command
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return f"docker run {' '.join(_CONTAINER)} (or {_opt_in(reached)})"
    return _opt_in(reached)


def _opt_in(rung: Rung) -> str:
    return f"export INKREEL_SANDBOX_ALLOW={rung}"
