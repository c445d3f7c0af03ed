"""Jobs forked from a warm interpreter are as well kept, as well ended and as much apart from each other as any."""

from __future__ import annotations

import ast
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from studio.core.errors import Cancelled
from studio.engine.sandbox import starting, warm
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

pytestmark = pytest.mark.programs

ROOT = Path(__file__).parents[4]
CHILD = "tests.support.child"
MB = 1 << 20


@pytest.fixture(autouse=True)
def fresh() -> Generator[None]:
    """A warm interpreter of the test's own, and none left behind."""
    warm.end()
    yield
    warm.end()
    warm._zygotes.given_up = False


def done(code: str, *, ears: Ears | None = None, **limits: Any) -> str:
    """What some lines of Python say, in a job from the warm interpreter."""
    within = Limits(**{"wall_s": 20, "cpu_s": 10, "memory_bytes": 512 * MB, **limits})
    return run(Work("module", CHILD), f"do {code}".encode(), limits=within, ours=True, ears=ears).decode().strip()


def zygote() -> int:
    warm.ready()
    assert warm._zygotes._now is not None
    return warm._zygotes._now.pid


def below(pid: int) -> list[int]:
    """The living descendants of a process."""
    found: list[int] = []
    try:
        for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += [int(each), *below(int(each))]
    except OSError:
        pass
    return [each for each in found if alive(each)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(what: Callable[[], object], within_s: float = 10.0) -> bool:
    until = time.monotonic() + within_s
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(what())


def test_jobs_come_from_one_interpreter_and_are_like_no_other() -> None:
    tell = "import json, os, random, sys; print(json.dumps([random.random(), sorted(os.environ), os.getcwd()]))"
    first = zygote()
    (one, environment, at), (other, _, _) = json.loads(done(tell)), json.loads(done(tell))
    assert zygote() == first
    assert not warm._zygotes.given_up
    assert one != other
    assert set(environment) <= {*starting.environment(), "LC_CTYPE"}
    assert at == "/"


def test_a_job_holds_its_pipes_and_its_files_and_nothing_else(tmp_path: Path) -> None:
    code = """import os
held = []
for n in range(200):
    try: os.fstat(n); held.append(n)
    except OSError: pass
print(held, os.read(3, 9))"""
    (tmp_path / "a").write_bytes(b"given")
    work = Work("module", CHILD, files=(tmp_path / "a", tmp_path / "a"))
    with (tmp_path / "mine").open("wb") as mine:
        os.set_inheritable(mine.fileno(), True)
        assert run(work, f"do {code}".encode(), limits=Limits(), ours=True) == b"[0, 1, 2, 3, 4] b'given'\n"
        held = [str(link.readlink()) for link in Path(f"/proc/{zygote()}/fd").iterdir()]
    assert sum(each.startswith("socket:") for each in held) == 1
    assert {each for each in held if not each.startswith("socket:")} == {"/dev/null"}


def test_the_warm_interpreter_knows_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKREEL_SECRET", "token")
    told = Path(f"/proc/{zygote()}/environ").read_bytes()
    assert soon(lambda: b"PYTHONPATH" in Path(f"/proc/{zygote()}/environ").read_bytes())
    assert b"INKREEL" not in told


def test_what_is_imported_beforehand_starts_no_thread_and_reads_no_settings() -> None:
    code = (
        "import importlib, sys, threading, pathlib\n"
        "for each in sys.argv[1:]:\n"
        "    for more in getattr(importlib.import_module(each), 'BEFOREHAND', ()): importlib.import_module(more)\n"
        "from studio.core.settings import settings\n"
        "print(settings.cache_info().currsize, len(list(pathlib.Path('/proc/self/task').iterdir())))"
    )
    readers = [entry for path in sorted((ROOT / "studio").rglob("*.py")) if (entry := _entry(path))]
    assert "studio.engine.probe" in readers
    bare = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", code, *readers], env=bare, capture_output=True, text=True, check=True)
    assert ran.stdout == "0 1\n"


def _entry(path: Path) -> str:
    """The name of a module that is run in the sandbox: one that does something when it is the main one."""
    mains = [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.If) and "__name__" in ast.dump(node.test)
    ]
    return ".".join(path.relative_to(ROOT).with_suffix("").parts) if mains else ""


def test_a_job_is_ended_with_its_time_its_memory_and_its_words() -> None:
    with pytest.raises(TookTooLong):
        done("while True: pass", cpu_s=1, wall_s=60)
    with pytest.raises(TookTooLong):
        done("import time; time.sleep(60)", wall_s=0.3)
    with pytest.raises(CameToGrief, match="MemoryError"):
        done("kept = bytearray(300 << 20)", memory_bytes=200 * MB)
    with pytest.raises(CameToGrief, match="more than 1000 bytes"):
        done("print('x' * 2000)", out_bytes=1000)
    with pytest.raises(CameToGrief, match="exit 3: so it is"):
        done("import sys; sys.stderr.write('so it is'); sys.exit(3)")
    assert soon(lambda: below(zygote()) == [])


def test_a_job_that_crashes_ends_the_interpreter_its_memory_was_laid_out_by() -> None:
    first = zygote()
    with pytest.raises(CameToGrief, match="exit 3"):
        done("import sys; sys.exit(3)")
    assert zygote() == first
    with pytest.raises(CameToGrief, match="signal 11"):
        done("import os; os.kill(os.getpid(), 11)")
    assert zygote() != first
    assert soon(lambda: not alive(first))
    assert done("print(5)") == "5"


def test_a_cancelled_job_is_gone_when_it_is_told() -> None:
    stopped = time.monotonic() + 0.5
    with pytest.raises(Cancelled):
        done("import time\nwhile True: time.sleep(1)", ears=Ears(stop=lambda: time.monotonic() > stopped))
    assert time.monotonic() - stopped < 3
    assert soon(lambda: below(zygote()) == [], 0.5)  # nor whoever kept it


def test_an_interpreter_that_died_is_started_again_and_the_jobs_it_had_go_on() -> None:
    first, heard = zygote(), bytearray()

    def end_it() -> bool:
        if heard and alive(first):
            os.kill(first, signal.SIGKILL)
        return False

    code = "import time; print('a', flush=True); time.sleep(0.5); print('b')"
    assert done(code, ears=Ears(stop=end_it, on_output=heard.extend)) == ""
    assert heard == b"a\nb\n"
    assert not alive(first)
    assert done("print(7)") == "7"
    assert zygote() != first


def test_an_order_that_nobody_took_is_given_again() -> None:
    """It dies with the order unread: the one after it does the job."""
    first = zygote()
    os.kill(first, signal.SIGSTOP)

    def end_it() -> bool:
        if alive(first):
            os.kill(first, signal.SIGKILL)
        return False

    assert done("print(7)", ears=Ears(stop=end_it)) == "7"
    assert not warm._zygotes.given_up


def test_where_no_interpreter_stays_warm_jobs_are_started_cold_and_that_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm, "_ZYGOTE", "no.such.module")
    with capture_logs() as said:
        assert [done("print(7)"), done("print(8)")] == ["7", "8"]
    assert len([each for each in said if "cold" in each["event"]]) == 1


FORKS = """
import os, sys
from studio.engine.sandbox import starting, warm
from studio.engine.sandbox.run import Ears, Limits, Work, run

def job(words, hear=None):
    work, ears = Work("module", "tests.support.child"), Ears(on_output=hear)
    return run(work, words.encode(), limits=Limits(), ours=True, ears=ears)

warm.ready()
"""


SHARED = """
pids, zygote = [], warm._zygotes._now.pid
for n in range(4):
    pid = os.fork()
    if pid == 0:
        said = [job(f"do print({n} * 1000 + {k})") for k in range(3)]
        right = said == [b"%d\\n" % (n * 1000 + k) for k in range(3)]
        os._exit(0 if right and warm._zygotes._now.pid == zygote else 1)
    pids.append(pid)
print([os.waitpid(pid, 0)[1] for pid in pids], warm._zygotes.given_up)
"""


def test_forks_of_a_process_share_its_interpreter_and_nobody_takes_anothers_answer() -> None:
    words = [sys.executable, "-c", FORKS + SHARED]
    ran = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    assert ran.stdout.splitlines()[-1] == "[0, 0, 0, 0] False"


HELD = """
zygote = warm._zygotes._now.pid
if os.fork() == 0:
    job("do import time; print(5, flush=True); time.sleep(60)", lambda _: print(zygote, os.getpid(), flush=True))
sys.stdin.read()
"""


def test_a_job_dies_with_the_fork_that_asked_and_the_interpreter_with_the_last_of_them() -> None:
    words, pipe = [sys.executable, "-c", FORKS + HELD], subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe) as asking:
        assert asking.stdout is not None
        first, fork = (int(word) for word in asking.stdout.readline().split())
        jobs = below(first)
        assert jobs
        os.kill(fork, signal.SIGKILL)
        assert soon(lambda: not any(alive(each) for each in jobs), 5)
        assert alive(first)
        asking.kill()
    assert soon(lambda: not alive(first), 5)


def test_what_jobs_took_is_counted_when_the_interpreter_has_ended() -> None:
    def used() -> float:
        taken = resource.getrusage(resource.RUSAGE_CHILDREN)
        return taken.ru_utime + taken.ru_stime

    zygote()
    begun = used()
    done("import time\nwhile time.process_time() < 0.3: pass")
    warm.end()
    assert used() - begun > 0.25
