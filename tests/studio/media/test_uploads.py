"""Files on their way in: whole, in pieces, broken off and gone on with, known already, forgotten."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.steps.media import sweep_uploads
from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, LimitReached, NotFound, StudioError
from studio.core.settings import settings
from studio.core.storage import storage
from studio.media import service as media
from studio.media.models import Upload
from studio.media.views import MOST_PIECE_BYTES
from tests.factories.footage import sent
from tests.factories.studio import Place, make_place, make_stranger

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]


def begun(place: Place, size: int = 10, **more: str) -> str:
    with unit_of_work() as uow:
        return media.begin_upload(uow, place.actor, place.project_id, name="a.mov", size=size, **more).id


def put(place: Place, upload_id: str, at: int, data: bytes) -> int:
    key = media.put_piece(storage(), upload_id, at, data)
    with unit_of_work() as uow:
        return media.add_piece(uow, place.actor, upload_id, at, len(data), key).offset


def test_an_upload_goes_on_where_it_was_broken_off() -> None:
    place = make_place()
    upload_id = begun(place)
    assert put(place, upload_id, 0, b"0123") == 4
    with reading() as uow:  # the browser was closed, and asks
        assert media.find_upload(uow, place.actor, upload_id).offset == 4
        assert [u.id for u in media.list_uploads(uow, place.actor, place.project_id)] == [upload_id]
    for at, data in ((0, b"0123"), (3, b"3"), (5, b"5"), (4, b"456789more")):
        with pytest.raises(Conflict, match="goes on at byte 4 of 10") as refused:
            put(place, upload_id, at, data)
        assert refused.value.code == "upload_offset"
    with unit_of_work() as uow, pytest.raises(Conflict, match="4 of 10 bytes"):
        media.finish_upload(uow, place.actor, upload_id)
    assert put(place, upload_id, 4, b"456789") == 10
    with unit_of_work() as uow:
        done = media.finish_upload(uow, place.actor, upload_id)
        assert media.finish_upload(uow, place.actor, upload_id) == done
        assert done.state == "handed"
        pieces = media.brought(uow, upload_id).pieces
    assert b"".join(storage().fetch(p.key).read_bytes() for p in pieces) == b"0123456789"
    with pytest.raises(Conflict, match="in already"):
        put(place, upload_id, 10, b"x")


def test_of_two_who_send_the_same_piece_at_once_one_is_taken() -> None:
    place = make_place()
    upload_id = begun(place, size=8)

    def send(data: bytes) -> bool:
        try:
            return bool(put(place, upload_id, 0, data))
        except StudioError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (b"aaaa", b"bbbb"))) == [False, True]
    with reading() as uow:
        assert [(p.start, p.size) for p in media.brought(uow, upload_id).pieces] == [(0, 4)]


def test_what_is_empty_or_too_large_is_refused_before_a_byte_is_sent() -> None:
    place = make_place()
    with pytest.raises(Invalid, match="empty"):
        begun(place, size=0)
    with pytest.raises(LimitReached, match="larger than 20 GB"):
        begun(place, size=(settings().upload_gb << 30) + 1)
    with pytest.raises(LimitReached, match="8 MB"):
        media.put_piece(storage(), "some", 0, bytes(MOST_PIECE_BYTES + 1))
    with pytest.raises(Invalid, match="empty"):
        media.put_piece(storage(), "some", 0, b"")


def test_nobody_else_knows_of_an_upload() -> None:
    place = make_place()
    upload_id = begun(place)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
        with pytest.raises(NotFound):
            media.begin_upload(uow, stranger, place.project_id, name="a.mov", size=1)
        for ask in (
            lambda: media.find_upload(uow, stranger, upload_id),
            lambda: media.add_piece(uow, stranger, upload_id, 0, 4, "key"),
            lambda: media.finish_upload(uow, stranger, upload_id),
            lambda: media.drop_upload(uow, stranger, upload_id),
        ):
            with pytest.raises(NotFound):
                ask()


def test_a_file_the_project_has_need_not_be_sent_and_comes_back_into_the_bin(tmp_path: Path) -> None:
    place = make_place()
    (tmp_path / "a.wav").write_bytes(b"a voice")
    file = media.stored(storage(), tmp_path / "a.wav", kind="audio", mime="audio/wav", name="a.wav")
    with unit_of_work() as uow:
        media.add_media(uow, place.actor, place.project_id, file)
        assert media.list_media(uow, place.actor, place.project_id).items == ()
    known = hashlib.sha256(b"a voice").hexdigest()
    with unit_of_work() as uow:
        done = media.begin_upload(uow, place.actor, place.project_id, name="b.wav", size=7, sha256=known)
    assert (done.state, done.offset, done.sha256) == ("done", 7, file.sha256)
    with unit_of_work() as uow:
        assert [c.sha256 for c in media.list_media(uow, place.actor, place.project_id).items] == [file.sha256]
        media.remove_media(uow, place.actor, place.project_id, file.sha256)
    begun(place, size=7, sha256=known)
    with reading() as uow:
        assert [c.sha256 for c in media.list_media(uow, place.actor, place.project_id).items] == [file.sha256]
        elsewhere = make_place()
    with unit_of_work() as uow:  # another project's files are nobody's business here
        there = media.begin_upload(uow, elsewhere.actor, elsewhere.project_id, name="b", size=7, sha256=known)
    assert there.state == "open"


def test_what_nobody_comes_back_to_is_swept_with_its_bytes() -> None:
    place = make_place()
    old, new = begun(place), begun(place)
    for each in (old, new):
        put(place, each, 0, b"0123")
    with unit_of_work() as uow:
        row = uow.session.get(Upload, old)
        assert row is not None
        row.expires_at = clock.now() - timedelta(seconds=1)
        keys = {each: media.brought(uow, each).pieces[0].key for each in (old, new)}
    assert sweep_uploads() == 1
    assert [storage().exists(keys[each]) for each in (old, new)] == [False, True]
    with reading() as uow:
        with pytest.raises(NotFound):
            media.find_upload(uow, place.actor, old)
        assert media.find_upload(uow, place.actor, new).offset == 4
    assert sweep_uploads() == 0


def test_an_upload_is_dropped_until_a_job_reads_it() -> None:
    place = make_place()
    upload_id = begun(place)
    put(place, upload_id, 0, b"0123")
    with unit_of_work() as uow:
        assert len(media.drop_upload(uow, place.actor, upload_id)) == 1
    handed = sent(place.actor, place.project_id, "a.mov", b"0123")
    with unit_of_work() as uow, pytest.raises(Conflict, match="being read"):
        media.drop_upload(uow, place.actor, handed.id)
