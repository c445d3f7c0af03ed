"""Jobs of timelines: compose one cue of music."""

from __future__ import annotations

from jobs.registry import Done, Step
from jobs.work import Work
from studio.core.storage import storage
from studio.media import service as media
from studio.providers import registry as providers
from studio.providers.port import Cue


def compose_cue(work: Work) -> Done:
    """Compose and play a cue of exactly the length asked for."""
    config = work.claim.config
    cue = Cue(mood=config["mood"], seconds=config["seconds"], seed=config["seed"])
    music = providers.music_provider().compose(cue, work.folder)
    wav = media.stored(storage(), music.wav, kind="audio", mime="audio/wav", name=f"{cue.mood} cue.wav")
    with work.committing() as uow:
        media.add_media(uow, work.actor, work.claim.project_id, wav)
    return Done({"sha256": wav.sha256, "provider": music.provider, "completeness": music.completeness})


MUSIC: tuple[Step, ...] = (compose_cue,)
