"""The cut through REST: begun, tried, edited, refused when stale; and what was done in a project undone."""

from __future__ import annotations

import pytest

from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


def test_a_cut_is_begun_tried_and_edited_and_its_board_with_it(visitor: Browser, cast: Cast) -> None:
    me = visitor.another(cast.session("editor"))
    assert me.get(f"{V1}/scripts/{cast.script_id}/cut").json()["data"] is None
    cut = me.post(f"{V1}/scripts/{cast.script_id}/cut").json()["data"]
    assert me.get(f"{V1}/timelines/{cut['id']}").json()["data"] == cut
    assert (cut["live"], cut["document"]["schema"]) == (True, "inkreel.timeline")
    clip = next(c for c in cut["document"]["tracks"][0]["clips"] if c["link"] == f"shot:{cast.shot_id}")
    edit = {"do": "trim", "clip": clip["id"], "frames": clip["frames"] + 12}
    body = {"revision": cut["revision"], "edits": [edit], "dry_run": True}
    at = f"{V1}/timelines/{cut['id']}/edits"
    tried = me.post(at, json=body).json()["data"]
    assert (tried["kept"], tried["frames"]) == (False, cut["frames"] + 12)
    done = me.post(at, json=body | {"dry_run": False}).json()["data"]
    assert (done["kept"], done["revision"], done["changes"]) == (True, cut["revision"] + 1, tried["changes"])
    assert me.get(f"{V1}/shots/{cast.shot_id}").json()["data"]["card"]["frames"] == clip["frames"] + 12
    stale = me.post(at, json=body | {"dry_run": False})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "cut_changed")
    assert "length of" in stale.json()["error"]["message"]
    undone = me.post(f"{V1}/projects/{cast.project_id}/history/{done['seqs'][0]}/undo")
    assert undone.status_code == 204
    assert me.get(f"{V1}/scripts/{cast.script_id}/cut").json()["data"]["frames"] == cut["frames"]


@pytest.mark.parametrize(
    "edit",
    [{"do": "fly", "clip": "x"}, {"do": "trim", "clip": "x"}, {"do": "gain", "clip": "x"}, {"do": "move", "clips": []}],
)
def test_an_edit_that_is_none_is_refused_by_name(visitor: Browser, cast: Cast, edit: dict[str, object]) -> None:
    me = visitor.another(cast.session("editor"))
    answer = me.post(f"{V1}/timelines/{cast.timeline_id}/edits", json={"revision": 1, "edits": [edit]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_a_shot_is_given_back_to_its_voice_by_its_field(visitor: Browser, cast: Cast) -> None:
    me = visitor.another(cast.session("editor"))
    shots = me.get(f"{V1}/scripts/{cast.script_id}/shots").json()["data"]
    spoken = next(shot for shot in shots if shot["speaker"])
    at = f"{V1}/shots/{spoken['shot_id']}"
    me.request("PATCH", at, json={"frames": 400})
    assert me.get(at).json()["data"]["timed"] is True
    back = me.request("PATCH", at, json={"timed": False}).json()["data"]["shots"][0]
    assert back["frames"] < 400
    assert me.get(at).json()["data"]["timed"] is False
