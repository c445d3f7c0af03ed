"""The page where a next draft meets the script there is: what each scene becomes, and what a person has to decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import reflex as rx

from state.bridge import read, run
from state.gate import handler
from state.live import LiveState
from state.notices import NoticesState
from state.session import SessionState
from studio.core.errors import NotFound
from studio.scripts import service as scripts
from studio.scripts.views import Choice, MergeConflict, MergeScene
from studio.thread import service as thread

_WORDS = {
    "kept": "unchanged",
    "edited": "rewritten",
    "moved": "moved",
    "split": "split",
    "merged": "joined",
    "new": "new",
    "cut": "to the drawer",
}
_CHOICES: dict[str, Choice] = {"same": "same", "apart": "apart"}
_MOST_SHOWN = 400
_LONGEST_TEXT = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """A scene of the merge: what becomes of it, in a word, what it was, and what it carries along."""

    key: str
    fate: str
    told: str
    number: str
    heading: str
    was: str
    carried: str


@dataclass(frozen=True, slots=True)
class Question:
    """A scene that may or may not be one of the old ones; `choice` is same or apart."""

    id: str
    number: str
    heading: str
    text: str
    was_number: str
    was_heading: str
    was_text: str
    carried: str
    choice: str


@dataclass(frozen=True, slots=True)
class Tally:
    told: str
    fate: str
    count: int


class MergeState(rx.State):
    """A next draft and the script it is for."""

    loaded: bool = False
    missing: bool = False
    name: str = ""
    project_id_of: str = ""
    rows: list[Row] = []
    questions: list[Question] = []
    tallies: list[Tally] = []
    _import: str = ""
    _revision: int = 0

    @handler()
    async def load(self) -> None:
        """Fill the page."""
        await (await self.get_state(SessionState))._fill()
        await (await self.get_state(LiveState))._follow([], "")
        self._import = str(getattr(self, "import_id", "") or "")
        self.missing = False
        try:
            await self._look()
        except NotFound:
            self.missing = True
        self.loaded = True

    @handler()
    async def decide(self, question: str, choice: str) -> None:
        """Say whether a scene is an old one rewritten, or a new one."""
        if choice in _CHOICES:
            self.questions = [replace(q, choice=choice) if q.id == question else q for q in self.questions]

    @handler()
    async def merge(self) -> rx.event.EventSpec | None:
        """Make it the script's next draft."""
        decisions: dict[str, Choice] = {q.id: _CHOICES[q.choice] for q in self.questions}
        await run(thread.merge_import, self._import, decisions, expected_revision=self._revision)
        (await self.get_state(NoticesState))._tell("ok", "The next draft is in. What was there is kept under Drafts.")
        return rx.redirect(f"/p/{self.project_id_of}/script")

    async def _look(self) -> None:
        found = await read(scripts.get_import, self._import)
        plan = await read(thread.plan_import, self._import)
        self.name, self.project_id_of, self._revision = found.name, found.project_id or "", plan.revision
        counts = Counter(scene.fate for scene in plan.scenes)
        self.tallies = [Tally(told, fate, counts[fate]) for fate, told in _WORDS.items() if counts[fate]]
        changed = [s for s in plan.scenes if s.fate != "kept"]
        self.rows = [_row(i, scene) for i, scene in enumerate(changed[:_MOST_SHOWN])]
        chosen = {q.id: q.choice for q in self.questions}
        self.questions = [_question(c, chosen.get(c.id, "same")) for c in plan.conflicts]


def _row(index: int, scene: MergeScene) -> Row:
    was = f"{scene.was_number} {scene.was_heading}".strip()
    now = scene.heading or scene.was_heading
    number = scene.number or scene.was_number
    differs = bool(scene.was) and was != f"{scene.number} {scene.heading}".strip() and scene.fate != "cut"
    return Row(
        str(index), scene.fate, _WORDS.get(scene.fate, scene.fate), number, now, was if differs else "", _carried(scene)
    )


def _question(conflict: MergeConflict, choice: str) -> Question:
    return Question(
        id=conflict.id,
        number=conflict.number,
        heading=conflict.heading,
        text=conflict.text.strip()[:_LONGEST_TEXT],
        was_number=conflict.was_number,
        was_heading=conflict.was_heading,
        was_text=conflict.was_text.strip()[:_LONGEST_TEXT],
        carried=_carried(conflict),
        choice=choice,
    )


def _carried(scene: MergeScene | MergeConflict) -> str:
    parts = [
        f"{scene.drawn} drawing{'s' if scene.drawn != 1 else ''}" if scene.drawn else "",
        f"{scene.voiced} voice{'s' if scene.voiced != 1 else ''}" if scene.voiced else "",
    ]
    return " and ".join(filter(None, parts))
