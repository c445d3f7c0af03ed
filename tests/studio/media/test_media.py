"""Media of a project: one content, one file, one row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studio.core.db import unit_of_work
from studio.core.storage import media_key, storage
from studio.media import service as media
from tests.factories.studio import make_place

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
