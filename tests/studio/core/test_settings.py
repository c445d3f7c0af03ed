"""Settings and the data folder."""

from __future__ import annotations

import io
import re
import stat
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from studio.core import log
from studio.core.errors import EXIT_CODE, HTTP_STATUS, RETRY_DELAYS, TOAST, StudioError, Unavailable, retry_delay
from studio.core.settings import Settings, prepared_home


def test_the_signing_key_is_made_once_and_is_private(home: Settings) -> None:
    assert home.signing_key() == home.signing_key()
    assert stat.S_IMODE((home.home_folder / "secret").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_a_sentence_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="Choose another with INKREEL_HOME"):
        prepared_home(Settings(home=tmp_path / "file" / "home"))


def test_a_long_data_folder_still_has_a_socket_path_the_kernel_takes(tmp_path: Path) -> None:
    assert len(str(Settings(home=tmp_path / ("x" * 120)).redis_socket)) < 107


def test_a_postgresql_url_is_given_our_driver() -> None:
    assert Settings(database_url="postgresql://u@h/d").database == "postgresql+psycopg://u@h/d"


def test_every_error_class_has_a_code_in_the_four_tables() -> None:
    def all_of(cls: type[StudioError]) -> set[str]:
        return {cls.code}.union(*(all_of(sub) for sub in cls.__subclasses__()))

    assert all_of(StudioError) == set(HTTP_STATUS) == set(EXIT_CODE) == set(TOAST)
    assert set(RETRY_DELAYS) - {"worker_lost"} <= set(HTTP_STATUS)


def test_only_causes_outside_the_work_are_tried_again() -> None:
    assert [retry_delay("unavailable", n) for n in (1, 2, 3, 4)] == [5, 30, 120, None]
    assert retry_delay("encoder_failed", 1) is None


def test_secrets_do_not_reach_the_log(tmp_path: Path) -> None:
    with log.configured("info", tmp_path / "log.jsonl"):
        log.logger("t").info("signed in", password="hunter2", api_key_of_user="k", name="Mara")
    text = (tmp_path / "log.jsonl").read_text()
    assert "hunter2" not in text
    assert '"name": "Mara"' in text


def test_logs_follow_standard_error_when_it_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal (or a test runner) that was captured and closed must not make the next line of log a crash."""
    closed, present = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", closed)
    log.configured("info")
    monkeypatch.setattr(sys, "stderr", present)
    closed.close()
    log.logger("t").warning("worker died")
    assert "worker died" in present.getvalue()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("given", "origin", "needs_code", "secure"),
    [
        ({}, "http://127.0.0.1:3200", False, False),
        ({"host": "localhost", "port": 80}, "http://localhost:80", False, False),
        ({"host": "127.0.0.2"}, "http://127.0.0.2:3200", False, False),
        ({"host": "::1"}, "http://[::1]:3200", False, False),
        ({"host": "0.0.0.0"}, "http://localhost:3200", True, False),
        ({"host": "::"}, "http://localhost:3200", True, False),
        ({"host": ""}, "http://localhost:3200", True, False),
        ({"host": "studio.lan"}, "http://studio.lan:3200", True, False),
        ({"public_url": "https://films.example.com/"}, "https://films.example.com", True, True),
    ],
)
def test_the_address_decides_about_cookies_and_the_setup_code(
    given: dict[str, object], origin: str, needs_code: bool, secure: bool
) -> None:
    s = Settings(**given)
    assert (s.origin, s.needs_setup_code, s.secure_cookies) == (origin, needs_code, secure)


def test_the_setup_code_is_short_steady_and_of_this_studio(home: Settings) -> None:
    code = home.setup_code()
    assert re.fullmatch(r"[\w-]{16}", code, re.ASCII)
    assert code == home.setup_code() != Settings(secret_key=SecretStr("another")).setup_code()
    assert code.encode() not in home.signing_key()
