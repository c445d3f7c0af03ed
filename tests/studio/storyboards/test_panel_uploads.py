"""A picture brought in is the newest drawing of its shot; what was there stays, and nothing is lost by a bad one."""

from __future__ import annotations

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, NotFound
from studio.core.storage import media_key, rendition_key, storage
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from tests.factories.film import Board, make_board
from tests.factories.people import make_cast
from tests.factories.pictures import drawing, encoded, png

pytestmark = pytest.mark.services


def first(board: Board) -> PanelCard:
    with reading() as uow:
        return storyboards.list_cards(uow, board.actor, board.script_id, limit=1).items[0]


def test_a_picture_is_the_newest_version_with_its_origin_and_a_thumbnail(database: str) -> None:
    board = make_board()
    shot = first(board).shot_id
    card = storyboards.upload_panel(board.actor, shot, data=png(), name="door.png")
    assert (card.origin, card.completeness, card.version) == ("uploaded", "full", 1)
    assert card.sha256
    assert storage().exists(media_key(card.sha256))
    assert storage().exists(rendition_key(card.sha256, "thumbnail"))
    second = storyboards.upload_panel(
        board.actor, shot, data=encoded(drawing(500, 400), "JPEG"), name="b.jpg", fit="fill", scan=True
    )
    assert second.version == 2
    again = storyboards.upload_panel(board.actor, shot, data=png(), name="door.png")
    assert (again.version, again.sha256) == (1, card.sha256)
    with reading() as uow:
        versions = storyboards.get_shot(uow, board.actor, shot).versions
    assert [(v.number, v.origin) for v in versions] == [(2, "uploaded"), (1, "uploaded")]


def test_a_bad_picture_changes_nothing(database: str) -> None:
    board = make_board()
    before = first(board)
    with pytest.raises(Invalid, match="damaged"):
        storyboards.upload_panel(board.actor, before.shot_id, data=png(300, 200)[:-300], name="a.png")
    assert first(board) == before


def test_only_those_who_may_edit_bring_pictures_in(database: str) -> None:
    cast = make_cast()
    with pytest.raises(NotFound):
        storyboards.upload_panel(cast.actor("stranger"), cast.shot_id, data=b"never read", name="a.png")
    with pytest.raises(Forbidden):
        storyboards.upload_panel(cast.actor("viewer"), cast.shot_id, data=b"never read", name="a.png")
    with pytest.raises(NotFound):
        storyboards.upload_panel(cast.actor("owner"), "no shot", data=b"never read", name="a.png")


def test_somebody_who_loses_the_right_while_the_file_is_read_changes_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    editor, owner = cast.actor("editor"), cast.actor("owner")

    def read(*_: object, **__: object) -> bytes:
        with unit_of_work() as uow:
            projects.change_member(uow, owner, cast.project_id, editor.user_id, ProjectRole.VIEWER)
        return png()

    monkeypatch.setattr("studio.storyboards.service.by_hand.fitted_picture", read)
    with pytest.raises(Forbidden):
        storyboards.upload_panel(editor, cast.shot_id, data=b"x", name="a.png")
    with reading() as uow:
        assert storyboards.get_shot(uow, owner, cast.shot_id).versions == ()
