"""Who may ask what: every route there is, against a written table, for everybody from nobody to admin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlmodel import col, select

from app.api.http import events
from app.api.server import api
from studio.accounts import service as accounts
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, NotFound
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.models import Shot
from studio.thread import rewriting
from studio.timelines import service as timelines
from tests.factories.people import SCRIPT, Cast, look_over
from tests.factories.pictures import png
from tests.factories.strokes import CLIENT, stroke
from tests.factories.subclips import make_sub_clip
from tests.factories.templates import make_template
from tests.support.browser import Browser

EVERYBODY = ("anonymous", "ended", "stranger", "viewer", "reviewer", "editor", "owner", "admin")
NOBODY = {"anonymous": 401, "ended": 401}
OUTSIDE = {**NOBODY, "stranger": 404}
LOOKING = {**OUTSIDE, "viewer": 403, "reviewer": 403}
REFUSALS: dict[str, dict[str, int]] = {
    "anybody": {},
    "nobody": dict.fromkeys(EVERYBODY, 404),
    "link": dict.fromkeys(EVERYBODY, 403),
    "person": NOBODY,
    "self": {**OUTSIDE, "viewer": 404, "reviewer": 404, "editor": 404, "admin": 404},
    "see": OUTSIDE,
    "edit": LOOKING,
    "manage": {**LOOKING, "editor": 403},
}
"""The status for each who is refused; all others get in, whatever else the answer says."""

WORDS = {"text": SCRIPT, "name": "a.fountain"}
FILE = {"file": ("a.fountain", SCRIPT.encode(), "text/plain")}
BOARDS = {"file": ("a.zip", b"read no further", "application/zip")}
PICTURE = {"file": ("a.png", png(), "image/png")}
V1 = "/api/v1"
P = f"{V1}/projects/{{project_id}}"
S = f"{V1}/scripts/{{script_id}}"
PANEL = f"{V1}/panels/{{panel_id}}"
IMPORT = f"{V1}/imports/{{import_id}}"
T = f"{V1}/timelines/{{timeline_id}}"
TABLE: dict[str, tuple[str, dict[str, Any]]] = {
    f"GET {V1}/openapi.json": ("anybody", {}),
    f"GET {V1}/version": ("anybody", {}),
    "GET /health": ("anybody", {}),
    "GET /ready": ("anybody", {}),
    f"POST {V1}/auth/register": ("anybody", {"json": {"email": "no", "password": "x", "display_name": "N"}}),
    f"POST {V1}/auth/login": ("anybody", {"json": {}}),
    f"POST {V1}/auth/logout": ("anybody", {}),
    f"GET {V1}/auth/me": ("person", {}),
    f"PATCH {V1}/auth/me": ("person", {"json": {"display_name": "Somebody"}}),
    f"GET {V1}/auth/me/keys": ("person", {}),
    f"PUT {V1}/auth/me/keys": ("person", {"json": {"preset": "resolve"}}),
    f"PUT {V1}/auth/me/keys/{{act_id}}": ("person", {"json": {"key": "Shift K"}}),
    f"DELETE {V1}/auth/me/keys/{{act_id}}": ("person", {}),
    f"DELETE {V1}/auth/me/keys": ("person", {}),
    f"PUT {V1}/auth/password": ("person", {"json": {"current": "wrong", "new": "a much better one"}}),
    f"GET {V1}/auth/sessions": ("person", {}),
    f"DELETE {V1}/auth/sessions/{{session_id}}": ("self", {}),
    f"GET {V1}/projects": ("person", {}),
    f"POST {V1}/projects": ("person", {"json": {"name": "Another"}}),
    f"POST {V1}/projects/start": ("person", {"json": WORDS}),
    f"POST {V1}/projects/start/file": ("person", {"files": FILE}),
    f"POST {V1}/projects/start/boards": ("person", {"files": BOARDS}),
    f"POST {V1}/projects/sample": ("person", {}),
    f"GET {V1}/search": ("person", {"params": {"q": "door"}}),
    f"GET {P}": ("see", {}),
    f"PATCH {P}": ("edit", {"json": {"name": "Renamed"}}),
    f"DELETE {P}": ("manage", {}),
    f"POST {P}/restore": ("manage", {}),
    f"GET {P}/home": ("see", {}),
    f"GET {P}/members": ("see", {}),
    f"POST {P}/members": ("manage", {"json": {"email": "spare@example.org", "role": "viewer"}}),
    f"PUT {P}/members/{{user_id}}": ("manage", {"json": {"role": "reviewer"}}),
    f"DELETE {P}/members/{{user_id}}": ("manage", {}),
    f"GET {P}/script": ("see", {}),
    f"POST {P}/script": ("edit", {"json": WORDS}),
    f"POST {P}/script/file": ("edit", {"files": FILE}),
    f"POST {V1}/imports": ("person", {"files": FILE}),
    f"GET {IMPORT}": ("self", {}),
    f"GET {IMPORT}/paragraphs": ("self", {}),
    f"PATCH {IMPORT}/paragraphs": ("self", {"json": {"changes": [{"index": 1, "kind": "action"}]}}),
    f"GET {IMPORT}/merge": ("self", {}),
    f"POST {IMPORT}/finish": ("self", {"json": {}}),
    f"POST {IMPORT}/merge": ("self", {"json": {"expected_revision": 999}}),
    f"DELETE {IMPORT}": ("self", {}),
    f"GET {S}/texts": ("see", {}),
    f"PATCH {S}/scenes/{{scene_id}}": ("edit", {"json": {"text": SCRIPT, "revision": 1}}),
    f"POST {S}/scenes": ("edit", {"json": {"after": 0, "heading": "INT. SHED - DAY"}}),
    f"POST {S}/scenes/{{scene_id}}/move": ("edit", {"json": {"to": 0}}),
    f"POST {S}/scenes/{{scene_id}}/cut": ("edit", {}),
    f"POST {S}/scenes/{{scene_id}}/restore": ("edit", {"json": {"to": 0}}),
    f"GET {S}/drawer": ("see", {}),
    f"GET {S}/versions": ("see", {}),
    f"PATCH {V1}/script-versions/{{version_id}}": ("edit", {"json": {"name": "First"}}),
    f"GET {S}/versions/{{version_id}}/diff": ("see", {}),
    f"POST {S}/versions/{{version_id}}/restore": ("edit", {}),
    f"POST {S}/merge/plan": ("see", {"json": {"text": SCRIPT}}),
    f"POST {S}/merge/apply": ("edit", {"json": {"text": SCRIPT, "expected_revision": 1}}),
    f"GET {V1}/shots/{{shot_id}}/reason": ("see", {}),
    f"GET {S}/breakdown": ("see", {}),
    f"GET {S}/breakdown/strips": ("see", {}),
    f"GET {S}/breakdown/cast": ("see", {}),
    f"POST {S}/breakdown/suggest": ("edit", {}),
    f"POST {S}/breakdown/keep": ("edit", {"json": {"scene": 0}}),
    f"POST {S}/breakdown/tags": ("edit", {"json": {"scene": 0, "category": "props", "name": "lamp"}}),
    f"PATCH {V1}/tags/{{tag_id}}": ("edit", {"json": {"name": "old key"}}),
    f"DELETE {V1}/tags/{{tag_id}}": ("edit", {}),
    f"PUT {S}/breakdown/script-day": ("edit", {"json": {"scene": 0, "day": "D2"}}),
    f"GET {S}/breakdown.{{format}}": ("see", {}),
    f"GET {S}/coverage": ("see", {}),
    f"GET {P}/history": ("see", {}),
    f"POST {P}/history/{{seq}}/undo": ("see", {}),
    f"PATCH {V1}/shots/{{shot_id}}": ("edit", {"json": {"lens_mm": 50}}),
    f"GET {S}/style": ("see", {}),
    f"PUT {S}/style": ("edit", {"json": {"style": "ink"}}),
    f"POST {S}/shots": ("edit", {"json": {"scene_id": "{scene_id}"}}),
    f"POST {V1}/shots/{{shot_id}}/duplicate": ("edit", {}),
    f"POST {V1}/shots/{{shot_id}}/split": ("edit", {"json": {}}),
    f"POST {S}/shots/merge": ("edit", {"json": {"shots": ["{shot_id}"]}}),
    f"POST {S}/shots/move": ("edit", {"json": {"shots": ["{shot_id}"], "scene_id": "{scene_id}"}}),
    f"PUT {S}/scenes/{{scene_id}}/numbers": ("edit", {"json": {"locked": True}}),
    f"GET {S}/board/undo": ("see", {}),
    f"POST {S}/board/undo": ("edit", {"json": {}}),
    f"POST {S}/board/redo": ("edit", {}),
    f"POST {S}/scenes/{{scene_id}}/rewind": ("edit", {"json": {"at": "2026-01-01T00:00:00Z"}}),
    f"DELETE {V1}/shots/{{shot_id}}": ("edit", {}),
    f"GET {V1}/shots/{{shot_id}}/plan": ("see", {}),
    f"PATCH {V1}/shots/{{shot_id}}/plan": ("edit", {"json": {"camera": {"azimuth": 20}}}),
    f"GET {V1}/shots/{{shot_id}}/plan/floor": ("see", {}),
    f"GET {V1}/shots/{{shot_id}}/preview": ("see", {}),
    f"GET {S}/looks": ("see", {}),
    f"PATCH {S}/looks": ("edit", {"json": {"name": "MARA", "hat": True}}),
    f"GET {S}/looks/portrait": ("see", {"params": {"name": "MARA"}}),
    f"GET {S}/likeness": ("see", {"params": {"name": "MARA"}}),
    f"GET {P}/people": ("see", {}),
    f"GET {P}/places": ("see", {}),
    f"GET {P}/renders": ("see", {}),
    f"GET {P}/presets": ("see", {}),
    f"GET {P}/runs": ("see", {}),
    f"GET {P}/media/{{sha256}}": ("see", {}),
    f"HEAD {P}/media/{{sha256}}": ("see", {}),
    f"POST {P}/media/{{sha256}}/link": ("see", {"json": {}}),
    f"GET {P}/media": ("see", {}),
    f"GET {P}/media/{{sha256}}/uses": ("see", {}),
    f"PATCH {P}/folders": ("edit", {"json": {"folder": "Day 1", "name": "Day 2"}}),
    f"PATCH {P}/media/{{sha256}}": ("edit", {"json": {"name": "A panel"}}),
    f"DELETE {P}/media/{{sha256}}": ("edit", {}),
    f"POST {P}/media/{{sha256}}/restore": ("edit", {}),
    f"POST {P}/media/{{sha256}}/prepare": ("edit", {}),
    f"GET {P}/subclips": ("see", {}),
    f"POST {P}/media/{{sha256}}/subclips": ("edit", {"json": {"first": 0, "frames": 1}}),
    f"PATCH {V1}/subclips/{{sub_clip_id}}": ("edit", {"json": {"name": "The turn"}}),
    f"DELETE {V1}/subclips/{{sub_clip_id}}": ("edit", {}),
    f"POST {P}/uploads": ("edit", {"json": {"name": "take.mov", "size": 9}}),
    f"GET {P}/uploads": ("see", {}),
    f"GET {V1}/uploads/{{upload_id}}": ("self", {}),
    f"GET {V1}/uploads/{{upload_id}}/beginning": ("self", {}),
    f"PATCH {V1}/uploads/{{upload_id}}": ("self", {"headers": {"Upload-Offset": "0"}, "content": b"123"}),
    f"POST {V1}/uploads/{{upload_id}}/finish": ("self", {}),
    f"DELETE {V1}/uploads/{{upload_id}}": ("self", {}),
    f"GET {S}/scenes": ("see", {}),
    f"GET {S}/export": ("see", {}),
    f"GET {S}/board": ("see", {}),
    f"GET {S}/shots": ("see", {}),
    f"POST {S}/draw": ("edit", {}),
    f"POST {S}/prints": ("edit", {"json": {"layout": "pair"}}),
    f"GET {S}/prints": ("see", {}),
    f"GET {S}/shots.csv": ("see", {}),
    f"GET {V1}/prints/{{print_id}}": ("see", {}),
    f"GET {V1}/prints/{{print_id}}/download": ("see", {}),
    f"POST {S}/scans": ("edit", {"files": PICTURE}),
    f"GET {S}/scans": ("see", {}),
    f"POST {S}/film": ("edit", {"json": {"preset": "720p"}}),
    f"GET {V1}/shots/{{shot_id}}": ("see", {}),
    f"POST {V1}/shots/{{shot_id}}/redraw": ("edit", {}),
    f"PUT {V1}/shots/{{shot_id}}/version": ("edit", {"json": {"number": 1}}),
    f"GET {S}/continuity": ("see", {}),
    f"PUT {S}/continuity/{{warning_id}}": ("edit", {"json": {"reason": "So be it"}}),
    f"DELETE {S}/continuity/{{warning_id}}": ("edit", {}),
    f"POST {V1}/shots/{{shot_id}}/panel": ("edit", {"files": PICTURE}),
    f"GET {V1}/shots/{{shot_id}}/panels": ("see", {}),
    f"POST {V1}/shots/{{shot_id}}/panels": ("edit", {"json": {}}),
    f"PATCH {PANEL}": ("edit", {"json": {"position": 1}}),
    f"DELETE {PANEL}": ("edit", {}),
    f"GET {PANEL}/drawing": ("see", {}),
    f"GET {PANEL}/drawing/state": ("see", {}),
    f"POST {PANEL}/drawing/picture": ("edit", {}),
    f"GET {PANEL}/strokes": ("see", {}),
    f"POST {PANEL}/strokes": ("edit", {"json": {"client": CLIENT, "first_client_seq": 1, "ops": [stroke()]}}),
    f"POST {PANEL}/fill": ("edit", {"json": {"layer": "colour", "colour": "#3e7cb1", "x": 5000, "y": 2500}}),
    f"POST {PANEL}/reference": ("edit", {"files": PICTURE}),
    f"POST {PANEL}/strokes/restore": ("edit", {"json": {"to": 0}}),
    f"GET {V1}/renders/{{render_id}}": ("see", {}),
    f"GET {V1}/renders/{{render_id}}/download": ("see", {}),
    f"GET {V1}/renders/{{render_id}}/pieces": ("see", {}),
    f"GET {V1}/renders/{{render_id}}/captions": ("see", {}),
    f"POST {V1}/timelines/{{timeline_id}}/renders": ("edit", {"json": {"preset": "720p", "captions": "burned"}}),
    f"GET {V1}/timelines/{{timeline_id}}/captions.vtt": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/frame": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/scopes": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/mix": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/loudness": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/clips/{{clip}}/picture": ("see", {}),
    f"GET {T}/previews": ("see", {}),
    f"POST {T}/previews": ("edit", {"json": {}}),
    f"DELETE {T}/previews": ("edit", {}),
    f"GET {T}/previews/{{name}}": ("see", {}),
    f"HEAD {T}/previews/{{name}}": ("see", {}),
    f"GET {V1}/timelines/{{timeline_id}}/export": ("see", {"params": {"format": "fcpxml"}}),
    f"GET {V1}/timelines/{{timeline_id}}/export/losses": ("see", {"params": {"format": "edl"}}),
    f"POST {V1}/timelines/{{timeline_id}}/edits": (
        "edit",
        {"json": {"revision": 1, "edits": [{"do": "split", "clip": "shot-{shot_id}"}]}},
    ),
    f"GET {P}/templates": ("see", {}),
    f"POST {P}/templates": ("edit", {"json": {"timeline_id": "{timeline_id}", "clips": ["x"], "name": "Mine"}}),
    f"POST {P}/templates/file": ("edit", {"files": {"file": ("a.json", b"no template", "application/json")}}),
    f"GET {P}/templates/{{template}}/file": ("see", {}),
    f"GET {P}/templates/{{template}}": ("see", {}),
    f"GET {P}/templates/{{template}}/picture": ("see", {}),
    f"PATCH {V1}/templates/{{template_id}}": ("edit", {"json": {"name": "Mine"}}),
    f"DELETE {V1}/templates/{{template_id}}": ("edit", {}),
    f"POST {T}/templates/{{template}}": ("edit", {"json": {"values": {}, "at": 0, "revision": 1}}),
    f"PATCH {T}/uses/{{use}}": ("edit", {"json": {"values": {}, "revision": 1}}),
    f"GET {T}/sentences": ("see", {}),
    f"GET {T}/animatic": ("see", {}),
    f"POST {T}/animatic": ("edit", {}),
    f"GET {T}/lengths": ("see", {}),
    f"POST {T}/lengths": ("edit", {"json": {}}),
    f"POST {T}/sentences": ("edit", {"json": {"clip": "line-1", "start": 0, "text": "Come back."}}),
    f"POST {T}/sentences/script": ("edit", {"json": {"clip": "line-1", "start": 0}}),
    f"GET {P}/timelines": ("see", {}),
    f"POST {P}/timelines": ("edit", {"json": {"name": "By hand", "begin": "empty"}}),
    f"POST {P}/timelines/import": ("edit", {"files": {"file": ("a.edl", b"no timeline", "text/plain")}}),
    f"GET {T}/view": ("see", {}),
    f"GET {T}/media": ("see", {}),
    f"PATCH {T}": ("edit", {"json": {"name": "Other"}}),
    f"DELETE {T}": ("edit", {}),
    f"POST {T}/bring-back": ("edit", {}),
    f"GET {T}/edits": ("see", {"params": {"after": "1"}}),
    f"GET {T}/missing": ("see", {}),
    f"POST {T}/relink": ("edit", {"json": {"key": "gone", "sha256": "0" * 64}}),
    f"GET {T}/undo": ("see", {}),
    f"POST {T}/undo": ("edit", {}),
    f"POST {T}/redo": ("edit", {}),
    f"POST {T}/merge": ("edit", {"json": {}}),
    f"GET {T}/history": ("see", {}),
    f"GET {T}/versions": ("see", {}),
    f"POST {T}/versions": ("edit", {"json": {"name": "First"}}),
    f"POST {T}/restore": ("edit", {"json": {"revision": 1}}),
    f"GET {T}/at/{{revision}}": ("see", {}),
    f"GET {T}/compare": ("see", {"params": {"first": "1", "second": "1"}}),
    f"GET {T}/behind": ("see", {}),
    f"GET {T}/people": ("see", {}),
    f"POST {T}/branch": ("edit", {"json": {"revision": 1, "name": "Branch"}}),
    f"POST {S}/cut": ("edit", {}),
    f"GET {S}/cut": ("see", {}),
    f"GET {V1}/runs/events": ("see", {"params": {"project": "{project_id}"}}),
    f"GET {V1}/runs/{{run_id}}": ("see", {}),
    f"POST {V1}/runs/{{run_id}}/cancel": ("edit", {}),
    f"POST {V1}/runs/{{run_id}}/retry": ("edit", {}),
    "GET /files/{key:path}": ("link", {"params": {"e": 9, "v": "{user_id}", "d": "", "s": "0", "p": "{project_id}"}}),
    "HEAD /files/{key:path}": ("link", {"params": {"e": 9, "v": "{user_id}", "d": "", "s": "0", "p": "{project_id}"}}),
    **{f"{m} /api/{{path:path}}": ("nobody", {}) for m in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")},
    **{f"{m} /auth/{{path:path}}": ("nobody", {}) for m in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")},
}
FORMS = {
    "POST /auth/sign-up": "anybody",
    "POST /auth/sign-in": "anybody",
    "POST /auth/sign-out": "anybody",
    "POST /auth/password": "person",
    "POST /auth/new-project": "person",
    "POST /auth/sample": "person",
    "POST /auth/import": "person",
    "POST /auth/boards": "person",
    "POST /auth/panel": "person",
    "POST /auth/reference": "person",
    "POST /auth/scans": "person",
}
"""Answered by 303; whoever is refused is sent to sign in."""

LET_IN_ALL_THE_SAME = {
    f"PUT {V1}/shots/{{shot_id}}/version": (404,),  # nothing is drawn, so there is no version 1
    f"DELETE {PANEL}": (404,),  # the first who may has taken it off its shot
    f"POST {S}/scenes/{{scene_id}}/restore": (404,),  # it is not in the drawer
    f"PUT {S}/continuity/{{warning_id}}": (404,),  # there is nothing to warn of
    f"DELETE {S}/continuity/{{warning_id}}": (404,),
    f"GET {V1}/timelines/{{timeline_id}}/clips/{{clip}}/picture": (404,),  # the cut has no clips
    f"GET {T}/previews/{{name}}": (404,),  # and nothing of it is heavy to play
    f"HEAD {T}/previews/{{name}}": (404,),
    f"PATCH {P}/folders": (404,),  # nor the bin folders
    f"GET {V1}/uploads/{{upload_id}}/beginning": (404,),  # nothing of it has arrived
    f"PATCH {T}/uses/{{use}}": (404,),  # nor a template in it
    "GET /ready": (503,),  # there is no Redis in this test
}


def routes() -> Iterator[str]:
    for route in iter_route_contexts(api().routes):
        yield from (f"{method} {route.path}" for method in route.methods or ())


def test_every_route_stands_in_the_table() -> None:
    ignored = {"HEAD /api/v1/openapi.json", "TRACE /api/{path:path}", "TRACE /auth/{path:path}"}
    ignored |= {"OPTIONS /auth/{path:path}"}
    assert set(routes()) - ignored == set(TABLE) | set(FORMS)


@pytest.fixture
def ending_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "follow", lambda *_a, **_k: iter(()))


@pytest.mark.services
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # every route meets PostgreSQL in test_openapi.py
def test_everybody_gets_what_the_table_says(visitor: Browser, cast: Cast, ending_streams: None) -> None:
    wrong: list[str] = []
    cells = 0
    for route, (access, rest) in TABLE.items():
        for who in EVERYBODY:
            status = ask(visitor, cast, who, route, rest)
            expected = REFUSALS[access].get(who)
            may = status in LET_IN_ALL_THE_SAME.get(route, ()) or (status < 500 and status not in (401, 403, 404))
            cells += 1
            if status != expected if expected else not may:
                wrong.append(f"{route} as {who}: {status}, not {expected or 'let in'}")
    assert "\n".join(wrong) == ""
    assert cells == len(TABLE) * len(EVERYBODY)


@pytest.mark.services
def test_forms_send_whoever_has_no_session_to_sign_in(visitor: Browser, cast: Cast) -> None:
    for route, access in FORMS.items():
        for who in EVERYBODY:
            method, path = route.split()
            answer = visitor.another(secret(cast, who)).request(method, path, data={"text": SCRIPT})
            refused = access == "person" and who in NOBODY
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/signin?next=") == refused, f"{route} as {who}"


def ask(visitor: Browser, cast: Cast, who: str, route: str, rest: dict[str, Any]) -> int:
    restore(cast)
    ids = {
        "project_id": cast.project_id,
        "script_id": cast.script_id,
        "shot_id": cast.shot_id,
        "panel_id": cast.panel_id,
        "run_id": cast.run_id,
        "render_id": cast.film_id,
        "timeline_id": cast.timeline_id,
        "sha256": cast.sha256,
        "user_id": cast.spare_id,
        "import_id": cast.import_id,
        "format": "csv",
        "scene_id": cast.scene_id,
        "version_id": cast.version_id,
        "tag_id": cast.tag_id,
        "print_id": cast.print_id,
        "upload_id": cast.upload_id,
        "warning_id": "0" * 16,
        "clip": "words",
        "name": f"{'0' * 64}.mp4",
        "template": "quote",
        "template_id": template_in(cast) if "{template_id}" in route else "",
        "sub_clip_id": sub_clip_in(cast) if "{sub_clip_id}" in route else "",
        "use": "nothing",
        "seq": 999,
        "act_id": "cut.split",
        "revision": 1,
        "session_id": session_of_the_owner(cast) if "{session_id}" in route else "",
    }
    method, path = route.split()
    path = path.replace("{key:path}", "media/aa/aa").replace("{path:path}", "nothing/here").format(**ids)
    if "params" in rest:
        rest = {**rest, "params": {k: str(v).format(**ids) for k, v in rest["params"].items()}}
    if "json" in rest:
        rest = {**rest, "json": named(rest["json"], ids)}
    status = visitor.another(secret(cast, who)).request(method, path, **rest).status_code
    cast.changed |= method != "GET" and status < 400
    return status


def named(value: Any, ids: dict[str, str]) -> Any:
    """A body whose "{shot_id}" and the like are the things there are."""
    if isinstance(value, dict):
        return {key: named(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each, ids) for each in value]
    return ids.get(value.strip("{}"), value) if isinstance(value, str) and value.startswith("{") else value


def secret(cast: Cast, who: str) -> str | None:
    if who == "anonymous":
        return None
    if who == "ended":
        token = cast.session("owner")
        with unit_of_work() as uow:
            accounts.sign_out(uow, token)
        return token
    return cast.session(who)


def template_in(cast: Cast) -> str:
    return make_template(cast.project_id, cast.actor("owner").user_id)


def sub_clip_in(cast: Cast) -> str:
    return make_sub_clip(cast.project_id, cast.actor("owner").user_id, cast.sha256)


def session_of_the_owner(cast: Cast) -> str:
    token = cast.session("owner")
    with unit_of_work() as uow:
        found = accounts.find_session(uow, token)
    assert found is not None
    return found.id


def restore(cast: Cast) -> None:
    """Undo what those who may have done: the project, its first scene, the spare person in it and a file looked over are there."""
    if not cast.changed:
        return
    cast.changed = False
    with unit_of_work() as uow:
        projects.bring_back(uow, cast.actor("admin"), cast.project_id)
    with suppress(NotFound), unit_of_work() as uow:
        rewriting.restore_scene(uow, cast.actor("admin"), cast.script_id, cast.scene_id, to=0)
    with suppress(Conflict), unit_of_work() as uow:
        projects.add_member(
            uow, cast.actor("admin"), cast.project_id, email="spare@example.org", role=ProjectRole.VIEWER
        )
    with unit_of_work() as uow:
        timelines.bring_back_timeline(uow, cast.actor("admin"), cast.timeline_id)
    bring_back_shot(cast)
    try:
        with reading() as uow:
            scripts.get_import(uow, cast.actor("owner"), cast.import_id)
    except NotFound:
        cast.import_id = look_over(cast.actor("owner"), cast.project_id)


def bring_back_shot(cast: Cast) -> None:
    """Undo what was done to the board until its first shot is on it again."""
    for who in ("editor", "owner", "admin"):
        with suppress(Conflict):
            while _is_off(cast.shot_id):
                with unit_of_work() as uow:
                    storyboards.undo(uow, cast.actor(who), cast.script_id)


def _is_off(shot_id: str) -> bool:
    with reading() as uow:
        return uow.session.scalars(select(col(Shot.script_id)).where(col(Shot.id) == shot_id)).one() is None
