"""The web process: its pauses and its port."""

from __future__ import annotations

import errno
import socket

import pytest

from app.web.process import delay_before, next_free_port, port_error
from studio.core.errors import Invalid


def test_the_pause_before_a_restart_doubles_up_to_five_seconds() -> None:
    assert [delay_before(n) for n in range(1, 8)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


def test_a_port_somebody_listens_on_is_taken_and_the_next_free_one_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port_error("127.0.0.1", port) == errno.EADDRINUSE
        free = next_free_port("127.0.0.1", port)
        assert free is not None
        assert free > port
        assert port_error("127.0.0.1", free) == 0


def test_a_port_that_granian_shares_is_taken_too() -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        assert port_error("127.0.0.1", taken.getsockname()[1]) == errno.EADDRINUSE


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_a_host_that_is_not_ours_is_a_sentence(host: str) -> None:
    with pytest.raises(Invalid, match=r"Use 127\.0\.0\.1"):
        port_error(host, 3200)
