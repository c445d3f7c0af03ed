"""What every request passes: own origin, the body cap, the rate limit, headers, and faults that tell nothing."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse

from app.api.middleware import rate
from app.api.middleware.body_cap import CAP, UPLOAD_CAP
from app.api.middleware.content_security import content_security_policy, inline_script_hashes
from app.api.server import api
from studio.core.settings import Settings, settings
from tests.support.browser import Browser, browsing

OWN = "http://127.0.0.1:3200"
FOREIGN = [
    "https://evil.example",
    "null",
    "",
    "http://127.0.0.1:3201",
    "https://127.0.0.1:3200",
    "http://127.0.0.1",
    "http://127.0.0.1:3200.evil.example",
    "http://127.0.0.1.evil.example:3200",
    "http://evil127.0.0.1:3200",
    "http://127.0.0.1:3200/",
    "http://127.0.0.1:3200@evil.example",
    "http://user@127.0.0.1:3200",
    "http://0x7f000001:3200",
    f"{OWN}, https://evil.example",
    "file://",
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("secret", ["a-session", None])
def test_a_change_from_a_foreign_page_is_refused(passer_by: Browser, origin: str, secret: str | None) -> None:
    answer = passer_by.another(secret).post("/api/v1/auth/login", headers={"Origin": origin}, json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("origin", [OWN, "http://localhost:3200"])
def test_a_change_from_our_own_pages_is_let_in(passer_by: Browser, origin: str) -> None:
    assert passer_by.post("/api/v1/auth/login", headers={"Origin": origin}, json={}).status_code == 422


@pytest.mark.parametrize(
    ("site", "secret", "status"),
    [
        ("same-origin", "a-session", 422),
        ("cross-site", "a-session", 403),
        ("same-site", "a-session", 403),
        ("none", "a-session", 403),
        ("cross-site", None, 403),
        (None, "a-session", 403),
        (None, None, 422),
    ],
)
def test_without_an_origin_the_browser_or_the_missing_cookie_speaks(
    passer_by: Browser, site: str | None, secret: str | None, status: int
) -> None:
    headers = {"Origin": None, "Sec-Fetch-Site": site}
    assert passer_by.another(secret).post("/api/v1/auth/login", headers=headers, json={}).status_code == status


def test_two_origins_are_one_too_many(passer_by: Browser) -> None:
    sent = [("Origin", OWN), ("Origin", OWN)]
    status, _ = asyncio.run(raw(passer_by.app, "POST", "/api/v1/auth/login", sent, [b"{}"]))
    assert status == 403


def test_reading_needs_no_origin(passer_by: Browser) -> None:
    assert passer_by.get("/health", headers={"Origin": "https://evil.example"}).status_code == 200


def test_a_public_address_is_the_only_origin(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKREEL_PUBLIC_URL", "https://studio.example")
    settings.cache_clear()
    with browsing(api()) as browser:
        for origin, status in (("https://studio.example", 422), ("http://studio.example", 403), (OWN, 403)):
            answer = browser.post("/api/v1/auth/login", headers={"Origin": origin}, json={})
            assert answer.status_code == status
            assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


def test_every_route_carries_the_security_headers(passer_by: Browser) -> None:
    asked = 0
    for route in iter_route_contexts(passer_by.app.routes):
        for method in sorted(route.methods or ()):
            answer = passer_by.request(method, route.path or "/")
            carries(answer)
            asked += 1
    assert asked > 50
    for path in ("/", "/projects", "/nothing", "/api/v1/nothing", "/assets/app.js", "/health"):
        carries(passer_by.get(path))
    carries(passer_by.post("/api/v1/auth/login", headers={"Origin": "null"}))
    carries(passer_by.post("/api/v1/auth/login", content=b"x" * (CAP + 1)))


def carries(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "default-src" in answer.headers["content-security-policy"]
    assert len(answer.headers["x-request-id"]) == 36
    assert "strict-transport-security" not in answer.headers


def test_a_request_id_from_outside_is_not_taken(passer_by: Browser) -> None:
    ids = {passer_by.get("/health", headers={"X-Request-Id": "mine"}).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert "mine" not in ids


def test_mounted_pages_and_files_carry_headers_and_fitting_cache_rules(home: Settings) -> None:
    app = api()

    async def site(scope: Any, receive: Any, send: Any) -> None:
        page = HTMLResponse("<p>") if scope["path"].endswith("/") else PlainTextResponse("js")
        await page(scope, receive, send)

    app.mount("", site)
    with browsing(app) as browser:
        page, script, icon = browser.get("/projects/"), browser.get("/assets/a-1.js"), browser.get("/icon.svg")
        answer = browser.get("/api/v1/version")
        carries(page), carries(script)
    assert page.headers["cache-control"] == "no-cache"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "cache-control" not in icon.headers
    assert answer.headers["cache-control"] == "no-store"


def test_the_policy_allows_exactly_the_inline_scripts_of_the_built_pages(tmp_path: Path) -> None:
    script = "\n  window.a = '<b>&amp;';\n"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "index.html").write_text(
        f'<script src="/x.js"></script><script type="module" async="">{script}</script><SCRIPT>2</SCRIPT>'
        "<!-- <script>3</script> --><style>.x{}</style>"
    )
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in (script, "2")]
    policy = dict(d.split(" ", 1) for d in content_security_policy(tmp_path, origins=(OWN,)).split("; "))
    assert policy["script-src"] == " ".join(["'self'", *sorted(hashes)])
    assert policy["connect-src"] == "'self' ws://127.0.0.1:3200"
    assert policy["default-src"] == policy["font-src"] == "'self'"
    assert {policy[d] for d in ("frame-ancestors", "object-src", "base-uri")} == {"'none'"}
    assert "unsafe" not in policy["script-src"]


def test_a_page_with_crlf_is_hashed_as_browsers_read_it() -> None:
    assert inline_script_hashes("<script>\r\na\r\n</script>") == inline_script_hashes("<script>\na\n</script>")


_PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'


@pytest.mark.parametrize(
    ("path", "kind", "cap"),
    [
        ("/api/v1/auth/login", "application/json", CAP),
        ("/api/v1/projects/start/file", "multipart/form-data; boundary=b", UPLOAD_CAP),
        ("/auth/new-project", "multipart/form-data; boundary=b", UPLOAD_CAP),
        ("/auth/sign-in", "application/x-www-form-urlencoded", CAP),
        ("/_upload", "multipart/form-data; boundary=b", CAP),
    ],
)
def test_a_body_over_the_cap_is_hardly_read(home: Settings, path: str, kind: str, cap: int) -> None:
    piece = b"x" * 65536
    taken: list[int] = []

    def pieces() -> Any:
        yield _PART if "multipart" in kind else b"a="
        while True:
            taken.append(len(piece))
            yield piece

    app = api()

    async def reading_all(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    app.router.add_route("/_upload", reading_all, methods=["POST"])
    sent = [("Origin", OWN), ("Content-Type", kind)]
    status, body = asyncio.run(raw(app, "POST", path, sent, pieces()))
    if path.startswith("/auth/"):
        assert status == 303
    else:
        assert (status, json.loads(body)["error"]["code"]) == (413, "too_large")
    assert sum(taken) <= cap + len(piece)


@pytest.mark.parametrize("length", [str(CAP + 1), "99999999999999999999", "-1", "lots", "1e3"])
def test_an_announced_body_over_the_cap_is_not_read_at_all(home: Settings, length: str) -> None:
    taken: list[bytes] = []

    def pieces() -> Any:
        taken.append(b"x")
        yield b"x"

    sent = [("Origin", OWN), ("Content-Length", length), ("Content-Type", "application/json")]
    status, _ = asyncio.run(raw(api(), "POST", "/api/v1/auth/login", sent, pieces()))
    assert (status, taken) == (413, [])


def test_a_form_too_large_leads_back_to_its_page(passer_by: Browser) -> None:
    answer = passer_by.post("/auth/new-project", content=b"x" * (UPLOAD_CAP + 1))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/projects?problem=too_large&message=")


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still ten seconds into a minute."""
    monkeypatch.setattr(rate, "time", SimpleNamespace(time=lambda: 1_800_000_010.0))


@pytest.mark.usefixtures("one_minute")
def test_an_address_may_ask_so_often_and_then_waits(home: Settings) -> None:
    with browsing(api(anonymous_a_minute=3)) as browser:
        answers = [browser.get("/api/v1/version") for _ in range(4)]
        other = browser.another(address="127.0.0.2").get("/api/v1/version")
        health = browser.get("/health")
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert [a.headers["x-ratelimit-remaining"] for a in answers] == ["2", "1", "0", "0"]
    assert answers[3].json()["error"]["code"] == "too_many_requests"
    assert answers[3].headers["retry-after"] == "50"
    assert answers[0].headers["x-ratelimit-limit"] == "3"
    assert (other.status_code, health.status_code) == (200, 200)


@pytest.mark.usefixtures("one_minute")
def test_inventing_sessions_does_not_help_an_address(home: Settings) -> None:
    with browsing(api(anonymous_a_minute=3)) as browser:
        statuses = [browser.another(f"invented-{n}").get("/api/v1/version").status_code for n in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


@pytest.mark.usefixtures("one_minute")
def test_forms_are_counted_too(home: Settings) -> None:
    with browsing(api(anonymous_a_minute=1)) as browser:
        browser.get("/api/v1/version")
        location = browser.post("/auth/sign-out").headers["location"]
    assert location.startswith("/signin?problem=too_many_requests&message=Too+many")


def test_an_unexpected_error_is_one_sentence(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    app = api()

    def broken() -> None:
        raise RuntimeError("the secret ingredient")

    app.router.add_route("/broken", lambda _request: broken(), methods=["GET"])
    with browsing(app) as browser:
        answer = browser.get("/broken")
    carries(answer)
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "ingredient" not in answer.text
    assert "ingredient" in "".join(capsys.readouterr())


def test_an_answer_that_breaks_half_way_is_cut_off(home: Settings) -> None:
    app = api()

    async def pieces() -> Any:
        yield "half"
        raise RuntimeError("gone")

    async def half(_request: Request) -> StreamingResponse:
        return StreamingResponse(pieces())

    app.router.add_route("/half", half, methods=["GET"])
    with pytest.raises((RuntimeError, ExceptionGroup)):
        asyncio.run(raw(app, "GET", "/half", [], []))


def test_websockets_pass_through(home: Settings) -> None:
    app = api()
    seen: list[str] = []

    async def socket(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])
        await send({"type": "websocket.close", "code": 1000})

    app.mount("/_event", socket)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(_message: Any) -> None:
        return None

    scope = {"type": "websocket", "path": "/_event/", "raw_path": b"/_event/", "headers": [], "query_string": b""}
    asyncio.run(app({**scope, "subprotocols": [], "root_path": "", "scheme": "ws"}, receive, send))
    assert seen == ["websocket"]


async def raw(app: Any, method: str, path: str, headers: list[tuple[str, str]], body: Any) -> tuple[int, bytes]:
    """Ask without a client between: pieces of the body are taken only when the application wants them."""
    pieces = iter(body)
    started: list[int] = []
    answer: list[bytes] = []

    async def receive() -> Any:
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            started.append(message["status"])
        answer.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 3200),
    }
    await app(scope, receive, send)
    return started[0], b"".join(answer)
