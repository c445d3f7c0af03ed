"""Frames, letters and scopes through REST: pictures with their kind and how long they may be kept, refusals in words."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from studio.core.db import unit_of_work
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track, to_document
from studio.engine.timeline.looks import Solid, Text
from studio.renders import service as renders
from studio.timelines.models import TimelineRow
from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def at(cast: Cast) -> Generator[str]:
    """The address of a cut: two plain colours, words over the first, an undrawn shot at the end."""
    picture = (
        Clip("a", "A", "", 0, 10, made=Solid("#ff6b35")),
        Clip("b", "B", "", 10, 10, made=Solid("#004e89")),
        Clip("u", "2B", "", 20, 10),
    )
    words = Clip("w", "W", "", 0, 10, made=Text("Words"))
    none = Clip("n", "N", "", 10, 10, made=Text(" "))
    lanes = Track("v", "video", "V", "picture", picture), Track("t", "text", "T", "picture", (words, none))
    document = to_document(Timeline("F", Rate(24), 640, 360, lanes))
    row = TimelineRow(
        project_id=cast.project_id, name="F", rate="24/1", width=640, height=360, frames=30, document=document
    )
    with unit_of_work() as uow:
        uow.session.add(row)
    yield f"/api/v1/timelines/{row.id}"
    renders.close_views()


def test_a_frame_comes_as_a_picture_that_is_kept_with_its_revision(editor: Browser, at: str) -> None:
    now = editor.get(f"{at}/frame?frame=3&width=320")
    assert (now.status_code, now.headers["content-type"], now.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert now.headers["cache-control"] == "private, no-cache"
    kept = editor.get(f"{at}/frame?frame=3&width=320&r=1")
    assert (kept.content, kept.headers["cache-control"]) == (now.content, "private, max-age=3600")
    again = editor.get(f"{at}/frame?frame=3&width=320", headers={"If-None-Match": now.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert editor.get(f"{at}/frame?frame=12&width=320").headers["etag"] != now.headers["etag"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("frame?frame=25", 409, "2B: It has no picture yet."),
        ("frame?frame=30", 422, "There is no frame 30 in a film of 30 frames."),
        ("frame?frame=0&width=4000", 422, ""),
        ("scopes?frame=25", 409, "2B: It has no picture yet."),
        ("clips/a/picture", 422, "A shows no text and no shape."),
        ("clips/z/picture", 404, "There is no such clip in this cut."),
    ],
)
def test_what_cannot_be_shown_is_told_in_words(editor: Browser, at: str, asked: str, status: int, said: str) -> None:
    answer = editor.get(f"{at}/{asked}")
    assert answer.status_code == status
    assert said in answer.json()["error"]["message"]


def test_letters_come_cropped_with_the_place_they_lie_at(editor: Browser, at: str) -> None:
    letters = editor.get(f"{at}/clips/w/picture?width=640")
    assert (letters.status_code, letters.headers["content-type"]) == (200, "image/png")
    left, _, wide, _ = (float(part) for part in letters.headers["inkreel-box"].split())
    assert abs(left + wide / 2 - 0.5) < 0.01
    assert editor.get(f"{at}/clips/n/picture").status_code == 204


@pytest.mark.parametrize("kind", ["waveform", "parade", "vectorscope", "histogram"])
def test_scopes_come_as_pictures(editor: Browser, at: str, kind: str) -> None:
    answer = editor.get(f"{at}/scopes?frame=3&kind={kind}")
    assert (answer.status_code, answer.content[:4]) == (200, b"\x89PNG")
