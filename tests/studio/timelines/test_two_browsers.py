"""Two pages edit one cut at once, each a step behind the other: in the end both hold what the studio holds."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.errors import StudioError
from studio.engine.timeline import from_document, to_document
from studio.timelines import service as timelines
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services

DESK = Path(__file__).parents[3] / "components" / "wrapped" / "cut_desk.jsx"
_REPLAY = """
const told = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = [...told.views];
globalThis.fetch = async () => ({ ok: true, json: async () => ({ data: answers.shift() }) });
(async () => {
  desk.sends = {};
  await desk.open("cut");
  for (const feed of told.feeds) await desk.take({ cut: "cut", ...feed });
  console.log(JSON.stringify({ doc: desk.doc, revision: desk.revision, left: answers.length }));
  process.exit(0);
})();
"""


class Page:
    """A page as cut_desk.jsx is one: a document, a revision, and patches laid on it."""

    def __init__(self, hand: Hand, who: Actor) -> None:
        self.hand, self.who = hand, who
        self.feeds: list[dict[str, Any]] = []
        found = hand.now(who)
        self.doc, self.revision = json.loads(json.dumps(to_document(found.timeline))), found.revision

    def edit(self, edit: dict[str, Any]) -> None:
        self.hand.edit(edit, by=self.who, revision=self.revision)

    def hear(self) -> None:
        """Take what has happened since, as the studio feeds it."""
        with reading() as uow:
            steps = timelines.edits_since(uow, self.who, self.hand.id, self.revision)
        assert steps is not None
        told = [{"from": s.from_revision, "revision": s.revision, "patch": s.patch} for s in steps]
        self.feeds.append(json.loads(json.dumps({"steps": told})))
        for step in self.feeds[-1]["steps"]:
            assert step["from"] == self.revision
            self.doc, self.revision = patched(self.doc, step["patch"]), step["revision"]


def patched(doc: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The rule of the page, line by line."""
    known = {track["id"]: track for track in [*doc["tracks"], *patch.get("made", [])]}
    for change in patch.get("tracks", []):
        track = known[change["id"]]
        known[change["id"]] = {
            **(change.get("heading") or track),
            **{
                name: _laid(track.get(name, []), change.get(name), when)
                for name, when in (("clips", "start"), ("captions", "start"), ("transitions", "at"))
            },
        }
    order = patch.get("order")
    tracks = [known[name] for name in order] if order is not None else list(known.values())
    markers = _laid(doc.get("markers", []), patch.get("markers"), "frame")
    kind = {name: doc[name] for name in ("schema", "version")}
    return {**kind, **(patch.get("heading") or doc), "tracks": tracks, "markers": markers}


def _laid(items: list[dict[str, Any]], run: dict[str, Any] | None, when: str) -> list[dict[str, Any]]:
    if not run:
        return items
    at, shift = run["at"], run.get("shift", 0)
    behind = items[at + len(run.get("gone", [])) :]
    moved = [{**each, when: each[when] + shift} for each in behind] if shift else behind
    return [*items[:at], *run.get("put", []), *moved]


def _any_edit(dice: random.Random, doc: dict[str, Any], nth: int) -> dict[str, Any]:
    """Something one might do with the cut as this page shows it."""
    tracks = [track for track in doc["tracks"] if track.get("clips")]
    track = dice.choice(tracks)
    clip, home = dice.choice(track["clips"]), [track["id"]]
    middle = clip["start"] + dice.randint(1, max(1, clip["frames"] - 1))
    makes: list[Callable[[], dict[str, Any]]] = [
        lambda: {
            "op": "trim",
            "clip": clip["id"],
            "edge": "out",
            "by": dice.randint(-9, 9),
            "ripple": True,
            "across": home,
        },
        lambda: {"op": "split", "clip": clip["id"], "at": middle},
        lambda: {"op": "move", "clips": [clip["id"]], "by": dice.randint(-30, 30), "over": True},
        lambda: {"op": "lift", "clips": [clip["id"]]},
        lambda: {"op": "set_clip", "clip": clip["id"], "fields": {"gain_db": dice.randint(-9, 0) / 2}},
        lambda: {"op": "set_clip", "clip": clip["id"], "fields": {"name": f"n{nth}"}},
        lambda: {"op": "add_marker", "marker": {"frame": dice.randint(0, 500), "name": f"m{nth}"}},
        lambda: {"op": "roll", "clip": clip["id"], "by": dice.randint(-3, 3)},
        lambda: {"op": "add_track", "track": {"id": f"t{nth}", "kind": "video", "name": f"T{nth}", "role": "picture"}},
        lambda: {"op": "move_track", "track": track["id"], "to": dice.randrange(len(doc["tracks"]))},
        lambda: {"op": "set_track", "track": track["id"], "fields": {"muted": dice.random() < 0.5}},
        lambda: {"op": "set_timeline", "fields": {"background": f"#{nth:06d}"}},
        lambda: {"op": "ripple_delete", "clips": [clip["id"]], "across": home},
    ]
    return dice.choice(makes if len(track["clips"]) > 4 else makes[:-1])()


def _two_hundred(hand: Hand, dice: random.Random) -> tuple[tuple[Page, Page], int]:
    pages, refused = (Page(hand, hand.owner), Page(hand, hand.ben)), 0
    for nth in range(200):
        page = dice.choice(pages)
        act = dice.random()
        try:
            if act < 0.08:
                hand.undo(page.who)
            elif act < 0.12:
                hand.redo(page.who)
            else:
                page.edit(_any_edit(dice, page.doc, nth))
        except StudioError:
            refused += 1
            page.hear()
        if dice.random() < 0.4:
            dice.choice(pages).hear()
    for page in pages:
        page.hear()
    return pages, refused


@pytest.fixture
def hand(embedded: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


@pytest.mark.parametrize("seed", [1, 2])
def test_two_pages_that_edit_at_once_end_with_the_same_cut_as_the_studio(hand: Hand, seed: int) -> None:
    begun = json.loads(json.dumps(to_document(hand.timeline)))
    pages, refused = _two_hundred(hand, random.Random(seed))
    now = hand.now()
    assert refused < 100 < now.revision
    for page in pages:
        assert page.revision == now.revision
        assert from_document(page.doc) == now.timeline
        if shutil.which("node"):
            seen = _in_the_page([_view(begun, 1)], page.feeds)
            assert (seen["revision"], seen["left"]) == (now.revision, 0)
            assert from_document(seen["doc"]) == now.timeline


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node here to run the page's script with")
def test_a_page_that_missed_something_looks_at_the_cut_anew_and_what_it_knows_already_does_nothing(hand: Hand) -> None:
    page = Page(hand, hand.owner)
    begun = page.doc
    for nth in range(6):
        hand.edit({"op": "add_marker", "marker": {"frame": nth, "name": f"m{nth}"}}, by=hand.ben)
        page.hear()
    steps = [feed["steps"][0] for feed in page.feeds]
    late = [{"steps": steps[:2]}, {"steps": steps[1:3]}, {"steps": steps[4:]}, {"steps": steps[:1]}]
    seen = _in_the_page([_view(begun, 1), _view(page.doc, 7)], late)
    assert (seen["revision"], seen["left"]) == (7, 0)  # the gap before the fifth step was seen, and only then
    assert from_document(seen["doc"]) == hand.timeline


def _view(doc: dict[str, Any], revision: int) -> dict[str, Any]:
    return {"document": doc, "revision": revision, "media": {}, "editable": True, "me": ""}


def _in_the_page(views: list[dict[str, Any]], feeds: list[dict[str, Any]]) -> dict[str, Any]:
    """What components/wrapped/cut_desk.jsx itself makes of these feeds; there is no markup in it, so node can run it."""
    script = re.sub(r"^(import .*|export )", "", DESK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = json.dumps({"views": views, "feeds": feeds})
    done = subprocess.run(
        ["node", "-e", script + _REPLAY], input=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
