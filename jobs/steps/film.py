"""The job that makes a whole film of a script: draw and voice, score, cut and render. Each step starts others and waits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import reading
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
from studio.timelines.views import CueView


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
    script_id, order = work.claim.config["script_id"], order_of(work.claim.config)
    card = _stored_card(work, script_id)
    with work.committing() as uow:
        made = runs.children_of(uow, [work.claim.run_id], "music").get(work.claim.run_id, [])
        music = tuple((_cue(each.config["cue"]), (each.run.result or {})["sha256"]) for each in made)
        detail = timelines.build_animatic(uow, work.actor, script_id, music=music, card=card)
        renders.submit_render(uow, work.actor, detail.id, order, parent_id=work.claim.run_id)
    return Wait("Rendering")


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


FILM: tuple[Step, ...] = (draw_and_voice, score, cut_and_render, finish)
