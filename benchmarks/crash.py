"""The crash drill: two hands draw on one panel while the server is killed again and again; what was acknowledged must be there.

The server (`killing`) keeps strokes as the studio does: the real service, a real SQLite file, real commits. A hand does what
`components/wrapped/draw_journal.jsx` does.
"""

from __future__ import annotations

import contextlib
import random
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.killing import Hands, Server, answering, asked, drilled, heard_again
from studio import tables  # noqa: F401 - a table may refer to any other
from studio.accounts import service as accounts
from studio.accounts.views import Actor, UserRole
from studio.core.db import reading, unit_of_work
from studio.drawing import service as drawing
from studio.drawing.ops import ops_from
from studio.drawing.service import journal
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards

_BATCH = 100
_SCRIPT = b"INT. ROOM - DAY\n\nMARA draws.\n"


@dataclass
class Hand:
    """One page: a queue of strokes by name, sent in order, kept until they are acknowledged."""

    port: int
    panel: str
    client: str = field(default_factory=lambda: str(uuid.uuid4()))
    number: int = 0
    queue: list[tuple[str, int, dict[str, Any], float]] = field(default_factory=list)
    drawn: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    resent: int = 0

    def draw(self) -> None:
        self.number += 1
        op = _scribble()
        self.queue.append((self.client, self.number, op, time.monotonic()))
        self.drawn.append((f"{self.client}.{self.number}", op))

    def push(self) -> None:
        batch = [each for each in self.queue[:_BATCH] if each[0] == self.queue[0][0]]
        body = {"client": batch[0][0], "first_client_seq": batch[0][1], "ops": [each[2] for each in batch]}
        answer = asked(self.port, body)
        if answer is None:
            self.resent += 1
            time.sleep(0.002)
            return
        status, told = answer
        if status != 200:
            raise AssertionError(f"refused: {told}")
        self.acknowledged |= {f"{each[0]}.{each[1]}" for each in batch if each[1] <= told["client_seq"]}
        self.queue = [each for each in self.queue if f"{each[0]}.{each[1]}" not in self.acknowledged]

    def reload(self) -> None:
        """The page is loaded again: what is left in the queue keeps its names, what comes has others."""
        self.client, self.number = str(uuid.uuid4()), 0


class _Warm(Exception):
    """Ends a transaction whose only end is to have begun."""


def _scribble() -> dict[str, Any]:
    steps = [v for _ in range(30) for v in (random.randrange(-40, 40), random.randrange(-40, 40), 0)]
    places = [random.randrange(3000, 7000), random.randrange(3000, 5000), 500]
    op = {"op": "stroke", "layer": "ink", "tool": "pen", "colour": "#000000", "size": 60, "opacity": 100}
    return op | {"points": [*places, *steps]}


@dataclass
class Figures:
    """What a drill found."""

    kills: int = 0
    strokes: int = 0
    resent: int = 0
    stored_unheard: int = 0  # stored, but the answer never came
    most_missing: int = 0
    oldest_missing_s: float = 0.0


def drill(kills: int, *, seed: int = 1, longest_s: float = 0.15) -> Figures:
    """Kill the server so many times under two drawing hands. Raises: AssertionError when a stroke is lost, doubled or changed."""
    random.seed(seed)
    actor, panel = _prepared()
    figures, stored = Figures(), dict[str, Any]()
    with Server(Path(__file__), actor.user_id, actor.role.value, panel) as server:
        hands = [Hand(server.port, panel), Hand(server.port, panel)]
        with Hands(_draw, hands) as drawing_on:
            for nth in range(kills):
                if nth % 2:
                    # a machine may be so busy that no server lives long enough to keep anything
                    heard_again(lambda: sum(len(hand.acknowledged) for hand in hands))
                time.sleep(random.uniform(0.002, longest_s))
                heard = set[str]().union(*(hand.acknowledged for hand in hands))
                server.kill()
                moment = time.monotonic()
                waiting = [each for hand in hands for each in list(hand.queue)]
                _take_stock(panel, actor, stored)
                lost = heard - stored.keys()
                assert not lost, f"acknowledged and lost: {sorted(lost)[:3]}"
                missing = [at for client, n, _, at in waiting if at < moment and f"{client}.{n}" not in stored]
                figures.most_missing = max(figures.most_missing, len(missing))
                figures.oldest_missing_s = max([figures.oldest_missing_s, *(moment - at for at in missing)])
                figures.stored_unheard += len(stored.keys() - heard)
                drawing_on.well()
    figures.kills, figures.resent = kills, sum(hand.resent for hand in hands)
    figures.strokes = _whole(panel, actor, hands, stored)
    return figures


def _draw(hand: Hand, over: threading.Event) -> None:
    while not over.is_set() or hand.queue:
        if not over.is_set():
            for _ in range(random.randint(1, 3)):
                hand.draw()
            if random.random() < 0.02:
                hand.reload()
            time.sleep(random.uniform(0, 0.006))
        hand.push()


def _take_stock(panel: str, actor: Actor, stored: dict[str, Any]) -> None:
    """Read what came to the journal since the last look; it only ever grows."""
    while True:
        with reading() as uow:
            page = drawing.list_strokes(uow, actor, panel, after=len(stored))
        for entry in page.entries:
            assert entry.seq == len(stored) + 1
            assert entry.name not in stored
            stored[entry.name] = entry.op.model_dump(exclude_none=True)
        if not page.more:
            return


def _whole(panel: str, actor: Actor, hands: list[Hand], stored: dict[str, Any]) -> int:
    """After all: every stroke once, as it was drawn, each hand's in the order it drew them."""
    _take_stock(panel, actor, stored)
    order = {name: place for place, name in enumerate(stored)}
    for hand in hands:
        assert all(stored.get(name) == op for name, op in hand.drawn)
        places = [order[name] for name, _ in hand.drawn]
        assert places == sorted(places)
    assert len(stored) == sum(len(hand.drawn) for hand in hands)
    return len(stored)


def _prepared() -> tuple[Actor, str]:
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        project = projects.create_project(uow, actor, name="Drill").id
        script = scripts.import_script(uow, actor, project, data=_SCRIPT, name="drill.fountain").id
        storyboards.break_down(uow, actor, script)
    with reading() as uow:
        return actor, storyboards.list_cards(uow, actor, script).items[0].panel_id


def serve(user_id: str, role: str, panel: str) -> None:
    """Hold the socket; fork one server after the other, each as warm as a server that has kept strokes before."""
    actor = Actor(user_id, UserRole(role))
    with contextlib.suppress(_Warm), unit_of_work() as uow:
        drawing.append(uow, actor, panel, str(uuid.uuid4()), 1, ops_from([_scribble()]))
        raise _Warm  # nothing of it is kept
    journal._MOST_A_MINUTE = 10**9  # the drill draws faster than a hand
    journal._FULL_OPS = 10**9

    def keep(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with unit_of_work() as uow:
            ops = ops_from(body["ops"])
            kept = drawing.append(uow, actor, panel, body["client"], body["first_client_seq"], ops)
        return 200, {"client_seq": kept.client_seq}

    answering(keep)


def main() -> None:
    found, seconds = drilled(drill)
    print(f"server killed {found.kills} times in {seconds:.0f} s under two drawing hands")
    print(f"strokes drawn {found.strokes:,}; kept once, whole and in order {found.strokes:,}; acknowledged and lost 0")
    print(f"batches sent again {found.resent}; stored though the answer never came {found.stored_unheard}")
    print(f"most strokes missing at a kill {found.most_missing}, the oldest {found.oldest_missing_s * 1000:.0f} ms old")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:5])
    else:
        main()
