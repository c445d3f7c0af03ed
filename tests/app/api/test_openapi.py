"""The OpenAPI document is true: what is asked at random, well-formed and not, is answered as it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi import checks

from app.api import health
from app.api.http import events
from app.api.server import api
from studio.core.settings import settings as ours
from tests.app.api.test_roles import restore, session_of_the_owner, sub_clip_in, template_in
from tests.factories.people import Cast

MANY = 1_000_000
CHECKS: list[Any] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
DETERMINED = settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


PARTS = 4

KINDS = (
    (GenerationMode.POSITIVE, True),
    (GenerationMode.POSITIVE, False),
    (GenerationMode.NEGATIVE, True),
    (GenerationMode.NEGATIVE, False),
)
"""Well-formed requests and others, about things there are and about others."""


def test_every_operation_has_an_id_of_its_own_and_its_errors_in_one_shape() -> None:
    document = api().openapi()
    operations = [op for path in document["paths"].values() for op in path.values()]
    ids = [op["operationId"] for op in operations]
    assert len(set(ids)) == len(ids) > 45
    assert document["openapi"].startswith("3.1")
    for operation in operations:
        assert operation["summary"]
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and operation["operationId"] != "ready":
                assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/Problem"), operation


def test_whoever_must_be_signed_in_is_told_so_in_the_document() -> None:
    paths = api().openapi()["paths"]
    free = {"/health", "/ready", "/files/{key}", "/api/v1/version"}
    free |= {f"/api/v1/auth/{name}" for name in ("register", "login", "logout")}
    assert {p for p, ops in paths.items() if not all(op.get("security") for op in ops.values())} == free


@pytest.mark.services
@pytest.mark.parametrize(
    "database", ["postgresql"], indirect=True
)  # the stricter of the two; it takes minutes, so in parts
@pytest.mark.parametrize("part", range(PARTS))
def test_answers_are_what_the_document_says(cast: Cast, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    load_all_checks()
    monkeypatch.setattr(events, "follow", lambda *_a, **_k: iter(()))
    monkeypatch.setattr(health, "_redis", lambda: "")
    app = api(anonymous_a_minute=MANY, signed_in_a_minute=MANY)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    asked: dict[str, set[int]] = {}
    for found in list(schema.get_all_operations())[part::PARTS]:
        operation = found.ok()
        for mode, there in KINDS:
            asked.setdefault(operation.label, set()).update(tried(operation, mode, cast, there=there))
    assert len(asked) > 40
    untried = {label for label, statuses in asked.items() if not any(s < 400 for s in statuses)}
    assert untried <= NEVER_FITTING, "these were never asked for anything there is"


NEVER_FITTING = {
    "POST /api/v1/auth/register",  # an e-mail and a good password do not come by chance
    "POST /api/v1/auth/login",
    "PUT /api/v1/auth/password",
    "PUT /api/v1/auth/me/keys/{act_id}",  # nor does the name of a free key
    "POST /api/v1/projects/start",  # nor does a screenplay
    "POST /api/v1/projects/start/file",
    "POST /api/v1/projects/start/boards",
    "POST /api/v1/projects/{project_id}/script",
    "POST /api/v1/projects/{project_id}/script/file",
    "POST /api/v1/imports",
    "POST /api/v1/imports/{import_id}/finish",  # its project has a script
    "POST /api/v1/imports/{import_id}/merge",  # nor the script's revision
    "POST /api/v1/scripts/{script_id}/merge/apply",
    "PATCH /api/v1/imports/{import_id}/paragraphs",  # nor the number of a paragraph
    "PUT /api/v1/scripts/{script_id}/breakdown/script-day",  # nor a day as it is written
    "POST /api/v1/scripts/{script_id}/scenes/{scene_id}/restore",  # it is not in the drawer
    "PUT /api/v1/scripts/{script_id}/continuity/{warning_id}",  # there is nothing to warn of
    "DELETE /api/v1/scripts/{script_id}/continuity/{warning_id}",
    "POST /api/v1/projects/{project_id}/members",
    "GET /api/v1/uploads/{upload_id}/beginning",  # nothing of it has arrived
    "PATCH /api/v1/uploads/{upload_id}",  # nor does a piece where the upload goes on
    "POST /api/v1/uploads/{upload_id}/finish",  # and nothing of it has arrived
    "POST /api/v1/projects/{project_id}/media/{sha256}/subclips",  # a still has no in and out
    "PUT /api/v1/shots/{shot_id}/version",  # nothing is drawn
    "POST /api/v1/shots/{shot_id}/panel",  # nor does a picture come by chance
    "POST /api/v1/scripts/{script_id}/scans",  # nor does a scan
    "POST /api/v1/scripts/{script_id}/shots/merge",  # it takes two that stand side by side
    "POST /api/v1/shots/{shot_id}/split",  # and a frame inside a shot
    "POST /api/v1/scripts/{script_id}/board/undo",
    "POST /api/v1/scripts/{script_id}/board/redo",
    "POST /api/v1/projects/{project_id}/history/{seq}/undo",
    "POST /api/v1/scripts/{script_id}/scenes/{scene_id}/rewind",  # and a moment after which something changed
    "PATCH /api/v1/scripts/{script_id}/looks",  # nor somebody's name
    "GET /api/v1/scripts/{script_id}/looks/portrait",
    "GET /api/v1/scripts/{script_id}/likeness",
    "POST /api/v1/panels/{panel_id}/strokes",  # nor does a stroke
    "POST /api/v1/panels/{panel_id}/fill",  # nor a place on the panel and a layer there is
    "POST /api/v1/panels/{panel_id}/reference",
    "DELETE /api/v1/panels/{panel_id}",  # it is the only one of its shot
    "POST /api/v1/timelines/{timeline_id}/edits",  # nor the clip of a shot
    "POST /api/v1/timelines/{timeline_id}/relink",  # nor a file it lacks
    "PATCH /api/v1/projects/{project_id}/folders",  # nor a folder
    "POST /api/v1/timelines/{timeline_id}/undo",  # nor an act to undo
    "POST /api/v1/timelines/{timeline_id}/redo",
    "POST /api/v1/timelines/{timeline_id}/merge",  # nor a board it was begun from
    "POST /api/v1/timelines/{timeline_id}/animatic",
    "POST /api/v1/timelines/{timeline_id}/restore",  # it is as it was at its only revision
    "POST /api/v1/timelines/{timeline_id}/sentences",  # nor a sentence of it
    "POST /api/v1/timelines/{timeline_id}/sentences/script",
    "POST /api/v1/timelines/{timeline_id}/lengths",  # nor a length that differs
    "POST /api/v1/projects/{project_id}/timelines/import",  # nor a timeline
    "POST /api/v1/timelines/{timeline_id}/renders",  # nor a range of a film that is cut
    "GET /api/v1/timelines/{timeline_id}/frame",  # nor a frame of a cut that has none
    "GET /api/v1/timelines/{timeline_id}/scopes",
    "GET /api/v1/timelines/{timeline_id}/loudness",  # nor a sound in it
    "GET /api/v1/timelines/{timeline_id}/clips/{clip}/picture",
    "GET /api/v1/timelines/{timeline_id}/previews/{name}",  # nor a piece of it
    "POST /api/v1/projects/{project_id}/templates",  # nor clips of a cut
    "POST /api/v1/projects/{project_id}/templates/file",  # nor a template
    "GET /api/v1/projects/{project_id}/templates/{template}/file",  # the one there is is ours, which is no file
    "PATCH /api/v1/timelines/{timeline_id}/uses/{use}",  # nor a template in it
    "GET /api/v1/renders/{render_id}/captions",
    "GET /api/v1/renders/{render_id}/download",
    "GET /api/v1/prints/{print_id}/download",
    "GET /files/{key}",  # nor a signature
    "POST /api/v1/runs/{run_id}/retry",  # it has not failed
    "POST /api/v1/runs/{run_id}/cancel",
}


FIRST = {"scene": 0, "after": 0, "to": 0, "revision": 1, "first": 1, "second": 1}
"""What a number means by these names is found by chance in a very large script only."""


def tried(operation: Any, mode: GenerationMode, cast: Cast, *, there: bool) -> set[int]:
    """The statuses an operation answered to a handful of requests, about things there are or about any."""
    statuses: set[int] = set()
    strategy = operation.as_strategy(generation_mode=mode)

    @DETERMINED
    @given(case=strategy)
    def ask(case: Any) -> None:
        restore(cast)
        if there:
            for name, value in ids(cast, operation.path).items():
                if name in (case.path_parameters or {}):
                    case.path_parameters[name] = value
            if mode is GenerationMode.POSITIVE:
                for asked in (case.query, case.body):
                    if isinstance(asked, dict):
                        there_is = {
                            **FIRST,
                            "scene_id": cast.scene_id,
                            "shots": [cast.shot_id],
                            "before_id": None,
                            "after_id": None,
                        }
                        asked.update({name: value for name, value in there_is.items() if name in asked})
                if "project" in (case.query or {}):
                    case.query["project"] = cast.project_id
        secret = cast.session("owner")
        answer = case.call(headers={"Origin": ours().origin}, cookies={"inkreel": secret})
        statuses.add(answer.status_code)
        cast.changed |= case.method != "GET" and answer.status_code < 400
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, operation.label  # there is nothing to get wrong in it
    return statuses


def ids(cast: Cast, path: str) -> dict[str, str]:
    return {
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
        "scene_id": cast.scene_id,
        "version_id": cast.version_id,
        "tag_id": cast.tag_id,
        "print_id": cast.print_id,
        "upload_id": cast.upload_id,
        "revision": "1",
        "act_id": "cut.split",
        "template": "quote",
        "template_id": template_in(cast) if "{template_id}" in path else "",
        "sub_clip_id": sub_clip_in(cast) if "{sub_clip_id}" in path else "",
        "session_id": session_of_the_owner(cast) if "{session_id}" in path else "",
    }
