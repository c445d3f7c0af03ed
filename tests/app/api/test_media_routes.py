"""Files over HTTP: ranges, what is cached, what a hostile file may do, and signed links."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from studio.core import links
from studio.core.db import unit_of_work
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.projects import service as projects
from tests.factories.people import Cast, make_cast
from tests.support.browser import Browser
from tests.support.s3 import make_bucket

pytestmark = pytest.mark.services


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/api/v1/projects/{cast.project_id}/media/{cast.sha256}"


def test_a_file_comes_whole_with_its_type_and_as_nobodys_page(editor: Browser, cast: Cast, address: str) -> None:
    answer = editor.get(address)
    assert (answer.status_code, answer.content) == (200, cast.content)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["etag"] == f'"{cast.sha256}"'
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["content-security-policy"].endswith("sandbox")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["accept-ranges"] == "bytes"
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=5-", 5, None),
        ("bytes=-4", -4, None),
        ("bytes=-99999", 0, None),
        ("bytes=3-99999", 3, None),
    ],
)
def test_a_range_gives_that_part(
    editor: Browser, cast: Cast, address: str, asked: str, first: int, last: int | None
) -> None:
    answer = editor.get(address, headers={"Range": asked})
    size = len(cast.content)
    start = first if first >= 0 else size + first
    end = size - 1 if last is None else last
    assert (answer.status_code, answer.content) == (206, cast.content[start : end + 1])
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{size}"
    assert answer.headers["content-length"] == str(end - start + 1)


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=9999-10000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(editor: Browser, cast: Cast, address: str, asked: str) -> None:
    answer = editor.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.json()["error"]["code"]) == (416, "range")
    assert answer.headers["content-range"] == f"bytes */{len(cast.content)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=9-3",
        "bytes=-",
        "bytes=a-b",
        "chars=0-1",
        "bytes",
        "bytes=0-1,3-4",
        "bytes=" + "9" * 30 + "-",
        "bytes=--1",
    ],
)
def test_a_range_nobody_understands_gives_the_whole(editor: Browser, cast: Cast, address: str, asked: str) -> None:
    answer = editor.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, cast.content)


def test_a_range_of_another_version_gives_the_whole(editor: Browser, cast: Cast, address: str) -> None:
    for tag, status in ((f'"{cast.sha256}"', 206), ('"other"', 200)):
        assert editor.get(address, headers={"Range": "bytes=0-1", "If-Range": tag}).status_code == status
    assert editor.get(address, headers={"Range": "bytes=9999-", "If-Range": '"other"'}).status_code == 200


def test_what_the_browser_has_is_not_sent_again(editor: Browser, cast: Cast, address: str) -> None:
    for tag in (f'"{cast.sha256}"', f'W/"{cast.sha256}"', f'"a", "{cast.sha256}"', "*"):
        answer = editor.get(address, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")
    assert editor.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_the_size_without_the_file(editor: Browser, cast: Cast, address: str) -> None:
    answer = editor.request("HEAD", address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(cast.content))


def test_a_thumbnail_is_the_small_one_where_there_is_one(editor: Browser, cast: Cast, address: str) -> None:
    small = editor.get(f"{address}?size=thumbnail")
    assert (small.content, small.headers["content-type"]) == (b"RIFF small", "image/webp")
    assert small.headers["etag"] != f'"{cast.sha256}"'
    storage().delete(f"renditions/{cast.sha256}/thumbnail")
    assert editor.get(f"{address}?size=thumbnail").content == cast.content


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("a film.svg", "attachment; filename*=utf-8''a%20film.svg"),
        ("film.svg", 'attachment; filename="film.svg"'),
        ('a"b\r\nX-Evil: 1.svg', "attachment; filename*=utf-8''a%22bX-Evil%3A%201.svg"),
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ("été.svg", "attachment; filename*=utf-8''%C3%A9t%C3%A9.svg"),
    ],
)
def test_a_download_is_offered_under_a_safe_name(editor: Browser, address: str, name: str, offered: str) -> None:
    answer = editor.get(address, params={"download": name})
    assert answer.headers["content-disposition"] == offered
    assert "x-evil" not in answer.headers


def test_a_file_of_another_project_is_not_there(editor: Browser, cast: Cast) -> None:
    with unit_of_work() as uow:
        other = projects.create_project(uow, cast.actor("editor"), name="Mine")
    assert editor.get(f"/api/v1/projects/{other.id}/media/{cast.sha256}").status_code == 404


def test_a_file_in_s3_comes_in_parts_too(visitor: Browser, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKREEL_STORAGE", "s3")
    monkeypatch.setenv("INKREEL_S3_ENDPOINT_URL", s3)
    settings.cache_clear()
    make_bucket()
    cast = make_cast()
    browser = visitor.another(cast.session("viewer"))
    address = f"/api/v1/projects/{cast.project_id}/media/{cast.sha256}"
    answer = browser.get(address, headers={"Range": "bytes=2-5"})
    assert (answer.status_code, answer.content) == (206, cast.content[2:6])
    assert browser.get(f"{address}?size=thumbnail").content == b"RIFF small"
    link = browser.post(f"{address}/link", json={"download": "a.svg"}).json()["data"]["url"]
    assert link.startswith(s3)
    assert httpx.get(link).content == cast.content


def test_a_file_gone_from_the_store_is_not_there(editor: Browser, cast: Cast, address: str) -> None:
    storage().delete(media_key(cast.sha256))
    assert editor.get(address).status_code == 404


def test_a_signed_link_opens_without_a_session(editor: Browser, cast: Cast, address: str) -> None:
    link = editor.post(f"{address}/link", json={"download": "panel.svg"}).json()["data"]["url"]
    answer = editor.another().get(link, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, cast.content[:4])
    assert answer.headers["content-disposition"] == 'attachment; filename="panel.svg"'
    assert editor.another().request("HEAD", link).status_code == 200


def changed(link: str, **parts: str) -> str:
    split = urlsplit(link)
    query = {k: v[0] for k, v in parse_qs(split.query, keep_blank_values=True).items()}
    return f"{parts.pop('path', split.path)}?{urlencode({**query, **parts})}"


def test_a_tampered_link_opens_nothing(editor: Browser, cast: Cast, address: str) -> None:
    link = editor.post(f"{address}/link", json={}).json()["data"]["url"]
    late = links.file_link(
        media_key(cast.sha256),
        secret=settings().signing_key(),
        expires_at=int(time.time()) - 1,
        viewer=cast.people["editor"],
    )
    tampered = [
        changed(link, v=cast.people["owner"]),
        changed(link, d="other.svg"),
        changed(link, e=str(int(time.time()) + 800)),
        changed(link, s="0" * 64),
        changed(link, s=""),
        changed(link, path=f"/files/media/aa/{cast.sha256}"),
        changed(link, path=f"/files/{media_key('a' * 64)}"),
        changed(link, path="/files/secret"),
        changed(late, p=cast.project_id),
        links.file_link(
            media_key(cast.sha256), secret=b"guess", expires_at=int(time.time()) + 60, viewer=cast.people["editor"]
        )
        + f"&p={cast.project_id}",
    ]
    assert [editor.another().get(t).status_code for t in tampered] == [403] * len(tampered)
    assert editor.another().get(link.split("?")[0]).status_code == 422


def test_a_link_to_anything_but_a_media_file_opens_nothing(editor: Browser, cast: Cast) -> None:
    made = storage().link("renditions/x/thumbnail", viewer=cast.people["editor"])
    assert editor.get(f"{made}&p={cast.project_id}").status_code == 404


def test_a_link_ends_with_the_right_to_see_the_file(editor: Browser, cast: Cast, address: str) -> None:
    link = editor.post(f"{address}/link", json={}).json()["data"]["url"]
    with unit_of_work() as uow:
        projects.remove_member(uow, cast.actor("owner"), cast.project_id, cast.people["editor"])
    assert editor.another().get(link).status_code == 404


def test_a_link_to_a_deleted_file_is_not_there(editor: Browser, cast: Cast, address: str) -> None:
    link = editor.post(f"{address}/link", json={}).json()["data"]["url"]
    storage().delete(media_key(cast.sha256))
    assert editor.another().get(link).status_code == 404


def test_a_link_lives_fifteen_minutes_at_most(editor: Browser, address: str) -> None:
    assert editor.post(f"{address}/link", json={"seconds": 901}).status_code == 422
    link = editor.post(f"{address}/link", json={}).json()["data"]["url"]
    assert 890 <= int(parse_qs(urlsplit(link).query)["e"][0]) - time.time() <= 900
