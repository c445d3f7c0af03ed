"""A film begins in the shape and the rate that were chosen, and the browser remembers them for the next."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person

pytestmark = pytest.mark.browser


def test_an_upright_film_is_chosen_remembered_and_drawn_upright(person: Person) -> None:
    page = person("henrike").new_page()
    page.goto("/projects")
    expect(page.get_by_role("heading", name="An empty wall")).to_be_visible()
    shape, rate = page.get_by_label("Shape of the picture"), page.get_by_label("Frames a second")
    expect(shape).to_have_value("16:9")
    shape.select_option("9:16")
    rate.select_option("25")
    for field, value in (("shape", "9:16"), ("rate", "25")):
        expect(page.locator(f"input[name={field}]").first).to_have_value(value)
    page.reload()
    expect(page.get_by_role("heading", name="An empty wall")).to_be_visible()
    expect(shape).to_have_value("9:16")
    expect(rate).to_have_value("25")
    page.get_by_role("button", name="Sample film").click()
    page.wait_for_url(re.compile(r"/board"))
    picture = page.locator("main .card .pic").first
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box
    assert box["height"] / box["width"] == pytest.approx(16 / 9, rel=0.02)
    page.goto(page.url.removesuffix("/").removesuffix("/board"))
    for told in ("25 fps", "9:16"):
        expect(page.get_by_text(told, exact=True).first).to_be_visible()
    page.goto("/projects")
    expect(page.locator(".card").first.get_by_text("9:16")).to_be_visible()
    expect(page.get_by_label("Shape of the picture").first).to_have_value("9:16")
