"""Beside the pages: cast, places, notes and counts of the script, and what covers the chosen scene."""

from __future__ import annotations

import reflex as rx

from state.board import panels
from state.bridge import read
from state.script.printed import Cover, CutScene, NoteItem, Person, Place, Silent, covers_of, percent_of, person, place
from state.script.reading import Seen, cast_of
from studio.scripts import service as scripts
from studio.scripts.views import PersonView, PlaceView
from studio.storyboards import service as storyboards

_TIMES = ("DAY", "NIGHT", "MORNING", "EVENING", "DAWN", "DUSK", "LATER", "CONTINUOUS", "MOMENTS LATER", "SAME")
_MOST_NAMES = 200
_MOST_SILENT = 30
_MOST_CUT = 60  # scenes of the drawer on view


class ScriptSideState(rx.State):
    """The right pane of the script room, and the lists one writes from."""

    people: list[Person] = []
    places: list[Place] = []
    notes: list[NoteItem] = []
    note_count: int = 0
    words: str = ""
    covers: list[Cover] = []
    covered: int = 0
    gaps: int = 0
    silent: list[Silent] = []
    drawer: list[CutScene] = []
    lists: dict[str, list[str]] = {"people": [], "places": [], "times": []}

    async def _look_round(self, project_id: str, script_id: str) -> None:
        """Read who and where and what was cut, once a visit and when scenes come or go."""
        people, places = await read(cast_of, project_id)
        self.people = [person(i, p) for i, p in enumerate(people)]
        self.places = [place(p) for p in places]
        lists = _lists(people, places)
        if lists != self.lists:
            self.lists = lists
        cut = await read(scripts.list_drawer, script_id)
        self.drawer = [CutScene(t.scene.id, t.scene.heading, f"was {t.scene.number}") for t in cut[:_MOST_CUT]]
        await self._survey(script_id)

    async def _survey(self, script_id: str) -> None:
        """Count the words and list the notes anew."""
        found = await read(scripts.survey_script, script_id)
        notes = [NoteItem(note.scene_id, note.number, note.text) for note in found.notes]
        if notes != self.notes:
            self.notes = notes
        self.note_count = found.note_count
        self.words = f"{found.words:,} words"

    async def _listen(self, script_id: str, position: int) -> None:
        """Which lines of a scene nobody has voiced."""
        found = await read(storyboards.coverage_of, script_id)
        scene = next((scene for scene in found.scenes if scene.position == position), None)
        lines = scene.unvoiced[:_MOST_SILENT] if scene and found.voiced else ()
        self.silent = [Silent(panels.person(line.speaker), line.text) for line in lines]

    def _cover(self, project_id: str, now: Seen) -> None:
        """Show what covers the chosen scene."""
        covers = covers_of(project_id, now.chosen, now.covering)
        if covers != self.covers:
            self.covers = covers
        self.covered = percent_of(now.chosen, now.covering)
        self.gaps = sum(not cover.number for cover in covers)


def _lists(people: tuple[PersonView, ...], places: tuple[PlaceView, ...]) -> dict[str, list[str]]:
    return {
        "people": [p.name for p in people[:_MOST_NAMES]],
        "places": [p.name for p in places[:_MOST_NAMES]],
        "times": list(_TIMES),
    }
