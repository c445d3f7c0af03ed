"""The content security policy of the pages: only scripts we built run, proved by their hashes."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path

_DIRECTIVES = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def content_security_policy(build_folder: Path, *, origins: tuple[str, ...] = ()) -> str:
    """The policy for a built frontend: every inline script of its pages is allowed by hash, nothing else inline.

    `origins` are ours (http://host:port): their websockets are named for browsers that do not count them as 'self'.
    """
    hashes = sorted(
        {
            h
            for page in sorted(build_folder.rglob("*.html"))
            for h in inline_script_hashes(page.read_text(encoding="utf-8"))
        }
    )
    sockets = [origin.replace("http", "ws", 1) for origin in origins]
    directives = {
        **_DIRECTIVES,
        "script-src": " ".join(["'self'", *hashes]),
        "connect-src": " ".join(["'self'", *sockets]),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def inline_script_hashes(html: str) -> list[str]:
    """'sha256-...' of each inline script, of exactly the characters between its tags (line ends as browsers read them)."""
    reader = _Scripts()
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in reader.found]


class _Scripts(HTMLParser):
    """Collects what stands in <script> elements without a src."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
