"""Ways out of the sandbox that work outside it work in it at no rung, whoever runs the studio; nothing outlives a job."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support import escapes

pytestmark = pytest.mark.programs

ROOT = Path(__file__).parents[4]
PYTHON = [sys.executable, "-P", escapes.__file__]
USER = 12345

# Shows Python to every user, whose folder only root may pass, in mounts of its own; then becomes what comes after.
OPENED = """
base=$0; keep=$(mktemp -d); outer=/$(echo "$base" | cut -d/ -f2)
mount --bind "$base" "$keep"; mount -t tmpfs none "$outer"; mkdir -p "$base"; mount --bind "$keep" "$base"
umount "$keep"; rmdir "$keep"; chmod 755 "$outer"; exec "$@"
"""


@pytest.fixture(scope="module")
def facts() -> Generator[str]:
    """A file, a port and a process that are nobody's business, all of them open to whoever gets there."""
    folder = Path(tempfile.mkdtemp(prefix="inkreel-escape-"))
    victim = subprocess.Popen(["sleep", "60"], user=USER if os.geteuid() == 0 else None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        folder.chmod(0o777)
        canary = folder / "canary"
        canary.write_bytes(b"canary")
        canary.chmod(0o666)
        try:
            yield json.dumps({"canary": str(canary), "port": listener.getsockname()[1], "victim": victim.pid})
        finally:
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            shutil.rmtree(folder)


def as_user(words: list[str]) -> list[str]:
    """The words of a command, to be run by an ordinary user."""
    if os.geteuid() != 0:
        return words
    who = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    return [*opened([]), *who, *words]


def opened(words: list[str]) -> list[str]:
    base = str(Path(sys.base_prefix).resolve())
    if os.geteuid() != 0 or not base.startswith("/root/"):
        return words
    return ["unshare", "--mount", "sh", "-ec", OPENED, base, *words]


def done(words: list[str], cwd: Path, *, log: bool = False, tmp: Path | None = None) -> Any:
    """What a command says in JSON; with a `log`, on the last line."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "INKREEL_CANARY": "x", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"TMPDIR": str(tmp)} if tmp else {}
    ended = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=cwd, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1] if log else ended.stdout)


def test_every_way_out_works_outside(facts: str, tmp_path: Path) -> None:
    worked = done([*PYTHON, "try", facts], tmp_path)["worked"]
    untraced = {"traces_another", "reads_the_memory_of_another"} if os.geteuid() else set[str]()
    assert {way.__name__ for way in escapes.WAYS} - set(worked) <= untraced


@pytest.mark.parametrize("rung", ["isolated", "landlock"])
@pytest.mark.parametrize("who", ["as root", "as a user"])
@pytest.mark.parametrize("warm", [[], ["warm"]])
def test_no_way_out_works_in_the_sandbox(warm: list[str], who: str, rung: str, facts: str, tmp_path: Path) -> None:
    if who == "as root" and os.geteuid() != 0:
        pytest.skip("this is no root")
    words = [*PYTHON, "apart", rung, facts, *warm]
    if who == "as a user":
        words = as_user(words)
    elif rung == "landlock":
        words = opened(words)
    beside = Path(json.loads(facts)["canary"]).parent
    before = sorted(beside.iterdir())
    found = done(words, tmp_path if who == "as root" else Path("/"))
    assert found["warm"] == bool(warm)
    assert found["worked"] == []
    assert found["threads"] == 4
    assert found["user"] != 0
    assert sorted(beside.iterdir()) == before


@pytest.mark.parametrize("rung", ["isolated", "landlock"])
def test_a_job_that_fills_its_folder_ends_badly_at_every_rung(rung: str, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(
        prefix="inkreel-test-"
    ) as folder:  # where other users may pass, not below pytest's
        tmp = Path(folder)
        tmp.chmod(0o777)
        ended = done(opened([*PYTHON, "fill", rung]), tmp_path, tmp=tmp)["ended"]
        left = list(tmp.glob("inkreel-job-*"))
    assert ("No space left" if rung == "isolated" else "more than 2097152 bytes of files") in ended
    assert left == []


def test_where_namespaces_are_forbidden_strange_code_is_refused_and_told_how_to_mend_it(tmp_path: Path) -> None:
    """As in a container: root, but without the power to make them."""
    if os.geteuid() != 0:
        pytest.skip("this is no root")
    code = """
import json
from studio.core.errors import SandboxRefused
from studio.engine.sandbox import ladder
try: said = str(ladder.required(ours=False))
except SandboxRefused as error: said = error.message
print(json.dumps([ladder.standing().rung, ladder.required(ours=True), said]))
"""
    powerless = ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", sys.executable, "-c", code]
    rung, ours, said = done(opened(powerless), tmp_path, log=True)
    assert (rung, ours) == ("landlock", "landlock")
    assert "Code from outside is not run" in said
    assert "not permitted" in said
    assert "INKREEL_SANDBOX_ALLOW=landlock" in said


def test_the_sandbox_with_only_limits_is_no_sandbox(facts: str, tmp_path: Path) -> None:
    found = done(opened([*PYTHON, "apart", "limits", facts]), tmp_path)
    assert {"reads_a_secret_file", "connects_to_a_port", "forks"} <= set(found["worked"])
