"""The jobs that make an animatic of a script, or the whole film: draw and voice, score, cut, render. Each step starts others and
waits."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import UnitOfWork, reading
from studio.core.errors import Conflict, NotFound
from studio.core.settings import settings
from studio.core.storage import storage
from studio.engine.card import title_card
from studio.engine.presets.asked import order_of
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.renders import service as renders
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines
from studio.timelines.views import CueView, TimelineDetail


def draw_and_voice(work: Work) -> Wait:
    """Ask for every panel and every voice at once."""
    script_id = work.claim.config["script_id"]
    with work.committing() as uow:
        storyboards.request_voices(uow, work.actor, script_id, parent_id=work.claim.run_id)
        storyboards.request_panels(uow, work.actor, script_id, parent_id=work.claim.run_id)
    return Wait("Drawing panels and recording voices")


def score(work: Work) -> Wait:
    """Time the shots by their voices and ask for music of exactly that length."""
    script_id = work.claim.config["script_id"]
    with work.committing() as uow:
        storyboards.retime(uow, work.actor, script_id)
        project = projects.get_project(uow, work.actor, work.claim.project_id)
        for i, cue in enumerate(timelines.plan_score(uow, work.actor, script_id)):
            seconds = float(project.rate.seconds(cue.frames))
            config = {"mood": cue.mood, "seconds": seconds, "seed": cue.seed, "cue": asdict(cue)}
            key = f"{work.claim.run_id}:music:{i:05d}"
            runs.submit_run(
                uow,
                work.actor,
                project.id,
                "music",
                config,
                parent_id=work.claim.run_id,
                idem_key=key,
                weight=seconds * renders.MUSIC_WEIGHT,
            )
    return Wait("Composing the music")


def cut_and_render(work: Work) -> Wait:
    """Lay the music under the cut, as the board is by now, and ask for its render."""
    order, card = order_of(work.claim.config), _stored_card(work, work.claim.config["script_id"])
    with work.committing() as uow:
        renders.submit_render(uow, work.actor, _cut(uow, work, card).id, order, parent_id=work.claim.run_id)
    return Wait("Rendering")


def cut_and_take(work: Work) -> Done:
    """Lay the music under the cut of the board; a cut by hand takes in what is new there."""
    card = _stored_card(work, work.claim.config["script_id"])
    with work.committing() as uow:
        found = _cut(uow, work, card)
        with suppress(NotFound, Conflict):  # it is the board's own cut, or gone by now
            timelines.merge_board(uow, work.actor, work.claim.config["timeline_id"])
    return Done({"timeline_id": found.id, "frames": found.timeline.frames})


def finish(work: Work) -> Done:
    """Hand in what was made and by whom."""
    script_id = work.claim.config["script_id"]
    with reading() as uow:
        film = runs.list_children(uow, work.claim.run_id, "render")[-1].result or {}
        music = [r.result or {} for r in runs.list_children(uow, work.claim.run_id, "music")]
        origin = storyboards.origin_of(uow, work.actor, script_id)
        shots = storyboards.list_board(uow, work.actor, script_id)
    provider = {
        "image": origin.image,
        "voice": origin.voice,
        "music": ", ".join(sorted({m["provider"] for m in music})),
    }
    return Done({**film, "scenes": len({s.scene for s in shots}), "shots": len(shots), "provider": provider})


def _cut(uow: UnitOfWork, work: Work, card: StoredFile | None) -> TimelineDetail:
    """The cut of the board with the music that was made."""
    made = runs.children_of(uow, [work.claim.run_id], "music").get(work.claim.run_id, [])
    music = tuple((_cue(each.config["cue"]), (each.run.result or {})["sha256"]) for each in made)
    return timelines.build_animatic(uow, work.actor, work.claim.config["script_id"], music=music, card=card)


def _cue(kept: dict[str, Any]) -> CueView:
    return CueView(kept["start"], kept["frames"], kept["mood"], kept["seed"], tuple(kept["scenes"]))


def _stored_card(work: Work, script_id: str) -> StoredFile | None:
    with reading() as uow:
        script = scripts.get_card(uow, work.actor, script_id)
        project = projects.get_project(uow, work.actor, script.project_id)
    if not script.title:
        return None
    path = work.folder / "title.png"
    path.write_bytes(
        title_card(script.title, script.author, width=project.width, height=project.height, fonts=settings().fonts)
    )
    return media.stored(storage(), path, kind="image", mime="image/png", name="Title.png")


ANIMATIC: tuple[Step, ...] = (draw_and_voice, score, cut_and_take)
FILM: tuple[Step, ...] = (draw_and_voice, score, cut_and_render, finish)
