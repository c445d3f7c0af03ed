"""The cut for other programs through REST: a named file in each format, what it does not hold, refusals."""

from __future__ import annotations

import pytest

from studio.engine.interchange.apart import read
from studio.engine.interchange.formats import FORMATS, SUFFIXES
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
V1 = "/api/v1"


def test_a_cut_is_taken_in_every_format_and_what_it_loses_is_told(visitor: Browser, cast: Cast) -> None:
    me = visitor.another(cast.session("viewer"))
    cut = visitor.another(cast.session("editor")).post(f"{V1}/scripts/{cast.script_id}/cut").json()["data"]
    at = f"{V1}/timelines/{cut['id']}"
    frames = me.get(at).json()["data"]["frames"]
    for form in FORMATS:
        answer = me.get(f"{at}/export", params={"format": form})
        if form in ("srt", "vtt", "ass") and answer.status_code == 422:
            assert "no captions" in answer.json()["error"]["message"]
            continue
        assert answer.status_code == 200, answer.text
        assert SUFFIXES[form] in answer.headers["content-disposition"]
        back = read(answer.content, f"x{SUFFIXES[form]}").timeline
        assert form != "otio" or back.frames == frames
        losses = me.get(f"{at}/export/losses", params={"format": form}).json()["data"]
        assert (losses == []) == (form == "otio")
    assert me.get(f"{at}/export", params={"format": "aaf"}).status_code == 422
    assert visitor.another(cast.session("stranger")).get(f"{at}/export").status_code == 404
