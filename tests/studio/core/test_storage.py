"""The store, in a folder and on S3 (a real loopback server)."""

from __future__ import annotations

import os
import urllib.request
from pathlib import Path

import pytest

from studio.core.errors import Invalid, NotFound, Unavailable
from studio.core.links import verified_file_link
from studio.core.settings import Settings, settings
from studio.core.storage import LocalStorage, Storage, media_key, sha256_of, storage
from tests.support.s3 import make_bucket


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, home: Settings, monkeypatch: pytest.MonkeyPatch) -> Storage:
    if request.param == "s3":
        monkeypatch.setenv("INKREEL_STORAGE", "s3")
        monkeypatch.setenv("INKREEL_S3_ENDPOINT_URL", request.getfixturevalue("s3"))
        settings.cache_clear()
        make_bucket()
    return storage()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bin"
    path.write_bytes(os.urandom(3_000_000))
    return path


def test_what_was_put_is_fetched_byte_for_byte(store: Storage, file: Path) -> None:
    key = media_key(sha256_of(file))
    assert not store.exists(key)
    store.put(key, file)
    assert store.exists(key)
    assert store.fetch(key).read_bytes() == file.read_bytes()


def test_putting_again_replaces(store: Storage, file: Path, tmp_path: Path) -> None:
    store.put("exports/1/a.txt", file)
    store.fetch("exports/1/a.txt")
    other = tmp_path / "b"
    other.write_text("new")
    store.put("exports/1/a.txt", other)
    assert store.fetch("exports/1/a.txt").read_text() == "new"


def test_copies_go_longest_unused_first_and_what_was_just_fetched_stays(store: Storage, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / "f").write_bytes(bytes([n]) * 1000)
        store.put(f"exports/{n}", tmp_path / "f")
        copy = store.fetch(f"exports/{n}")
        if n < 2:
            old = copy.stat().st_mtime - 10_000 + n
            os.utime(copy, (old, old))
    only_copies = not isinstance(store, LocalStorage)
    assert store.trim(3000) == 0
    assert store.trim(2000) == only_copies
    assert store.trim(0) == only_copies
    assert [store.fetch(f"exports/{n}").read_bytes()[0] for n in range(3)] == [0, 1, 2]


def test_a_missing_file_is_said_to_be_missing(store: Storage) -> None:
    with pytest.raises(NotFound):
        store.fetch(media_key("0" * 64))
    store.delete(media_key("0" * 64))


@pytest.mark.parametrize("key", ["../secret", "a/../../b", "/etc/passwd", "", "a//b", "a\x00b", "media/.."])
def test_a_key_that_climbs_out_is_refused(store: Storage, file: Path, key: str) -> None:
    for attempt in (lambda: store.put(key, file), lambda: store.fetch(key), lambda: store.link(key)):
        with pytest.raises(Invalid):
            attempt()


def test_an_s3_link_serves_the_file(store: Storage, file: Path) -> None:
    store.put("exports/1/a.bin", file)
    link = store.link("exports/1/a.bin", download_as='a "film".bin')
    if link.startswith("http"):
        with urllib.request.urlopen(link) as answer:
            assert answer.read() == file.read_bytes()
            assert answer.headers["Content-Disposition"] == 'attachment; filename="a _film_.bin"'
    else:
        secret = settings().signing_key()
        assert verified_file_link(link, secret=secret, at=_now()).download_as == 'a "film".bin'


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path, file: Path) -> None:
    store = LocalStorage(tmp_path / "s", b"k", reserve_mb=1 << 40)
    with pytest.raises(Unavailable, match="nearly full"):
        store.put("a/b", file)
    assert not store.exists("a/b")
    assert list((tmp_path / "s" / "a").iterdir()) == []


def _now() -> float:
    import time

    return time.time()
