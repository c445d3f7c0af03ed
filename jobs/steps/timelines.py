"""Jobs of timelines: voice one sentence of a cut anew and lay it in."""

from __future__ import annotations

from jobs.registry import Done, Step
from jobs.work import Work
from studio.core.storage import storage
from studio.media import service as media
from studio.providers import registry as providers
from studio.timelines import service as timelines


def voice_take(work: Work) -> Done:
    """Speak the words of the run's config, and let the cut say them."""
    config, provider = work.claim.config, providers.voice_provider()
    with work.committing() as uow:
        brief = timelines.take_brief(uow, work.actor, work.claim.project_id, config, provider)
    work.report("Recording the voice", 0.1)
    speech = provider.speak(brief.text, brief.voice, work.folder, manner=brief.manner)
    wav = media.stored(storage(), speech.wav, kind="audio", mime="audio/wav", name=f"{config['speaker']} said anew.wav")
    work.report("Laying it into the cut", 0.8)
    with work.committing() as uow:
        timelines.lay_take(uow, work.actor, config, speech, wav)
    return Done({"sha256": wav.sha256, "provider": speech.provider, "completeness": speech.completeness})


TAKE: tuple[Step, ...] = (voice_take,)
