"""Templates through REST: listed, looked at, laid into a cut, saved of it, and what cannot be refused in words."""

from __future__ import annotations

import json

import pytest

from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


def test_a_template_is_seen_filled_laid_down_and_saved(editor: Browser, cast: Cast) -> None:
    at = f"/api/v1/projects/{cast.project_id}"
    ours = editor.get(f"{at}/templates").json()["data"]
    assert len(ours) == 12 and {"opening-title", "end-credits"} <= {each["id"] for each in ours}
    names = {each["name"]: each["kind"] for each in editor.get(f"{at}/templates/quote").json()["data"]["parameters"]}
    assert names == {"words": "text", "by": "text", "colour": "colour", "picture": "media", "length": "length"}
    poster = editor.get(f"{at}/templates/quote/picture", params={"values": json.dumps({"words": "Fog."})})
    assert (poster.status_code, poster.headers["content-type"], poster.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    other = editor.get(f"{at}/templates/quote/picture", params={"values": json.dumps({"words": "Gale."})})
    assert other.headers["etag"] != poster.headers["etag"]
    cut = editor.post(f"{at}/timelines", json={"name": "Mine", "begin": "empty"}).json()["data"]["id"]
    body = {"values": {"words": "Fog.", "length": 3}, "at": 0, "revision": 1}
    done = editor.post(f"/api/v1/timelines/{cut}/templates/quote", json=body)
    assert (done.status_code, done.json()["data"]["label"]) == (201, "Lay down Quote")
    document = editor.get(f"/api/v1/timelines/{cut}/view").json()["data"]["document"]
    clip = next(c for t in document["tracks"] for c in t.get("clips", ()) if c.get("group", "").startswith("template:"))
    use = clip["group"].split(":")[2]
    changed = editor.request(
        "PATCH", f"/api/v1/timelines/{cut}/uses/{use}", json={"values": {"words": "Gale."}, "revision": 2}
    )
    assert changed.json()["data"]["label"] == "Change Quote"
    saved = editor.post(f"{at}/templates", json={"timeline_id": cut, "clips": [clip["id"]], "name": "Ours"})
    kept = saved.json()["data"]["id"]
    assert (
        editor.request("PATCH", f"/api/v1/templates/{kept}", json={"name": "Theirs"}).json()["data"]["name"] == "Theirs"
    )
    assert editor.request("DELETE", f"/api/v1/templates/{kept}").status_code == 204
    assert editor.get(f"{at}/templates/{kept}").status_code == 404


@pytest.mark.parametrize("values", ["no", "[]", '{"words": 4}', '{"colour": "red"}', '{"nothing": "x"}'])
def test_values_that_cannot_be_are_refused(editor: Browser, cast: Cast, values: str) -> None:
    address = f"/api/v1/projects/{cast.project_id}/templates/quote/picture"
    answer = editor.get(address, params={"values": values})
    assert answer.status_code == 422 and answer.json()["error"]["message"]
