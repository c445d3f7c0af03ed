"""A project begun with footage takes the rate and the shape of its first film, as long as nothing is told in others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import NotFound
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.media import service as media
from studio.media.views import Arrived, StoredFile
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread import footage
from studio.thread import service as thread
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.laid import a_solid
from tests.factories.studio import make_place, make_stranger

_UPRIGHT = MediaFacts("video", "mov", Fraction(4), frames=120, rate=Rate(30), width=1080, height=1920)


def _facts(rate: Rate | None = None, *, average: Rate | None = None, size: tuple[int, int] = (0, 0)) -> MediaFacts:
    return MediaFacts("video", "mov", Fraction(1), rate=rate, average=average, width=size[0], height=size[1])


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        (_facts(Rate(25)), Rate(25)),
        (_facts(Rate(30_000, 1001)), Rate(30_000, 1001)),
        (_facts(average=Rate(2987, 100)), Rate(30_000, 1001)),
        (_facts(average=Rate(30_001, 1000)), Rate(30)),
        (_facts(Rate(240)), Rate(60)),
        (_facts(Rate(120_000, 1001)), Rate(60_000, 1001)),
        (_facts(Rate(15)), Rate(30)),
        (_facts(Rate(25, 2)), Rate(25)),
        (_facts(), Rate(24)),
    ],
)
def test_the_rate_is_the_usual_one_that_is_nearest(facts: MediaFacts, rate: Rate) -> None:
    assert footage.rate_for(facts) == rate


@pytest.mark.parametrize(
    ("size", "sar", "shape"),
    [
        ((3840, 2160), 1, (1920, 1080)),
        ((1080, 1920), 1, (1080, 1920)),
        ((640, 480), 1, (1440, 1080)),
        ((1440, 1080), Fraction(4, 3), (1920, 1080)),
        ((4096, 1716), 1, (1920, 804)),
        ((100, 100), 1, (1080, 1080)),
        ((8000, 2), 1, (1920, 16)),
        ((0, 0), 1, (1920, 1080)),
    ],
)
def test_the_shape_is_that_of_the_film_at_an_ordinary_size(
    size: tuple[int, int], sar: Fraction, shape: tuple[int, int]
) -> None:
    facts = MediaFacts("video", "mov", Fraction(1), width=size[0], height=size[1], sar=Fraction(sar))
    assert footage.shape_for(facts) == shape


@dataclass
class Begun:
    """A project begun with footage: an empty cut, and nothing in the bin."""

    actor: Actor
    project_id: str

    def comes(self, name: str = "a", facts: MediaFacts = _UPRIGHT) -> bool:
        """A file comes into the bin; whether the project took its rate and shape."""
        file = StoredFile(name * 64, 9, "file" if facts.kind == "audio" else "video", "x/y", f"{name}.mov")
        with unit_of_work() as uow:
            upload = media.begin_upload(uow, self.actor, self.project_id, name=file.name, size=9)
            media.take_in(uow, self.actor, upload.id, Arrived(file, facts))
            return footage.match_footage(uow, self.actor, self.project_id, file.sha256)

    def cut(self) -> TimelineDetail:
        with reading() as uow:
            (card,) = timelines.list_timelines(uow, self.actor, self.project_id)
            return timelines.get_timeline(uow, self.actor, card.id)

    def format(self) -> tuple[Rate, int, int]:
        with reading() as uow:
            found = projects.get_project(uow, self.actor, self.project_id)
        return found.rate, found.width, found.height


@pytest.fixture
def begun(database: str) -> Begun:
    place = make_place()
    with unit_of_work() as uow:
        return Begun(place.actor, thread.start_cut(uow, place.actor))


@pytest.mark.services
def test_the_first_film_gives_its_rate_and_shape_and_the_next_does_not(begun: Begun) -> None:
    assert begun.comes()
    cut = begun.cut()
    assert (cut.revision, cut.timeline.rate) == (1, Rate(30))
    assert (cut.timeline.width, cut.timeline.height) == (1080, 1920)
    assert begun.format() == (Rate(30), 1080, 1920)
    assert not begun.comes("b", _facts(Rate(25), size=(1920, 1080)))
    assert begun.format() == (Rate(30), 1080, 1920)
    with unit_of_work() as uow:
        done = timelines.edit_timeline(uow, begun.actor, cut.id, [a_solid(60)], revision=1)
    assert done.revision == 2
    assert begun.cut().timeline.rate == Rate(30)


@pytest.mark.services
def test_a_cut_somebody_has_worked_on_stays(begun: Begun) -> None:
    cut = begun.cut()
    with unit_of_work() as uow:
        timelines.edit_timeline(uow, begun.actor, cut.id, [a_solid(48)], revision=1)
    assert not begun.comes()
    assert (begun.cut().timeline.rate, begun.format()) == (Rate(24), (Rate(24), 1920, 1080))


@pytest.mark.services
def test_a_project_with_a_script_or_without_a_cut_stays(begun: Begun) -> None:
    with unit_of_work() as uow:
        text = b"INT. A - DAY\n\nA man waits.\n"
        script = scripts.import_script(uow, begun.actor, begun.project_id, data=text, name="a.fountain")
        storyboards.break_down(uow, begun.actor, script.id)
    assert not begun.comes()
    with unit_of_work() as uow:
        begun.project_id = projects.create_project(uow, begun.actor, name="No cut").id
    assert not begun.comes("b")


@pytest.mark.services
def test_what_somebody_has_chosen_stays(begun: Begun) -> None:
    with unit_of_work() as uow:
        chosen = projects.create_project(uow, begun.actor, name="Chosen", film=FilmFormat(Rate(25)))
        timelines.create_timeline(uow, begun.actor, chosen.id, name="Cut", begin="empty")
    begun.project_id = chosen.id
    assert not begun.comes()
    assert begun.format()[0] == Rate(25)


@pytest.mark.services
def test_sound_and_stills_have_no_say(begun: Begun) -> None:
    still = MediaFacts("still", "png_pipe", Fraction(0), frames=1, width=640, height=480)
    sound = MediaFacts("audio", "wav", Fraction(3))
    assert not begun.comes("a", still)
    assert not begun.comes("b", sound)
    assert begun.format() == (Rate(24), 1920, 1080)


@pytest.mark.services
def test_who_may_not_change_the_project_does_not(begun: Begun) -> None:
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound), unit_of_work() as uow:
        footage.match_footage(uow, other, begun.project_id, "a" * 64)
    assert begun.format() == (Rate(24), 1920, 1080)
