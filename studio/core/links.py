"""Every URL of the house in one place, and the signature that lets a link to a file expire."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from studio.core.errors import Forbidden, Invalid

LONGEST_S = 15 * 60
"""A signed link lives at most this many seconds."""

_FILE_PREFIX = "/files/"


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a verified link asks for: the storage key and the file name to offer ("" = show in place)."""

    key: str
    download_as: str


def media_link(project_id: str, sha256: str, size: str = "full", *, download_as: str = "") -> str:
    """The address of a project's file for people who may see the project; `size` is full or thumbnail. It does not expire."""
    path = f"/api/v1/projects/{quote(project_id)}/media/{quote(sha256)}?size={quote(size)}"
    return f"{path}&download={quote(download_as, safe='')}" if download_as else path


def film_link(render_id: str) -> str:
    """Where a finished film is taken home from, as a download with its project's name."""
    return f"/api/v1/renders/{quote(render_id)}/download"


def captions_link(render_id: str, form: str = "vtt") -> str:
    """The captions of a film: vtt for a player in the browser, srt to lie beside the file."""
    return f"/api/v1/renders/{quote(render_id)}/captions?form={form}"


def preview_link(timeline_id: str, name: str) -> str:
    """A rendered piece of a cut, for its player."""
    return f"/api/v1/timelines/{quote(timeline_id)}/previews/{quote(name)}"


def print_link(print_id: str) -> str:
    """Where a finished file of a board is taken home from."""
    return f"/api/v1/prints/{quote(print_id)}/download"


def shot_list_link(script_id: str) -> str:
    """The shot list of a script as it stands, as CSV."""
    return f"/api/v1/scripts/{quote(script_id)}/shots.csv"


def sentence_proof(text: str, *, secret: bytes) -> str:
    """What shows that a sentence in one of our addresses was put there by us: nobody else can make a page say something."""
    return hmac.new(secret, f"sentence\n{text}".encode(), hashlib.sha256).hexdigest()[:32]


def file_link(key: str, *, secret: bytes, expires_at: int, viewer: str = "", download_as: str = "") -> str:
    """A path to one stored file that stops working at `expires_at` (seconds since 1970) and serves only `viewer`."""
    query = urlencode(
        {"e": expires_at, "v": viewer, "d": download_as, "s": _mac(secret, key, expires_at, viewer, download_as)}
    )
    return f"{_FILE_PREFIX}{quote(key)}?{query}"


def verified_file_link(url: str, *, secret: bytes, at: float, viewer: str = "") -> FileLink:
    """The file a link stands for, if it is whole, unexpired and meant for this viewer.

    Raises:
        Forbidden: tampered with, expired, or somebody else's.
        Invalid: not a file link at all.
    """
    parts = urlsplit(url)
    if not parts.path.startswith(_FILE_PREFIX):
        raise Invalid("This is not a link to a file.")
    key = unquote(parts.path.removeprefix(_FILE_PREFIX))
    query = parse_qs(parts.query, keep_blank_values=True)
    try:
        expires_at, given = int(query["e"][0]), query["s"][0]
        meant_for, download_as = query["v"][0], query["d"][0]
    except (KeyError, ValueError) as e:
        raise Invalid("This is not a link to a file.") from e
    expected = _mac(secret, key, expires_at, meant_for, download_as)
    if not hmac.compare_digest(expected.encode(), given.encode()) or not hmac.compare_digest(
        meant_for.encode(), viewer.encode()
    ):
        raise Forbidden("This link is not valid. Open the file from its page again.")
    if not at < expires_at <= at + LONGEST_S:
        raise Forbidden("This link has expired. Open the file from its page again.")
    return FileLink(key, download_as)


def _mac(secret: bytes, key: str, expires_at: int, viewer: str, download_as: str) -> str:
    message = "\n".join(["GET", key, str(expires_at), viewer, download_as])
    return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()
