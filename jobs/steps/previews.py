"""Jobs of rendered previews: ask for the pieces of a cut that are heavy to play, and make one of them."""

from __future__ import annotations

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import reading
from studio.core.errors import Cancelled, StudioError
from studio.core.settings import settings
from studio.core.storage import storage
from studio.engine.ffmpeg import program
from studio.engine.previews import heavy
from studio.engine.previews.viewing import around
from studio.engine.render.segments import render_segment
from studio.renders import service as renders
from studio.runs import service as runs
from studio.timelines import service as timelines

_TOLD = 3


def plan_preview(work: Work) -> Wait:
    """Ask for every piece that is not kept."""
    config, encoder = work.claim.config, renders.encoder_version()
    with work.committing() as uow:
        wanted = renders.preview_pieces(
            uow, work.actor, config["timeline_id"], encoder=encoder, start=config["start"], end=config["end"]
        )
        renders.request_preview(uow, work.actor, work.claim.run_id, wanted)
    return Wait("Rendering the preview")


def end_preview(work: Work) -> Done:
    """Say how many pieces there are now, and why some could not be made."""
    with reading() as uow:
        made = [each.result or {} for each in runs.list_children(uow, work.claim.run_id, "piece")]
    refused = list(dict.fromkeys(str(each["refused"]) for each in made if "refused" in each))
    return Done({"pieces": len(made), "refused": refused[:_TOLD]})


def make_piece(work: Work) -> Done:
    """Render one piece of a cut as it is now; one that has been edited since is left out, one that cannot be made says why."""
    config, key, encoder = work.claim.config, work.claim.config["key"], renders.encoder_version()
    with reading() as uow:
        found = renders.preview_pieces(uow, work.actor, config["timeline_id"], encoder=encoder)
        piece = next((each for each in found if each.key == key), None)
        if piece is None:
            return Done({"stale": True})
        timeline = timelines.get_timeline(uow, work.actor, config["timeline_id"]).timeline
    if not storage().exists(key):
        near, out = around(timeline, piece.span), work.folder / "piece"
        store = renders.media_store(work.claim.project_id, near, stop=work.stopped)
        try:
            render_segment(
                near,
                piece.span,
                heavy.preset(timeline),
                store,
                out,
                ffmpeg=program.encoder(settings().ffmpeg),
                on_frame=lambda frame: work.report("Rendering", frame / piece.span.frames),
                stop=work.stopped,
            )
        except Cancelled:
            raise
        except StudioError as error:
            if error.retryable:
                raise
            return Done({"refused": error.message})
        storage().put(key, out)
    size = storage().fetch(key).stat().st_size
    with work.committing() as uow:
        renders.add_segment(uow, key, frames=piece.span.frames, size=size)
    return Done({"key": key})


PREVIEW: tuple[Step, ...] = (plan_preview, end_preview)
PIECE: tuple[Step, ...] = (make_piece,)
