"""Every page judged by axe, on a desk and on a phone, in the light and in the dark: no serious fault."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import DESK, DRAWN, PASSWORD, PHONE, Studio, started, until

pytestmark = pytest.mark.browser

_SCRIPT = "axe_playwright_python"
_ASKED = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
_TURNED = "!document.getAnimations().some(a => a instanceof CSSTransition)"  # colours are not in between any more
_BAD = ("serious", "critical")
_BARE = ("/", "/signin/", "/signup/", "/no/such/page")
NEXT = b"INT. HARBOUR CAFE - NIGHT\n\nSteam, rain. Ben sits.\n\nBEN\nHello?\n\nEXT. QUAY - DAY\n\nA gull.\n"
_SHEETS = ("#keys", "#palette", "#jobs")


@pytest.fixture(scope="module")
def axe() -> str:
    found = importlib.util.find_spec(_SCRIPT)
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cookies(studio: Studio, chromium: Browser) -> dict[str, Any]:
    """Two signed-in people: one with an empty wall, one with a short film, drawn."""
    made: dict[str, Any] = {}
    headers = {"Origin": studio.address}
    for name in ("axel", "xenia"):
        context = chromium.new_context(base_url=studio.address)
        body = {"email": f"{name}@example.com", "password": PASSWORD, "display_name": name.title()}
        assert context.request.post("/api/v1/auth/register", data=body, headers=headers).ok
        if name == "xenia":
            made["project"] = started(context, studio)["project_id"]
            page = context.new_page()
            page.goto(f"/p/{made['project']}/board")
            until(page, DRAWN, seconds=150)
            script = context.request.get(f"/api/v1/projects/{made['project']}/script").json()["data"]["id"]
            made["shot"] = context.request.get(f"/api/v1/scripts/{script}/shots").json()["data"][0]["shot_id"]
            file: Any = {"name": "next.fountain", "mimeType": "text/plain", "buffer": NEXT}
            body = {"file": file, "project_id": made["project"]}
            answer = context.request.post("/api/v1/imports", multipart=body, headers=headers)
            made["import"] = answer.json()["data"]["id"]
        made[name] = context.storage_state()
        context.close()
    return made


@pytest.fixture(params=["desk", "phone"])
def visit(request: pytest.FixtureRequest, studio: Studio, chromium: Browser) -> Generator[Any]:
    """Opens browsers of this screen; axe may run in them, past the policy that pages keep."""
    opened: list[BrowserContext] = []

    def browser_of(state: Any = None) -> BrowserContext:
        context = chromium.new_context(
            base_url=studio.address,
            viewport=DESK if request.param == "desk" else PHONE,
            reduced_motion="reduce",
            bypass_csp=True,
            storage_state=state,
        )
        opened.append(context)
        return context

    yield browser_of
    for context in opened:
        context.close()


@pytest.mark.timeout(300)
def test_no_page_has_a_serious_fault(visit: Any, cookies: dict[str, Any], axe: str) -> None:
    project = f"/p/{cookies['project']}"
    rooms = [project, *(f"{project}/{room}" for room in ("script", "breakdown", "board", "renders", "settings"))]
    rooms.append(f"{project}/draw/{cookies['shot']}")
    imports = ["/import/new", f"/import/{cookies['import']}", f"/import/{cookies['import']}/merge"]
    faults: list[str] = []
    for state, paths in (
        (None, _BARE),
        (cookies["axel"], ("/projects", "/p/nowhere")),
        (cookies["xenia"], ("/projects", "/account", "/account/keys", *rooms, *imports)),
    ):
        page = visit(state).new_page()
        for path in paths:
            page.goto(path)
            _settled(page)
            faults += _faults(page, axe, path.replace(project, "/p/..."))
            if path in ("/projects", f"{project}/board"):
                faults += _faults_of_sheets(page, axe, path.replace(project, "/p/..."))
    assert not faults, "\n" + "\n".join(sorted(set(faults)))


_CUT_SHEETS = ("cuts", "cut-tracks-new", "mixer", "cut-history", "cut-templates")


@pytest.mark.timeout(600)
def test_the_cut_room_has_no_serious_fault_whatever_is_open(
    visit: Any, cookies: dict[str, Any], axe: str, studio: Studio
) -> None:
    context = visit(cookies["xenia"])
    script = context.request.get(f"/api/v1/projects/{cookies['project']}/script").json()["data"]["id"]
    begun = {"name": "By hand", "begin": "board", "script_id": script}
    headers = {"Origin": studio.address}
    answer = context.request.post(f"/api/v1/projects/{cookies['project']}/timelines", data=begun, headers=headers)
    assert answer.ok, answer.text()
    page = context.new_page()
    page.goto(f"/p/{cookies['project']}/cut?cut={answer.json()['data']['id']}")
    until(page, "document.querySelectorAll('#cut-layer .clip').length > 2 || innerWidth < 800")
    _settled(page)
    assert page.get_by_role("heading", level=1).count() == 1
    faults = [*_faults(page, axe, "cut"), *_faults_of_sheets(page, axe, "cut")]
    for sheet in _CUT_SHEETS:
        opens = f"document.querySelector('[popovertarget={sheet}]:not([popovertargetaction=hide])')"
        if page.evaluate(f"innerWidth < 821 && !{opens}"):
            continue  # what edits is not there on a phone
        page.evaluate(f"{opens}.click()")
        until(page, f"document.getElementById('{sheet}').matches(':popover-open')")
        _settled(page)
        faults += _faults(page, axe, f"cut #{sheet}")
        page.evaluate(f"document.getElementById('{sheet}').hidePopover()")
    page.evaluate("document.querySelector('[data-cut=list]').click()")
    faults += _faults(page, axe, "cut, as a list")
    assert not faults, "\n" + "\n".join(sorted(set(faults)))


def _settled(page: Page) -> None:
    """Everything is loaded: no skeleton, no busy region, nothing moving."""
    expect(page.get_by_role("heading").first).to_be_visible()
    until(page, "!document.querySelector('.sk, [aria-busy=true]')")
    page.wait_for_timeout(400)


def _faults_of_sheets(page: Page, axe: str, where: str) -> list[str]:
    """The same with each sheet of the shell open."""
    faults: list[str] = []
    for sheet in _SHEETS:
        page.evaluate(f"document.querySelector('{sheet}').showPopover()")
        faults += _faults(page, axe, f"{where} {sheet}")
        page.evaluate(f"document.querySelector('{sheet}').hidePopover()")
    return faults


def _faults(page: Page, axe: str, where: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    faults: list[str] = []
    for light in ("dark", "light"):
        page.emulate_media(color_scheme=light, reduced_motion="reduce")
        until(page, f"(getComputedStyle(document.body).color, {_TURNED})")
        faults += [
            f"{where} in the {light}: {violation['id']} ({violation['impact']}): {node['target']} {_why(node)}"
            for violation in page.evaluate(_ASKED)
            if violation["impact"] in _BAD
            for node in violation["nodes"][:8]
        ]
    return faults


def _why(node: dict[str, Any]) -> str:
    return re.sub(r"\s+", " ", node.get("failureSummary", ""))[:260]
