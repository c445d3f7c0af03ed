"""The crash drill of a cut: two people edit it while the server is killed again and again; no edit is lost or made twice.

The server (`killing`) answers with the routes' own functions: real service, real SQLite file, real commits. A client keeps what it
is told as a page does; when an answer does not come it sends its edit again as it was, with its key, whatever it has heard since.
Half of what they do is asked for as the panes beside the cut do: properties, the mixer, captions, words cut out.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.api.timelines import editing as routes
from benchmarks.killing import Hands, Server, answering, asked, drilled, heard_again
from studio import tables  # noqa: F401 - a table may refer to any other
from studio.accounts import service as accounts
from studio.accounts.views import Actor, SessionView, UserRole
from studio.core.db import reading, unit_of_work
from studio.engine.editing import from_json
from studio.engine.editing.patch import patched
from studio.engine.time import Rate
from studio.engine.timeline import Timeline
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.timelines import service as timelines
from studio.timelines.transcript import transcript

CLIPS = 24
_PANES = 0.5
_NAMES = ("scale", "transform.rotation", "opacity")
_SOLID = {"kind": "solid", "colour": "#3e7cb1"}


@dataclass
class Client:
    """Somebody with the cut open: what they hold, and what they were told is kept, by label in the order it was said."""

    port: int
    name: str
    timeline: Timeline
    revision: int
    sent: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict[str, int])
    seen: dict[str, int] = field(default_factory=dict[str, int])
    resent: int = 0
    unheard: int = 0
    refused: int = 0
    panes: int = 0

    def act(self) -> None:
        """Make one edit, as often as it takes to know what became of it."""
        self.sent += 1
        label = f"{self.name}{self.sent}"
        body = {"ask": "edit", "who": self.name, "key": label, "revision": self.revision, "label": label}
        pane = random.random() < _PANES
        body["edits"] = [self._wish() if pane else self._edit()]
        while (answer := asked(self.port, body)) is None:
            self.resent += 1
            time.sleep(0.005)
            if random.random() < 0.5:
                self.hear()
        status, told = answer
        if status == 200 and told["seq"] is not None:
            self.unheard += label in self.seen
            self.acknowledged[label] = told["seq"]
            self.panes += pane
        elif status != 200:
            self.refused += 1
        self.hear()

    def hear(self) -> None:
        """Lay on it what has happened since, until the server has answered once."""
        while True:
            answer = asked(self.port, {"ask": "since", "who": self.name, "revision": self.revision})
            if answer is not None and answer[0] == 200:
                break
            time.sleep(0.005)
        for step in answer[1]["patches"]:
            assert step["from_revision"] == self.revision
            patch = from_json({"op": "patch", "patch": step["patch"]}).fields["patch"]
            self.timeline, self.revision = patched(self.timeline, patch), step["revision"]
            self.seen[step["label"]] = step["revision"]

    def _edit(self) -> dict[str, Any]:
        clip = random.choice(self.timeline.tracks[0].clips).id
        return random.choice(
            [
                {"op": "trim", "clip": clip, "edge": "out", "by": random.choice((-2, -1, 1, 2)), "ripple": True},
                {"op": "set_clip", "clip": clip, "fields": {"name": f"{self.name}{self.sent}"}},
                {"op": "add_marker", "marker": {"frame": self.sent, "name": f"{self.name}{self.sent}"}},
            ]
        )

    def _wish(self) -> dict[str, Any]:
        """Something a pane asks for, as the page shows the cut now."""
        low, said, _ = self.timeline.tracks
        clip, caption = random.choice(low.clips), random.choice(said.captions)
        word = random.choice(transcript(self.timeline, {}))
        value = random.randint(20, 180)
        of = {"clips": [clip.id], "group": "transform", "frame": clip.start}
        return random.choice(
            [
                {"op": "set_property", "name": random.choice(_NAMES), "value": value, **of},
                {"op": "turn_key", "name": "scale", **of},
                {"op": "set_track", "track": "tune", "fields": {"gain_db": value / 10 - 10}},
                {
                    "op": "retell_caption",
                    "track": "said",
                    "start": caption.start,
                    "text": f"{self.name} {self.sent} um so",
                },
                {"op": "take_words", "ranges": [[word.start, word.end]], "ripple": True},
            ]
        )


@dataclass
class Figures:
    """What a drill found."""

    kills: int = 0
    edits: int = 0
    panes: int = 0  # of the edits, what panes asked for
    resent: int = 0
    kept_unheard: int = 0  # kept, but the answer never came
    refused: int = 0


def drill(kills: int, *, seed: int = 1, longest_s: float = 0.25) -> Figures:
    """Kill the server so many times under two clients. Raises: AssertionError when an edit is lost, doubled or out of order."""
    random.seed(seed)
    people, timeline_id = _prepared()
    words = [word for actor in people for word in (actor.user_id, actor.role.value)]
    with reading() as uow:
        begun = timelines.get_timeline(uow, people[0], timeline_id)
    with Server(Path(__file__), timeline_id, *words) as server:
        clients = [Client(server.port, name, begun.timeline, begun.revision) for name in ("a", "b")]
        with Hands(_work, clients) as editing:
            for nth in range(kills):
                if nth % 2:
                    heard_again(lambda: sum(len(client.acknowledged) for client in clients))
                time.sleep(random.uniform(0.01, longest_s))
                heard = {label: at for client in clients for label, at in list(client.acknowledged.items())}
                server.kill()
                kept = _journal(people[0], timeline_id)
                lost = {label for label, at in heard.items() if kept.get(label) != at}
                assert not lost, f"acknowledged and lost: {sorted(lost)[:3]}"
                editing.well()
        for client in clients:
            client.hear()
    _whole(people[0], timeline_id, begun.timeline, clients)
    return Figures(
        kills,
        sum(len(client.acknowledged) for client in clients),
        sum(client.panes for client in clients),
        sum(client.resent for client in clients),
        sum(client.unheard for client in clients),
        sum(client.refused for client in clients),
    )


def _work(client: Client, over: threading.Event) -> None:
    while not over.is_set():
        client.act()


def _journal(actor: Actor, timeline_id: str) -> dict[str, int]:
    """The revision each act led to, by label; every revision once and none left out."""
    kept: dict[str, int] = {}
    with reading() as uow:
        before, count = None, 0
        while items := timelines.list_edits(uow, actor, timeline_id, before=before, limit=100).items:
            kept |= {act.label: act.revision for act in items}
            before, count = items[-1].revision, count + len(items)
        latest = timelines.get_timeline(uow, actor, timeline_id).revision
    assert len(kept) == count, "an edit was made twice"
    assert sorted(kept.values()) == list(range(2, latest + 1))
    return kept


def _whole(actor: Actor, timeline_id: str, begun: Timeline, clients: list[Client]) -> None:
    """After all: both hold what the studio holds, each one's edits stand in the order they were made."""
    kept = _journal(actor, timeline_id)
    with reading() as uow:
        now = timelines.get_timeline(uow, actor, timeline_id)
        assert timelines.timeline_at(uow, actor, timeline_id, 1).timeline == begun
    for client in clients:
        assert (client.revision, client.timeline) == (now.revision, now.timeline)
        places = [kept[label] for label in client.acknowledged]
        assert places == sorted(places) == list(client.acknowledged.values())
    assert set(kept) == {label for client in clients for label in client.acknowledged}


def _prepared() -> tuple[tuple[Actor, Actor], str]:
    """Two people in one project, and a cut with some clips."""
    owner, other = _person("one"), _person("other")
    clips = [
        {"id": f"c{n}", "name": f"C{n}", "media": "", "start": 0, "frames": 100, "made": _SOLID} for n in range(CLIPS)
    ]
    captions = [{"start": 200 * n, "frames": 96, "text": f"One two three {n}"} for n in range(CLIPS // 2)]
    said = {"id": "said", "kind": "captions", "name": "Captions", "role": "captions", "captions": captions}
    tune = {"id": "tune", "kind": "audio", "name": "Tune", "role": "music"}
    edits: list[dict[str, Any]] = [
        {"op": "insert", "track": "v1", "at": 100 * n, "clips": [clip]} for n, clip in enumerate(clips)
    ]
    edits += [{"op": "remove_track", "track": "a1"}, *({"op": "add_track", "track": each} for each in (said, tune))]
    with unit_of_work() as uow:
        project = projects.create_project(uow, owner, name="Drill").id
        projects.add_member(uow, owner, project, email="other@example.com", role=ProjectRole.EDITOR)
        made = timelines.create_timeline(uow, owner, project, name="Drill", begin="empty", rate=Rate(24))
        timelines.edit_timeline(uow, owner, made.id, [from_json(each) for each in edits], revision=1)
        return (owner, other), timelines.branch_timeline(uow, owner, made.id, 2, name="Drilled").id


def _person(name: str) -> Actor:
    found = accounts.register(
        email=f"{name}@example.com",
        password="correct horse battery",
        display_name=name,
        agent="drill",
        address="127.0.0.1",
    )
    return found.session.actor


def serve(timeline_id: str, *words: str) -> None:
    """Answer edits and what happened since a revision, for two people."""
    actors = (Actor(words[0], UserRole(words[1])), Actor(words[2], UserRole(words[3])))
    sessions = {name: _session(actor) for name, actor in zip("ab", actors, strict=True)}
    marker = {"op": "add_marker", "marker": {"frame": 1, "name": "warm"}}
    warm = {"revision": 1, "edits": [marker], "dry_run": True}
    routes.edit_cut(timeline_id, routes.EditsInput.model_validate(warm), sessions["a"])

    def answer(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        ask, session = body.pop("ask"), sessions[body.pop("who")]
        if ask == "since":
            said = routes.list_patches(timeline_id, session, body["revision"])
        else:
            key = body.pop("key")
            said = routes.edit_cut(timeline_id, routes.EditsInput.model_validate(body), session, idempotency_key=key)
        return 200, said.model_dump(mode="json")["data"]

    answering(answer)


def _session(actor: Actor) -> SessionView:
    with reading() as uow:
        user = accounts.list_people(uow, {actor.user_id})[actor.user_id]
    return SessionView("drill", actor, user, datetime.max.replace(tzinfo=UTC))


def main() -> None:
    found, seconds = drilled(drill)
    print(f"server killed {found.kills} times in {seconds:.0f} s under two people editing one cut")
    print(f"edits kept once and in order {found.edits:,}, {found.panes:,} of them asked for by panes")
    print(f"acknowledged and lost 0; refused with what changed {found.refused}")
    print(f"requests without an answer {found.resent}; kept though the answer never came {found.kept_unheard}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:])
    else:
        main()
