"""Making a built frontend work on any address: the one baked into it gives way to the one the page was opened at."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from studio.core.errors import Unavailable

_HTTP = re.compile(r"`https?://[^/`]+")
_SOCKET = re.compile(r"`wss?://[^/`]+")


def rewritten(script: str) -> str:
    """The text of Reflex's `reflex-env` script with `location.origin` where an address was. Raises: ValueError."""
    text, pages = _HTTP.subn("`${location.origin}", script)
    text, sockets = _SOCKET.subn("`${location.origin.replace(/^http/,'ws')}", text)
    if not pages or not sockets:
        raise ValueError(f"{pages} addresses of pages and {sockets} of sockets were found")
    return text


def made_portable(site: Path) -> None:
    """Rewrite the address script of a built site and its compressed twin.

    Raises:
        Unavailable: the script or the addresses in it are not as this version of Reflex writes them.
    """
    scripts = sorted((site / "assets").glob("reflex-env-*.js"))
    try:
        if not scripts:
            raise ValueError("there is no reflex-env script")
        for script in scripts:
            text = rewritten(script.read_text(encoding="utf-8"))
            script.write_text(text, encoding="utf-8")
            for twin in script.parent.glob(f"{script.name}.*"):
                twin.unlink()
            script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    except ValueError as e:
        raise Unavailable(
            f"The pages were built by a Reflex that this Inkreel does not know ({e}). Mend it with: uv sync --locked",
            service="frontend",
            retryable=False,
        ) from e
