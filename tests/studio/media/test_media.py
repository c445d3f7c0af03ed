"""Media of a project: one content, one file, one row."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.core.settings import Settings
from studio.core.storage import media_key, rendition_key, storage
from studio.engine.looks.facts import MediaFacts, Sound
from studio.engine.time import Rate
from studio.media import service as media
from tests.factories.studio import make_place, make_stranger

pytestmark = pytest.mark.services


@pytest.mark.usefixtures("database")
def test_the_same_content_at_the_same_moment_is_one_media(tmp_path: Path) -> None:
    place = make_place()
    (tmp_path / "a.png").write_bytes(b"picture")

    def add(i: int) -> str:
        file = media.stored(storage(), tmp_path / "a.png", kind="image", mime="image/png", name=f"{i}.png")
        with unit_of_work() as uow:
            return media.add_media(uow, place.actor, place.project_id, file).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(add, range(6)))) == 1
    file = media.stored(storage(), tmp_path / "a.png", kind="image", mime="image/png", name="a.png")
    assert storage().fetch(media_key(file.sha256)).read_bytes() == b"picture"


@pytest.mark.usefixtures("database")
def test_a_file_is_found_only_in_its_own_project_and_by_its_people(tmp_path: Path) -> None:
    place, elsewhere = make_place(), make_place()
    (tmp_path / "a.png").write_bytes(b"picture")
    file = media.stored(storage(), tmp_path / "a.png", kind="image", mime="image/png", name="a.png")
    with unit_of_work() as uow:
        media.add_media(uow, place.actor, place.project_id, file)
        stranger = make_stranger(uow)
    with reading() as uow:
        assert media.find_for(uow, place.actor, place.project_id, file.sha256).size == 7
        for actor, project_id, sha256 in (
            (stranger, place.project_id, file.sha256),
            (place.actor, elsewhere.project_id, file.sha256),
            (place.actor, place.project_id, "0" * 64),
        ):
            with pytest.raises(NotFound):
                media.find_for(uow, actor, project_id, sha256)


def test_a_thumbnail_lies_beside_its_picture(home: Settings, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1280, 720), (10, 200, 30)).save(out, "PNG")
    size = media.store_thumbnail(storage(), "a" * 64, out.getvalue(), tmp_path)
    kept = storage().fetch(rendition_key("a" * 64, media.THUMBNAIL))
    assert kept.stat().st_size == size
    with Image.open(kept) as small:
        assert (small.format, small.size) == ("WEBP", (640, 360))


@pytest.mark.usefixtures("database")
def test_what_was_read_of_a_file_is_kept_once_and_exactly() -> None:
    sound = Sound("aac", 2, 48_000, "stereo", Fraction(1, 48_000), Fraction(7, 3))
    uneven = (Fraction(0), Fraction(1001, 30_000))
    facts = MediaFacts(
        "video",
        "mov",
        Fraction(7, 3),
        frames=2,
        average=Rate(30_000, 1001),
        variable=True,
        stamps=uneven,
        sounds=(sound,),
    )
    for _ in range(2):  # two machines that read it at the same moment
        with unit_of_work() as uow:
            media.keep_facts(uow, "a" * 64, facts)
    with reading() as uow:
        assert media.facts_of(uow, ["a" * 64, "b" * 64]) == {"a" * 64: facts}
        assert media.facts_of(uow, []) == {}
