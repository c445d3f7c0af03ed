"""The breakdown over HTTP: sheets, strips, elements changed and brought back, files, coverage, and who may."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from tests.factories.people import Cast
from tests.support.browser import Browser

pytestmark = pytest.mark.services
V1 = "/api/v1"


@pytest.fixture
def database(embedded: str) -> str:
    """The kind of database is nothing to these tests."""
    return embedded


@pytest.fixture
def script(editor: Browser, cast: Cast) -> str:
    """The address of the script, broken down."""
    address = f"{V1}/scripts/{cast.script_id}"
    assert editor.get(f"{address}/breakdown?scene=0").json()["data"]["elements"]
    assert editor.post(f"{address}/breakdown/suggest").json()["data"]["new"] == 0
    return address


def add(editor: Browser, script: str, name: str, category: str = "props", scene: int = 0) -> str:
    body = {"scene": scene, "category": category, "name": name}
    answer = editor.post(f"{script}/breakdown/tags", json=body)
    assert answer.status_code == 201
    return answer.json()["data"]["id"]


def names(editor: Browser, script: str) -> dict[str, tuple[str, str]]:
    sheet = editor.get(f"{script}/breakdown?scene=0").json()["data"]
    return {tag["name"]: (tag["category"], tag["origin"]) for tag in sheet["elements"]}


def test_a_sheet_is_read_by_the_position_of_its_scene(editor: Browser, script: str) -> None:
    sheet = editor.get(f"{script}/breakdown?scene=1").json()["data"]
    assert (sheet["strip"]["number"], sheet["strip"]["colour"], sheet["strip"]["script_day"]) == ("2", "yellow", "D2")
    assert [(tag["category"], tag["name"]) for tag in sheet["elements"]] == [("vehicles", "bus")]
    assert editor.get(f"{script}/breakdown?scene=2").status_code == 404
    assert editor.get(f"{script}/breakdown?scene=-1").status_code == 422


def test_strips_and_cast_come_whole(editor: Browser, script: str) -> None:
    strips = editor.get(f"{script}/breakdown/strips").json()["data"]
    chart = editor.get(f"{script}/breakdown/cast").json()["data"]
    assert [(s["number"], s["colour"], s["cast"]) for s in strips] == [("1", "blue", [1]), ("2", "yellow", [])]
    assert [(p["number"], p["name"], p["scenes"]) for p in chart["people"]] == [(1, "MARA", [0])]
    assert chart["strips"] == strips


def test_an_element_is_added_renamed_moved_kept_put_aside_and_brought_back(editor: Browser, script: str) -> None:
    tag = add(editor, script, "door key")
    address = f"{V1}/tags/{tag}"
    assert editor.request("PATCH", address, json={"name": "brass key"}).json()["data"]["name"] == "brass key"
    assert editor.request("PATCH", address, json={"category": "wardrobe"}).json()["data"]["category"] == "wardrobe"
    assert editor.request("DELETE", address).status_code == 200
    assert "brass key" not in names(editor, script)
    assert editor.request("PATCH", address, json={"aside": False}).status_code == 200
    assert names(editor, script)["brass key"] == ("wardrobe", "hand")
    rain = next(t for t in editor.get(f"{script}/breakdown?scene=0").json()["data"]["elements"] if t["name"] == "rain")
    assert rain["origin"] == "suggested"
    assert editor.request("PATCH", f"{V1}/tags/{rain['id']}", json={"kept": True}).json()["data"]["origin"] == "hand"


def test_all_of_a_sheet_is_kept_at_once(editor: Browser, script: str) -> None:
    sheet = editor.post(f"{script}/breakdown/keep", json={"scene": 0}).json()["data"]
    assert {tag["origin"] for tag in [*sheet["elements"], *sheet["cast"]]} == {"hand"}


def test_what_is_wrong_is_said_and_changes_nothing(editor: Browser, script: str) -> None:
    tag = add(editor, script, "door key")
    add(editor, script, "lamp")
    assert editor.request("PATCH", f"{V1}/tags/{tag}", json={"name": "lamp"}).status_code == 409
    assert editor.request("PATCH", f"{V1}/tags/{tag}", json={"category": "fish"}).status_code == 422
    for body in ({"name": ""}, {"name": "x" * 201}, {"name": "a\x00b"}):
        assert editor.request("PATCH", f"{V1}/tags/{tag}", json=body).status_code == 422
    answer = editor.request("PATCH", f"{V1}/tags/{tag}", json={"category": "sound", "name": ""})
    assert answer.status_code == 422
    assert names(editor, script)["door key"] == ("props", "hand")
    body = {"scene": 99, "category": "props", "name": "x"}
    assert editor.post(f"{script}/breakdown/tags", json=body).status_code == 404


def test_a_script_day_is_set_and_taken_back(editor: Browser, script: str) -> None:
    address = f"{script}/breakdown/script-day"
    sheet = editor.request("PUT", address, json={"scene": 0, "day": "n3"}).json()["data"]
    assert (sheet["strip"]["script_day"], sheet["day_by_hand"]) == ("N3", "N3")
    assert [s["script_day"] for s in editor.get(f"{script}/breakdown/strips").json()["data"]] == ["N3", "D4"]
    assert editor.request("PUT", address, json={"scene": 0, "day": "x" * 17}).status_code == 422
    editor.request("PUT", address, json={"scene": 0, "day": ""})
    assert [s["script_day"] for s in editor.get(f"{script}/breakdown/strips").json()["data"]] == ["N1", "D2"]


def test_the_breakdown_is_taken_along_as_three_kinds_of_file(editor: Browser, script: str) -> None:
    sheet = editor.get(f"{script}/breakdown.csv")
    assert sheet.headers["content-disposition"] == "attachment; filename*=utf-8''A%20Door%20breakdown.csv"
    assert sheet.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert sorted({row[0] for row in rows[1:]}) == ["1", "2"]
    assert zipfile.ZipFile(io.BytesIO(editor.get(f"{script}/breakdown.xlsx").content)).testzip() is None
    assert editor.get(f"{script}/breakdown.pdf").content.startswith(b"%PDF-")
    assert editor.get(f"{script}/breakdown.exe").status_code == 422


def test_coverage_says_what_no_shot_holds(editor: Browser, script: str) -> None:
    found = editor.get(f"{script}/coverage").json()["data"]
    assert (found["percent"], found["lines"], found["voiced"]) == (100, 1, 0)
    assert [line["text"] for scene in found["scenes"] for line in scene["unvoiced"]] == ["Who is there?"]


def test_viewers_look_and_change_nothing_and_strangers_find_nothing(
    editor: Browser, visitor: Browser, cast: Cast, script: str
) -> None:
    tag = add(editor, script, "door key")
    viewer, stranger = visitor.another(cast.session("viewer")), visitor.another(cast.session("stranger"))
    looks = ("breakdown", "breakdown/strips", "breakdown/cast", "breakdown.csv", "breakdown.xlsx", "breakdown.pdf")
    for look in (*looks, "coverage"):
        asked = [who.get(f"{script}/{look}").status_code for who in (viewer, stranger, visitor)]
        assert asked == [200, 404, 401], look
    body = {"scene": 0, "category": "props", "name": "gun", "day": "D3"}
    changes = [
        ("POST", f"{script}/breakdown/suggest", None),
        ("POST", f"{script}/breakdown/tags", body),
        ("POST", f"{script}/breakdown/keep", {"scene": 0}),
        ("PUT", f"{script}/breakdown/script-day", body),
        ("PATCH", f"{V1}/tags/{tag}", {"name": "gun"}),
        ("DELETE", f"{V1}/tags/{tag}", None),
    ]
    before = names(editor, script)
    for method, address, sent in changes:
        asked = [who.request(method, address, json=sent).status_code for who in (viewer, stranger, visitor)]
        assert asked == [403, 404, 401], (method, address)
    assert names(editor, script) == before
