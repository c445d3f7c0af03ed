"""A board drawn by real workers: every panel with its thumbnail, and another picture when asked to draw again."""

from __future__ import annotations

import io
import time
from collections.abc import Generator

import pytest
from PIL import Image

from jobs.crew import Crew
from jobs.progress import follow
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.settings import Settings
from studio.core.storage import media_key, rendition_key, storage
from studio.media.service import THUMBNAIL
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from tests.factories.studio import make_place

pytestmark = pytest.mark.film

SCRIPT = b"INT. KITCHEN - DAY\n\nANNA, 40, sits at the table.\n\nANNA\nYou are late again.\n\nTom looks at the clock.\n"


@pytest.fixture
def crew(home: Settings, monkeypatch: pytest.MonkeyPatch) -> Generator[Crew]:
    monkeypatch.setenv("INKREEL_WORKERS", "2")
    made = Crew(home.model_copy(update={"workers": 2}))
    made.start()
    yield made
    made.stop()


def ended(actor: Actor, run: RunView, limit_s: float = 120) -> list[RunView]:
    until = time.monotonic() + limit_s
    views: list[RunView] = []
    for view in follow(actor, run.project_id, stop=lambda: time.monotonic() > until):
        if view.id == run.id:
            views.append(view)
            if view.ended:
                break
    assert views[-1].state is RunState.COMPLETED, views[-1]
    return views


@pytest.mark.usefixtures("crew")
def test_a_board_is_drawn_panel_by_panel_and_a_panel_again_differently() -> None:
    actor = make_place().actor
    with unit_of_work() as uow:
        project = projects.create_project(uow, actor, name="Small", film=FilmFormat(width=960, height=540))
        script = scripts.import_script(uow, actor, project.id, data=SCRIPT, name="a.fountain")
        shots = storyboards.break_down(uow, actor, script.id)
        run = storyboards.submit_board(uow, actor, script.id)
    views = ended(actor, run)
    assert views[-1].result == {"panels": shots}
    assert len({v.fraction for v in views}) > shots
    assert [v.fraction for v in views] == sorted(v.fraction for v in views)
    with reading() as uow:
        cards = storyboards.list_cards(uow, actor, script.id).items
    for card in cards:
        assert card.sha256
        with Image.open(storage().fetch(rendition_key(card.sha256, THUMBNAIL))) as small:
            assert (small.format, small.size) == ("WEBP", (640, 360))
    with unit_of_work() as uow:
        again = storyboards.redraw_panel(uow, actor, cards[0].shot_id)
    ended(actor, again)
    with reading() as uow:
        shot = storyboards.get_shot(uow, actor, cards[0].shot_id)
    assert [v.number for v in shot.versions] == [2, 1]
    assert shot.card.version == 2
    pictures = [io.BytesIO(storage().fetch(media_key(v.sha256)).read_bytes()) for v in shot.versions]
    first, second = (Image.open(p).convert("RGB").tobytes() for p in pictures)
    assert first != second
