"""Where files live: one port, a local folder or S3. Media are kept once, under their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from studio.core import links
from studio.core.errors import Invalid, NotFound, Unavailable
from studio.core.settings import Settings, prepared_home, settings

_KEY = re.compile(r"[A-Za-z0-9_\-.]+(/[A-Za-z0-9_\-.]+)*")
_CHUNK = 1 << 20
_JUST_FETCHED_S = 3600


class Storage(Protocol):
    """Files under slash-separated keys. Every method raises Unavailable when the store cannot be used."""

    def put(self, key: str, source: Path) -> None:
        """Store a copy of a file; whole or not at all, replacing what was there."""
        ...

    def fetch(self, key: str) -> Path:
        """A local, read-only path with the file's content. Raises: NotFound."""
        ...

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Remove it; nothing happens when it is not there."""
        ...

    def link(self, key: str, *, seconds: int = 300, viewer: str = "", download_as: str = "") -> str:
        """A signed link that expires after `seconds` (at most 900)."""
        ...

    def trim(self, budget: int) -> int:
        """Drop copies of what lies elsewhere, longest unused first, down to `budget` bytes; how many were dropped."""
        ...


def media_key(sha256: str) -> str:
    """The key of a media file: media/ab/abcd..."""
    return f"media/{sha256[:2]}/{sha256}"


def rendition_key(sha256: str, kind: str) -> str:
    """The key of a smaller or other form of a media file: renditions/abcd.../thumbnail."""
    return f"renditions/{sha256}/{kind}"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hex."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


class LocalStorage:
    """A folder. Files are written under a temporary name, synced and renamed."""

    def __init__(self, folder: Path, secret: bytes, reserve_mb: int = 0) -> None:
        self.folder = folder
        self._secret = secret
        self._reserve = reserve_mb << 20

    def put(self, key: str, source: Path) -> None:
        target = self._path(key)
        with _disk_errors(self.folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            _check_room(self.folder, source.stat().st_size + self._reserve)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".put-")
            try:
                with os.fdopen(handle, "wb") as out, source.open("rb") as f:
                    shutil.copyfileobj(f, out, _CHUNK)
                    out.flush()
                    os.fsync(out.fileno())
                Path(name).replace(target)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def fetch(self, key: str) -> Path:
        path = self._path(key)
        if not path.is_file():
            raise NotFound("This file is not in the store any more.")
        return path

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def link(self, key: str, *, seconds: int = 300, viewer: str = "", download_as: str = "") -> str:
        _checked_key(key)
        expires_at = int(time.time()) + min(seconds, links.LONGEST_S)
        return links.file_link(key, secret=self._secret, expires_at=expires_at, viewer=viewer, download_as=download_as)

    def trim(self, budget: int) -> int:
        return 0  # nothing here is a copy

    def _path(self, key: str) -> Path:
        return self.folder / _checked_key(key)


class S3Storage:
    """A bucket, with a folder as read cache (content of a key never changes but for exports, which are re-fetched by ETag)."""

    def __init__(self, client: Any, bucket: str, cache: Path) -> None:
        self._client = client
        self._bucket = bucket
        self._cache = cache

    def put(self, key: str, source: Path) -> None:
        with _s3_errors():
            self._client.upload_file(str(source), self._bucket, _checked_key(key))

    def fetch(self, key: str) -> Path:
        with _s3_errors():
            tag = self._client.head_object(Bucket=self._bucket, Key=_checked_key(key))["ETag"].strip('"')
            name = hashlib.sha256(f"{key}\n{tag}".encode()).hexdigest()
            target = self._cache / name[:2] / f"{name}{Path(key).suffix}"
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                handle, part = tempfile.mkstemp(dir=target.parent, prefix=".get-")
                os.close(handle)
                try:
                    self._client.download_file(self._bucket, key, part)
                    Path(part).replace(target)
                except BaseException:
                    Path(part).unlink(missing_ok=True)
                    raise
        os.utime(target)
        return target

    def exists(self, key: str) -> bool:
        try:
            with _s3_errors():
                self._client.head_object(Bucket=self._bucket, Key=_checked_key(key))
        except NotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        with _s3_errors():
            self._client.delete_object(Bucket=self._bucket, Key=_checked_key(key))

    def link(self, key: str, *, seconds: int = 300, viewer: str = "", download_as: str = "") -> str:
        params = {"Bucket": self._bucket, "Key": _checked_key(key)}
        if download_as:
            safe = re.sub(r"[^\w.\- ]", "_", download_as)
            params["ResponseContentDisposition"] = f'attachment; filename="{safe}"'
        with _s3_errors():
            return self._client.generate_presigned_url(
                "get_object", Params=params, ExpiresIn=min(seconds, links.LONGEST_S)
            )

    def trim(self, budget: int) -> int:
        """What was fetched within the hour stays: somebody may still read it."""
        copies = sorted((f.stat().st_mtime, f.stat().st_size, f) for f in self._cache.glob("??/*") if f.is_file())
        over, dropped = sum(size for _, size, _ in copies) - budget, 0
        for used, size, copy in copies:
            if over <= 0 or used > time.time() - _JUST_FETCHED_S:
                break
            copy.unlink(missing_ok=True)
            over, dropped = over - size, dropped + 1
        return dropped


@lru_cache(maxsize=4)
def _s3_client(endpoint: str | None, region: str) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 4, "mode": "standard"})
    return boto3.client("s3", endpoint_url=endpoint, region_name=region, config=config)


def storage(s: Settings | None = None) -> Storage:
    """The store the settings name."""
    s = s or settings()
    home = prepared_home(s)
    if s.storage == "s3":
        return S3Storage(_s3_client(s.s3_endpoint_url, s.s3_region), s.s3_bucket, home / "cache" / "s3")
    return LocalStorage(home / "storage", s.signing_key(), s.disk_reserve_mb)


def _checked_key(key: str) -> str:
    if not _KEY.fullmatch(key) or ".." in key.split("/"):
        raise Invalid("This is not the name of a stored file.")
    return key


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Unavailable(
            f"The disk of {folder} is nearly full: {free >> 20} MB are free and {needed >> 20} MB are needed. "
            "Free some space, or move the data folder with INKREEL_HOME.",
            service="disk",
            retryable=False,
        )


@contextmanager
def _disk_errors(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as e:
        raise Unavailable(
            f"The store {folder} cannot be written ({e.strerror or e}). Free some space or mend its permissions.",
            service="disk",
            retryable=False,
        ) from e


@contextmanager
def _s3_errors() -> Generator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as e:
        status = e.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == 404:
            raise NotFound("This file is not in the store any more.") from e
        raise Unavailable("The S3 store refused the request. Check its credentials and bucket.", service="s3") from e
    except BotoCoreError as e:
        raise Unavailable("The S3 store cannot be reached. Try again in a moment.", service="s3") from e
