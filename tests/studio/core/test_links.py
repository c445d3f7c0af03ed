"""Signed links: whole, unexpired and for this viewer, or refused."""

from __future__ import annotations

import pytest

from studio.core.errors import Forbidden, Invalid, StudioError
from studio.core.links import file_link, verified_file_link

SECRET = b"s" * 32
LINK = file_link("media/ab/abc", secret=SECRET, expires_at=1_000_300, viewer="u1", download_as="a film.mp4")


def test_an_untouched_link_opens_its_file() -> None:
    opened = verified_file_link(LINK, secret=SECRET, at=1_000_000, viewer="u1")
    assert (opened.key, opened.download_as) == ("media/ab/abc", "a film.mp4")


@pytest.mark.parametrize(
    "link",
    [
        LINK.replace("abc", "abd"),
        LINK.replace("1000300", "1000301"),
        LINK.replace("v=u1", "v=u2"),
        LINK.replace("film", "fulm"),
        LINK[:-1] + ("0" if LINK[-1] != "0" else "1"),
        LINK.split("&s=")[0] + "&s=",
        LINK.split("&s=")[0] + "&s=é",
        LINK.split("&s=")[0],
        LINK.split("?")[0],
        LINK.replace("/files/", "/other/"),
        LINK.replace("e=1000300", "e=soon"),
        file_link("media/ab/abc", secret=b"other", expires_at=1_000_300, viewer="u1"),
    ],
)
def test_a_tampered_link_is_refused(link: str) -> None:
    with pytest.raises((Forbidden, Invalid)):
        verified_file_link(link, secret=SECRET, at=1_000_000, viewer="u1")


@pytest.mark.parametrize(("at", "viewer"), [(1_000_301, "u1"), (1_000_300, "u1"), (1_000_000, "u2"), (999_000, "u1")])
def test_a_link_expires_and_is_for_one_viewer(at: float, viewer: str) -> None:
    with pytest.raises(StudioError):
        verified_file_link(LINK, secret=SECRET, at=at, viewer=viewer)
