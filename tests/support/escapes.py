"""Tries to get out of where it runs, one way after the other, and prints which worked; also starts itself in the sandbox.

    python escapes.py try FACTS               what works here, as JSON
    python escapes.py apart RUNG FACTS [WARM] what works for a job at that rung; forked, if warm
    python escapes.py fill RUNG               how a job ends that writes 5 MB into a folder for 2

FACTS is JSON: a file that is nobody's business (canary), a port somebody listens at, a process of somebody else's (victim).
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)
_PTRACE_SEIZE, _PTRACE_DETACH, _NEW_USER, _NEW_MOUNTS = 0x4206, 17, 0x10000000, 0x20000
_PR_SET_PDEATHSIG = 1
_VM_READ = {"x86_64": 310, "aarch64": 270}


class Facts:
    """What a job has no business with, and where it is to write."""

    def __init__(self, words: str) -> None:
        told = json.loads(words)
        self.canary, self.port, self.victim = Path(told["canary"]), int(told["port"]), int(told["victim"])


def reads_a_secret_file(facts: Facts) -> bool:
    return facts.canary.read_bytes() == b"canary"


def reads_who_is_on_the_machine(_: Facts) -> bool:
    return bool(Path("/etc/passwd").read_bytes())


def reads_the_environment(_: Facts) -> bool:
    return "INKREEL_CANARY" in os.environ


def reads_the_environment_of_others(facts: Facts) -> bool:
    return bool(Path(f"/proc/{facts.victim}/environ").read_bytes())


def sees_other_processes(facts: Facts) -> bool:
    return Path(f"/proc/{facts.victim}/cmdline").read_bytes().startswith(b"sleep")


def writes_beside_a_file(facts: Facts) -> bool:
    return facts.canary.with_name(f"written.{os.getpid()}").write_bytes(b"x") == 1


def writes_into_our_code(_: Facts) -> bool:
    made = Path(__file__).with_name(f"escaped.{os.getpid()}")
    made.write_bytes(b"x")
    made.unlink()
    return True


def follows_a_link_out_of_its_folder(facts: Facts) -> bool:
    link = Path(f"link.{os.getpid()}")
    link.symlink_to(facts.canary)
    try:
        return link.read_bytes() == b"canary"
    finally:
        link.unlink()


def links_a_file_into_its_folder(facts: Facts) -> bool:
    link = facts.canary.with_name(f"hard.{os.getpid()}")
    os.link(facts.canary, link)
    link.unlink()
    return True


def connects_to_a_port(facts: Facts) -> bool:
    with socket.create_connection(("127.0.0.1", facts.port), timeout=2):
        return True


def sends_a_datagram(facts: Facts) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        return sock.sendto(b"x", ("127.0.0.1", facts.port)) == 1


def listens(_: Facts) -> bool:
    with socket.create_server(("127.0.0.1", 0)):
        return True


def forks(_: Facts) -> bool:
    if (pid := os.fork()) == 0:
        os._exit(0)
    return os.waitpid(pid, 0)[0] == pid


def starts_a_program(_: Facts) -> bool:
    return subprocess.run(["/bin/sh", "-c", "exit 0"], check=True).returncode == 0


def runs_a_program_from_memory(_: Facts) -> bool:
    os.close(os.memfd_create("x"))
    return True


def signals_its_parent(_: Facts) -> bool:
    os.kill(os.getppid(), 0)
    return True


def signals_another(facts: Facts) -> bool:
    os.kill(facts.victim, 0)
    return True


def traces_another(facts: Facts) -> bool:
    if _libc.ptrace(_PTRACE_SEIZE, facts.victim, None, None):
        return False
    _libc.ptrace(_PTRACE_DETACH, facts.victim, None, None)
    return True


def reads_the_memory_of_another(facts: Facts) -> bool:
    """Refused for its permission, not for the address: where it may, the address is what is wrong."""
    words = (ctypes.c_size_t * 2)(ctypes.addressof(ctypes.create_string_buffer(8)), 8)
    far = (ctypes.c_size_t * 2)(8, 8)
    done = _libc.syscall(_VM_READ[os.uname().machine], facts.victim, words, 1, far, 1, ctypes.c_size_t(0))
    return done >= 0 or ctypes.get_errno() == 14  # EFAULT


def unties_itself_from_its_parent(_: Facts) -> bool:
    return _libc.prctl(_PR_SET_PDEATHSIG, 0, 0, 0, 0) == 0


def makes_namespaces(_: Facts) -> bool:
    return _libc.unshare(_NEW_USER | _NEW_MOUNTS) == 0


def keeps_shared_memory(_: Facts) -> bool:
    made = _libc.shmget(0, 4096, 0o1600)
    if made >= 0:
        _libc.shmctl(made, 0, None)
    return made >= 0


def leaves_its_group(_: Facts) -> bool:
    """A fork first: the leader of a group cannot leave it."""
    if (pid := os.fork()) == 0:
        os.setsid()
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


# Namespaces last: where they can be made, this is another user afterwards.
WAYS: tuple[Callable[[Facts], bool], ...] = (
    reads_a_secret_file, reads_who_is_on_the_machine, reads_the_environment, reads_the_environment_of_others,
    sees_other_processes, writes_beside_a_file, writes_into_our_code, follows_a_link_out_of_its_folder,
    links_a_file_into_its_folder, connects_to_a_port, sends_a_datagram, listens, forks, starts_a_program,
    runs_a_program_from_memory, signals_its_parent, signals_another, traces_another, reads_the_memory_of_another,
    keeps_shared_memory, leaves_its_group, unties_itself_from_its_parent, makes_namespaces,
)  # fmt: skip


def tried(words: str) -> dict[str, Any]:
    facts = Facts(words)
    worked: list[str] = []
    for way in WAYS:
        try:
            if way(facts):
                worked.append(way.__name__)
        except (OSError, subprocess.SubprocessError):
            continue
    return {"worked": worked, "user": os.geteuid(), "threads": _threads()}


def _threads() -> int:
    """What a job may do: threads, and a file of its own."""
    import threading

    done: list[int] = []
    all_ = [threading.Thread(target=done.append, args=(n,)) for n in range(4)]
    for each in all_:
        each.start()
    for each in all_:
        each.join()
    Path(f"own.{os.getpid()}").write_bytes(b"x")
    return len(done)


def written() -> dict[str, Any]:
    for n in range(50):
        Path(f"{n}").write_bytes(bytes(100_000))
    time.sleep(20)
    return {}


def apart(rung: str, *arguments: str, warm: bool = False) -> dict[str, Any]:
    from studio.engine.sandbox import warm as ways
    from studio.engine.sandbox.inside import Rung
    from studio.engine.sandbox.run import CameToGrief, Ears, Limits, Work, run_at

    limits = Limits(wall_s=20, cpu_s=10, memory_bytes=512 << 20, scratch_bytes=2 << 20)
    try:
        work = Work("module", "tests.support.escapes", arguments) if warm else Work("file", __file__, arguments)
        told = json.loads(run_at(Rung(rung), work, b"", limits=limits, ears=Ears()))
    except CameToGrief as error:
        return {"ended": str(error)}
    return told | {"warm": ways.is_there()}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["try", facts]:
            found = tried(facts)
        case ["write"]:
            found = written()
        case ["apart", rung, facts, *warm]:
            found = apart(rung, "try", facts, warm=bool(warm))
        case ["fill", rung]:
            found = apart(rung, "write")
        case words:
            raise SystemExit(f"{words} is none of these")
    json.dump(found, sys.stdout)
