"""A job answers, or ends in one of few ways: it takes no more than it may, knows nothing of ours and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from studio.core.errors import Cancelled, SandboxRefused
from studio.engine.ffmpeg import program
from studio.engine.sandbox import ladder, starting
from studio.engine.sandbox.inside import Rung
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run, run_at
from studio.engine.sandbox.tree import SCRATCH

pytestmark = pytest.mark.programs

ROOT = Path(__file__).parents[4]
CHILD = "tests.support.child"
MB = 1 << 20
SMALL = Limits(wall_s=20, cpu_s=10, memory_bytes=512 * MB)


def asked(words: str, *arguments: str, limits: Limits = SMALL) -> Any:
    return json.loads(run(Work("module", CHILD, arguments), words.encode(), limits=limits, ours=True))


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., bytes]:
    """Runs some lines of Python in the sandbox."""

    def ran(code: str, *arguments: str, ears: Ears | None = None, at: Rung | None = None, **limits: Any) -> bytes:
        tmp_path.chmod(0o755)
        path = tmp_path / "job.py"
        path.write_text(code)
        work = Work("file", str(path), arguments)
        within = Limits(**{"wall_s": 20, "cpu_s": 10, "memory_bytes": 512 * MB, **limits})
        return (
            run(work, limits=within, ears=ears)
            if at is None
            else run_at(at, work, b"", limits=within, ears=ears or Ears())
        )

    return ran


def outside(code: str, cwd: Path) -> str:
    """What the same lines do where nothing keeps them, so that a wall and not a mistake is what stops them."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd, timeout=60, check=True)
    return done.stdout


def left(mark: str) -> list[str]:
    """The processes alive that were started with this word."""
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes().decode(errors="replace"):
                found.append(entry.name)
        except OSError:
            continue
    return sorted(found, key=int)


def soon_gone(mark: str, within_s: float) -> bool:
    until = time.monotonic() + within_s
    while left(mark) and time.monotonic() < until:
        time.sleep(0.05)
    return not left(mark)


def test_the_child_has_our_code_and_its_arguments_and_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INKREEL_SECRET", "token")
    answer = asked("tell", "a", "b c")
    assert answer["arguments"] == ["a", "b c"]
    assert set(answer["environment"]) <= {*starting.environment(), "LC_CTYPE"}


@pytest.mark.parametrize("words", ["die 11", "die 9", "exit 3"])
def test_a_child_that_dies_came_to_grief(words: str) -> None:
    with pytest.raises(CameToGrief):
        asked(words)


def test_a_child_that_says_too_much_came_to_grief() -> None:
    with pytest.raises(CameToGrief, match="more than 1000 bytes"):
        asked("talk 1001", limits=Limits(out_bytes=1000))


def test_a_child_out_of_processor_time_took_too_long() -> None:
    with pytest.raises(TookTooLong):
        asked("die 24")


def test_what_a_job_says_of_its_end_is_told(job: Callable[..., bytes]) -> None:
    with pytest.raises(CameToGrief, match=r"ZeroDivisionError: division by zero$"):
        job("1 / 0")
    with pytest.raises(CameToGrief, match="exit 1: no scene"):
        job("raise SystemExit('no scene')")


def test_a_large_answer_to_large_bytes_comes_whole() -> None:
    data = os.urandom(3 * MB)
    heard = bytearray()
    limits = Limits(out_bytes=4 * MB)
    cat = Work("program", "/bin/cat")
    assert run(cat, data, limits=limits) == data
    assert run(cat, data, limits=limits, ears=Ears(on_output=heard.extend)) == b""
    assert bytes(heard) == data


def test_a_module_of_ours_may_write_straight_into_a_pipe_of_somebody_elses() -> None:
    sorts = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert sorts.stdin is not None
    piped = Work("module", CHILD, output=sorts.stdin.fileno())
    assert run(piped, b"talk 100000", limits=Limits(out_bytes=10), ours=True) == b""
    said, _ = sorts.communicate(timeout=20)
    assert len(said) == 100_000
    for work, ours in ((piped, False), (Work("program", "/bin/cat", output=1), True)):
        with pytest.raises(ValueError, match="only a module of ours"):
            run(work, limits=SMALL, ours=ours)


def test_files_come_open_and_names_only_when_they_are_given(tmp_path: Path, job: Callable[..., bytes]) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"first")
    two.write_bytes(b"second")
    one.chmod(0o600)
    (tmp_path / "job.py").write_text(
        f"import os\nprint(os.read(3, 9), os.read(4, 9), os.path.exists({str(two)!r}))\n"
        "try: os.read(5, 1)\nexcept OSError as e: print(e.errno)\n"
        "try: os.write(3, b'x')\nexcept OSError as e: print(e.errno)\n"
    )
    work = Work("file", str(tmp_path / "job.py"), files=(two, one))
    tmp_path.chmod(0o755)
    isolated = ladder.required(ours=False) is Rung.ISOLATED
    assert run(work, limits=SMALL).split(b"\n")[:3] == [f"b'second' b'first' {not isolated}".encode(), b"9", b"9"]
    link = tmp_path / "link"
    link.symlink_to(two)
    named = Work("program", "/bin/cat", (str(link),), reads=(link,))
    assert run(named, limits=SMALL) == b"second"


def test_a_program_makes_a_film_of_what_comes_through_a_pipe(tmp_path: Path) -> None:
    ffmpeg = str(program.encoder())
    made = ["-f", "rawvideo", "-s", "16x16", "-pix_fmt", "gray", "-i", "pipe:0", "-f", "matroska", "pipe:1"]
    film = run(Work("program", ffmpeg, ("-v", "error", *made)), bytes(256 * 25), limits=SMALL)
    assert film.startswith(b"\x1a\x45\xdf\xa3")


FORKS = """
import os, sys, time
made = 0
for _ in range(40):
    try:
        if os.fork() == 0:
            time.sleep(5 if sys.argv[1:] else 0)
            os._exit(0)
        made += 1
    except OSError:
        break
print(made, flush=True)
"""


def test_a_fork_bomb_is_stopped_at_its_limit_and_leaves_nothing(job: Callable[..., bytes], tmp_path: Path) -> None:
    assert int(outside(FORKS, tmp_path)) == 40
    mark = uuid4().hex
    assert job(FORKS, mark).strip() == b"0"
    assert 1 <= int(job(FORKS, mark, processes=64)) <= 40
    assert soon_gone(mark, 2)


def test_as_root_too_processes_are_counted(job: Callable[..., bytes]) -> None:
    """More than 64 can be had by nobody."""
    assert int(job(FORKS.replace("40", "300"), "x", processes=64)) < 64


def test_memory_is_limited(job: Callable[..., bytes], tmp_path: Path) -> None:
    greedy = "kept = bytearray(300 << 20); print(len(kept))"
    assert int(outside(greedy, tmp_path)) == 300 * MB
    with pytest.raises(CameToGrief, match="MemoryError"):
        job(greedy, memory_bytes=200 * MB)


def test_endless_output_is_cut_and_an_endless_log_is_forgotten(job: Callable[..., bytes]) -> None:
    with pytest.raises(CameToGrief, match="more than 1048576 bytes"):
        job("import sys\nwhile True: sys.stdout.write('x' * 65536)", out_bytes=MB)
    heard = bytearray()
    with pytest.raises(TookTooLong):
        job(
            "import sys\nwhile True: sys.stderr.write('x' * 65536)",
            wall_s=1.0,
            log_bytes=MB,
            ears=Ears(on_log=heard.extend),
        )
    assert len(heard) == MB


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("while True: pass", {"cpu_s": 1, "wall_s": 120}),
        ("import time; time.sleep(60)", {"wall_s": 0.7}),
        ("import signal\nfor n in range(1, 32):\n    if n not in (9, 19): signal.signal(n, signal.SIG_IGN)\n"
         "while True: pass", {"wall_s": 1.0}),
        ("import os; os.close(0); os.close(1); os.close(2)\nwhile True: pass", {"wall_s": 0.7}),
    ],
)  # fmt: skip
def test_endless_work_is_ended_in_time(code: str, limits: dict[str, Any], job: Callable[..., bytes]) -> None:
    begun, mark = time.monotonic(), uuid4().hex
    with pytest.raises(TookTooLong):
        job(code, mark, **limits)
    assert time.monotonic() - begun < 30
    assert soon_gone(mark, 2)


def test_a_job_is_cancelled_within_three_seconds(job: Callable[..., bytes]) -> None:
    mark, stopped = uuid4().hex, time.monotonic() + 0.5
    with pytest.raises(Cancelled):
        job("import time\nwhile True: time.sleep(1)", mark, ears=Ears(stop=lambda: time.monotonic() > stopped))
    assert time.monotonic() - stopped < 3
    assert left(mark) == []


WRITES = """
import os, sys
kept = 0
try:
    for n in range(int(sys.argv[1])):
        with open(f"f{n}", "wb") as f:
            for _ in range(int(sys.argv[2])): kept += f.write(bytes(100_000)); f.flush()
except OSError as e: pass
print(kept)
"""


@pytest.mark.parametrize(("files", "each"), [("1", "50"), ("50", "1")])
def test_a_job_writes_no_more_than_its_folder_takes(files: str, each: str, job: Callable[..., bytes]) -> None:
    assert int(job(WRITES, files, each, scratch_bytes=8 * MB)) == 5_000_000
    assert int(job(WRITES, files, each, scratch_bytes=2 * MB)) < 2_300_000
    assert int(job(WRITES, files, each)) == 0


def test_a_daemon_does_not_outlive_its_job(job: Callable[..., bytes], tmp_path: Path) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n    if os.fork() == 0: time.sleep(60)\n    os._exit(0)\n"
        "os.wait()\nprint('left')"
    )
    mark = uuid4().hex
    assert job(code, mark, processes=8).strip() == b"left"
    assert soon_gone(mark, 2)
    daemon = subprocess.Popen([sys.executable, "-c", code, mark], stdout=subprocess.DEVNULL)
    daemon.wait()
    alive = left(mark)
    for each in alive:
        os.kill(int(each), signal.SIGKILL)
    assert alive


def test_a_job_dies_with_whoever_asked_for_it() -> None:
    code = (
        "from studio.engine.sandbox.run import Limits, Work, run\n"
        "run(Work('program', '/bin/sleep', ('60',)), limits=Limits())"
    )
    asking = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    until = time.monotonic() + 20
    while not (sleepers := _sleepers(asking.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert sleepers
    asking.kill()
    asking.wait()
    while any(_alive(each) for each in sleepers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_alive(each) for each in sleepers)


def _sleepers(pid: int) -> list[int]:
    """The descendants of a process that have become `sleep`."""
    found: list[int] = []
    try:
        below = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        for each in below:
            found += _sleepers(each)
            if Path(f"/proc/{each}/comm").read_text().strip() == "sleep":
                found.append(each)
    except OSError:
        pass
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_an_isolated_job_has_namespaces_of_its_own_and_reads_only(job: Callable[..., bytes]) -> None:
    if ladder.required(ours=False) is not Rung.ISOLATED:
        pytest.skip("this machine does not isolate")
    code = """
import os, sys, time
print(os.getpid(), *(path for path in ("/", "/usr", sys.base_prefix) if not os.statvfs(path).f_flag & os.ST_RDONLY))
sys.stdout.flush()
time.sleep(60)
"""
    mark, heard, theirs = uuid4().hex, bytearray(), set[str]()

    def seen() -> bool:
        if heard:
            theirs.update(*(_namespaces(pid) for pid in left(mark)[-1:]))
        return bool(heard)

    with pytest.raises(Cancelled):
        job(code, mark, ears=Ears(stop=seen, on_output=heard.extend))
    assert heard.split() == [b"2"]
    assert len(theirs) == 5
    assert theirs.isdisjoint(_namespaces("self"))


def _namespaces(pid: str) -> set[str]:
    return {str(Path(f"/proc/{pid}/ns/{kind}").readlink()) for kind in ("mnt", "pid", "net", "ipc", "uts")}


def test_what_cannot_be_set_up_is_refused_and_not_run(
    job: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SandboxRefused, match="could not be kept apart"):
        run(Work("program", "/no/such/program"), limits=SMALL)


def test_a_job_has_its_folder_and_no_other(job: Callable[..., bytes]) -> None:
    told = "import os; print(os.getcwd(), os.environ['HOME'], os.environ['TMPDIR'])"
    if ladder.required(ours=False) is Rung.ISOLATED:
        assert job(told, scratch_bytes=MB).decode().split() == [SCRATCH] * 3
