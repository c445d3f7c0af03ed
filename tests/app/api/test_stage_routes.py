"""The stage through REST: the plan read and changed, previews that are drawn for the asker, looks and likeness."""

from __future__ import annotations

import pytest

from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


def test_a_plan_is_read_changed_and_shown_at_once(visitor: Browser, cast: Cast) -> None:
    me, shot = visitor.another(cast.session("editor")), f"{V1}/shots/{cast.shot_id}"
    before = me.get(f"{shot}/plan").json()["data"]
    picture = me.get(f"{shot}/preview")
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    body = {"camera": {"azimuth": 200, "lens_mm": 85, "height": 2.5}}
    edit = me.request("PATCH", f"{shot}/plan", json=body).json()["data"]
    assert edit["label"] == "camera of 1A"
    after = me.get(f"{shot}/plan", params={"panel": cast.panel_id}).json()["data"]
    assert (after["camera"]["azimuth"], after["camera"]["lens_mm"], after["camera"]["height"]) == (-160, 85, 2.5)
    assert after["digest"] != before["digest"]
    tag = {"If-None-Match": picture.headers["etag"]}
    assert me.get(f"{shot}/preview", headers=tag).status_code == 200
    tag = {"If-None-Match": me.get(f"{shot}/preview").headers["etag"]}
    assert me.get(f"{shot}/preview", headers=tag).status_code == 304
    assert me.get(f"{shot}/plan/floor", params={"reach": 5}).headers["content-type"] == "image/png"
    assert me.get(f"{shot}/plan/floor", params={"reach": 50}).status_code == 422
    assert me.get(f"{shot}/plan", params={"panel": cast.shot_id}).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"camera": {"lens_mm": 1}}, "lens_mm"),
        ({"camera": {"height": 99}}, "height"),
        ({"figures": [{"name": "NOBODY", "x": 1}]}, "name"),
    ],
)
def test_what_does_not_fit_on_the_stage_is_named(
    visitor: Browser, cast: Cast, body: dict[str, object], field: str
) -> None:
    me = visitor.another(cast.session("editor"))
    answer = me.request("PATCH", f"{V1}/shots/{cast.shot_id}/plan", json=body)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (422, field)


def test_looks_are_listed_changed_portrayed_and_compared(visitor: Browser, cast: Cast) -> None:
    me, script = visitor.another(cast.session("editor")), f"{V1}/scripts/{cast.script_id}"
    assert [look["name"] for look in me.get(f"{script}/looks").json()["data"]] == ["MARA"]
    edit = me.request("PATCH", f"{script}/looks", json={"name": "MARA", "hair_style": "bun"})
    assert edit.json()["data"]["label"] == "the look of Mara"
    assert me.get(f"{script}/looks").json()["data"][0]["hair_style"] == "bun"
    assert me.request("PATCH", f"{script}/looks", json={"name": "MARA", "age": "ancient"}).status_code == 422
    portrait = me.get(f"{script}/looks/portrait", params={"name": "MARA"})
    assert portrait.headers["content-type"] == "image/png"
    found = me.get(f"{script}/likeness", params={"name": "MARA"}).json()["data"]
    assert (found["panels"], found["bound"]) == (0, 0.45)
    assert me.get(f"{script}/likeness", params={"name": "NOBODY"}).status_code == 404
