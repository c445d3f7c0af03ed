"""What a machine can keep apart decides what runs on it, and what is lacking is told with what mends it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from studio.core.errors import SandboxRefused
from studio.core.settings import settings
from studio.engine.sandbox import calls, ladder
from studio.engine.sandbox.inside import Rung
from studio.engine.sandbox.ladder import Standing, required, standing, tried

Tell = Callable[[str, str], None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Generator[Tell]:
    """A machine whose trials end so: at the best rung, and at the one below."""
    ladder._found.cache_clear()

    def tell(isolated: str, landlock: str) -> None:
        found = {Rung.ISOLATED: isolated, Rung.LANDLOCK: landlock}
        monkeypatch.setattr(ladder, "tried", found.__getitem__)
        monkeypatch.setattr(ladder, "unreadable", lambda: "")

    yield tell
    ladder._found.cache_clear()


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Generator[Callable[[str], None]]:
    def allowed(rung: str) -> None:
        monkeypatch.setenv("INKREEL_SANDBOX_ALLOW", rung)
        settings.cache_clear()

    yield allowed
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize(
    ("isolated", "landlock", "allowed", "for_code", "for_bytes"),
    [
        ("", "", "isolated", Rung.ISOLATED, Rung.ISOLATED),
        ("", "", "limits", Rung.ISOLATED, Rung.ISOLATED),
        ("denied", "", "isolated", None, Rung.LANDLOCK),
        ("denied", "", "landlock", Rung.LANDLOCK, Rung.LANDLOCK),
        ("denied", "", "limits", Rung.LANDLOCK, Rung.LANDLOCK),
        ("denied", "absent", "isolated", None, None),
        ("denied", "absent", "landlock", None, None),
        ("denied", "absent", "limits", None, Rung.LIMITS),
    ],
)
def test_what_runs_where(
    isolated: str,
    landlock: str,
    allowed: str,
    for_code: Rung | None,
    for_bytes: Rung | None,
    machine: Tell,
    allow: Callable[[str], None],
) -> None:
    machine(isolated, landlock)
    allow(allowed)
    for ours, expected in ((False, for_code), (True, for_bytes)):
        if expected:
            assert required(ours=ours) is expected
        else:
            with pytest.raises(SandboxRefused, match=r"denied.*Mend it with: \w"):
                required(ours=ours)


@pytest.mark.programs
def test_the_trial_tells_a_wall_that_is_not_there() -> None:
    assert "a job reads other files" in tried(Rung.LIMITS)


def test_a_machine_whose_calls_we_do_not_know_has_no_sandbox(monkeypatch: pytest.MonkeyPatch, machine: Tell) -> None:
    monkeypatch.setattr(calls, "known_machine", lambda: False)
    assert (standing().rung, standing().lacking) == (Rung.LIMITS, "it needs Linux on x86-64 or arm64")


def test_a_python_that_only_root_may_read_is_named(monkeypatch: pytest.MonkeyPatch, machine: Tell) -> None:
    machine("denied", "")
    monkeypatch.setattr(ladder, "unreadable", lambda: "/shut")
    assert standing() == Standing(Rung.LIMITS, "denied; other users cannot pass /shut", "chmod o+x /shut")


@pytest.mark.parametrize(
    ("setting", "command"),
    [("unprivileged_userns_clone", "kernel.unprivileged_userns_clone=1"), ("max_user_namespaces", "user.max_user")],
)
def test_a_shut_door_to_namespaces_is_found(
    setting: str, command: str, machine: Tell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    doors = tuple((f"{tmp_path}/{place.rpartition('/')[2]}", shut, fix) for place, shut, fix in ladder._USER_NAMESPACES)
    for place, shut, _ in doors:
        Path(place).write_text(shut if setting in place else str(1 - int(shut)))
    monkeypatch.setattr(ladder, "_USER_NAMESPACES", doors)
    monkeypatch.setattr(ladder.os, "geteuid", lambda: 1000)
    machine("denied", "")
    assert command in standing().fix
