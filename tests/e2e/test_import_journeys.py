"""Files brought in with a real browser: looked over and re-tagged, a next draft merged with nothing lost, a PDF taken home."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import PHONE, Person, Studio, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_ROWS = (
    ("Scene Heading", "INT. BAKERY - NIGHT"),
    ("Action", 'Flour in the air. IR</Text><Text AdornmentStyle="-1">IS kneads.'),
    ("General", "IRIS"),
    ("Dialogue", "Who is at the door?"),
    ("Transition", "CUT TO:"),
    ("Scene Heading", "EXT. STREET - DAY"),
    ("Action", "Snow. Nobody."),
)
NEXT = """Title: Three Rooms

EXT. YARD - DAY

Hens. TOM feeds them slowly.

INT. KITCHEN - NIGHT

MARA opens the door. Rain runs down the glass.

MARA
Who is there?

INT. CELLAR - NIGHT

The kettle whistles above. Steps on the stairs.

EXT. ROAD - DAWN

A cart, far away.
"""
FIRST = """Title: Three Rooms

INT. KITCHEN - NIGHT

MARA opens the door. Rain runs down the glass.

MARA
Who is there?

The kettle whistles above. Steps on the stairs.

EXT. YARD - DAY

Hens. TOM feeds them.

INT. ATTIC - NIGHT

A trunk. A letter in it.

TOM
It is for you.
"""


def final_draft() -> bytes:
    """A file as Final Draft writes it: words split into runs, and a cue somebody typed as General."""
    rows = "".join(f'<Paragraph Type="{kind}"><Text>{text}</Text></Paragraph>' for kind, text in _ROWS)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>'
        f'<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>{rows}</Content></FinalDraft>'
    ).encode()


def ask(person: BrowserContext, path: str) -> Any:
    return person.request.get(f"/api/v1{path}").json()["data"]


def drawings(person: BrowserContext, script: str) -> dict[str, str]:
    """The picture of every shot that has one, by the shot's id."""
    shots = person.request.get(f"/api/v1/scripts/{script}/shots?limit=100").json()["data"]
    return {shot["shot_id"]: shot["sha256"] for shot in shots if shot["sha256"]}


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_a_final_draft_file_is_looked_over_re_tagged_and_kept(
    studio: Studio, person: Person, viewport: dict[str, int] | None
) -> None:
    who = person("ida", **({"viewport": viewport} if viewport else {}))
    page = who.new_page()
    page.goto("/import/new")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "bakery.fdx", "mimeType": "application/xml", "buffer": final_draft()}
    )
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}"))
    expect(page.get_by_text("Final Draft")).to_be_visible()
    rows = page.locator("ol.read > li")
    expect(rows).to_have_count(len(_ROWS))
    expect(page.locator("dl.facts")).to_contain_text(re.compile("Spoken cues0"))
    expect(rows.nth(1)).to_contain_text("IRIS kneads.")
    cue = rows.nth(2).get_by_label("Type of this paragraph")
    cue.select_option("character")
    expect(page.locator("dl.facts")).to_contain_text(re.compile("Spoken cues1"))
    expect(cue).to_have_value("character")
    page.get_by_role("button", name="Make the project").click()
    page.wait_for_url(re.compile(r"/p/[0-9a-f-]{36}/board"))
    project = page.url.split("/p/")[1].split("/")[0]
    script = ask(who, f"/projects/{project}/script")
    text = who.request.get(f"/api/v1/scripts/{script['id']}/export").text()
    assert "\n\nIRIS\nWho is at the door?\n\nCUT TO:\n\nEXT. STREET - DAY\n\nSnow. Nobody." in text
    page.goto(f"/p/{project}/script")
    expect(page.locator('.ed p[data-kind="character"]')).to_have_text("IRIS")
    assert [one["name"] for one in ask(who, f"/projects/{project}/people")] == ["IRIS"]


def test_what_cannot_be_read_is_said_where_it_was_chosen(studio: Studio, person: Person) -> None:
    page = person("ugo").new_page()
    page.goto("/import/new")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "holiday.fdx", "mimeType": "application/xml", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(800)}
    )
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"\w+ .*\.$"))
    expect(page.locator("input[type=file]").first).to_be_attached()
    assert ask(page.context, "/projects") == []


def test_a_next_draft_keeps_every_drawing_of_what_stays_and_puts_the_rest_in_the_drawer(
    studio: Studio, person: Person
) -> None:
    who = person("nell")
    answer = who.request.post(
        "/api/v1/projects/start", data={"text": FIRST, "name": "three.fountain"}, headers={"Origin": studio.address}
    )
    made = answer.json()["data"]
    page = who.new_page()
    page.goto(f"/p/{made['project_id']}/board")
    until(page, f"document.body.textContent.includes('{made['shots']} of {made['shots']} drawn')", seconds=120)
    before = drawings(who, made["script_id"])
    assert len(before) == made["shots"]

    page.goto(f"/p/{made['project_id']}/script")
    expect(page.locator(".ed p").first).to_be_visible()
    page.get_by_label("Import a draft").first.set_input_files(
        {"name": "three rooms 2.fountain", "mimeType": "text/plain", "buffer": NEXT.encode()}
    )
    page.wait_for_url(re.compile(r"/import/"))
    page.get_by_role("link", name="See what it changes").click()
    page.wait_for_url(re.compile(r"/merge"))
    changes = page.locator("ol.changes > li")
    expect(changes.first).to_be_visible()
    told = " ".join(changes.all_inner_texts())
    for words in ("INT. KITCHEN", "EXT. YARD", "INT. CELLAR", "INT. ATTIC", "EXT. ROAD", "to the drawer", "new"):
        assert words in told
    page.get_by_role("button", name="Merge the draft").click()
    page.wait_for_url(re.compile(r"/script"))
    expect(page.locator(".nav")).to_have_count(4)
    headings = [scene["heading"] for scene in ask(who, f"/projects/{made['project_id']}/script")["scenes"]]
    assert headings == ["EXT. YARD - DAY", "INT. KITCHEN - NIGHT", "INT. CELLAR - NIGHT", "EXT. ROAD - DAWN"]
    after = drawings(who, made["script_id"])
    cut = {shot for shot in before if shot not in after}
    assert {shot: after[shot] for shot in before if shot in after} == {s: p for s, p in before.items() if s not in cut}
    drawer = ask(who, f"/scripts/{made['script_id']}/drawer")
    assert [scene["scene"]["heading"] for scene in drawer] == ["INT. ATTIC - NIGHT"]

    page.locator("details.cuts summary").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".nav")).to_have_count(5)
    back = drawings(who, made["script_id"])
    assert {shot: back.get(shot) for shot in cut} == {shot: before[shot] for shot in cut}


def test_the_script_is_taken_home_as_a_pdf_laid_out_as_the_trade_does(
    studio: Studio, person: Person, tmp_path: Path
) -> None:
    who = person("pia")
    made = who.request.post("/api/v1/projects/sample", headers={"Origin": studio.address}).json()["data"]
    page = who.new_page()
    page.goto(f"/p/{made['project_id']}/script")
    expect(page.locator(".ed p").first).to_be_visible()
    page.get_by_role("button", name="Export the script").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile("PDF, US Letter")).click()
    assert download.value.suggested_filename == "the-last-ferry.pdf"
    data = Path(download.value.path()).read_bytes()
    pdf = pdfium.PdfDocument(data)
    assert len(pdf) == 3  # a title page and two of script
    assert [round(side) for side in pdf[1].get_size()] == [612, 792]
    text = pdf[1].get_textpage()
    for words, inches in (("EXT. HARBOUR PIER", 1.5), ("BEN\r", 3.7), ("Wait! Please!", 2.5)):
        found = text.search(words).get_next()
        assert found is not None, words
        assert text.get_charbox(found[0])[0] / 72 == pytest.approx(inches, abs=0.03), words
    inked = (pdf[1].render(scale=1).to_numpy() < 128).mean()
    assert 0.01 < inked < 0.2
