"""Jobs of storyboards: draw one panel, voice one scene."""

from __future__ import annotations

from jobs.registry import Done, Step
from jobs.work import Work
from studio.core.db import reading
from studio.core.storage import storage
from studio.media import service as media
from studio.providers import registry as providers
from studio.storyboards import service as storyboards


def draw_panel(work: Work) -> Done:
    """Draw the panel of the run's config and put it on top of its versions."""
    panel_id = work.claim.config["panel_id"]
    with reading() as uow:
        brief = storyboards.panel_brief(uow, work.actor, panel_id)
    picture = providers.image_provider().draw(brief.spec, width=brief.width, height=brief.height)
    png, svg = work.folder / "panel.png", work.folder / "panel.svg"
    png.write_bytes(picture.png)
    svg.write_text(picture.svg, encoding="utf-8")
    store = storage()
    png_file = media.stored(store, png, kind="image", mime="image/png", name=f"{brief.number}.png")
    svg_file = media.stored(store, svg, kind="image", mime="image/svg+xml", name=f"{brief.number}.svg")
    plate_file = None
    if picture.plate:
        plate = work.folder / "plate.png"
        plate.write_bytes(picture.plate)
        plate_file = media.stored(store, plate, kind="image", mime="image/png", name=f"{brief.number} plate.png")
    with work.committing() as uow:
        number = storyboards.add_panel_version(uow, work.actor, panel_id, picture, png_file, svg_file, plate_file)
    return Done({"panel_id": panel_id, "version": number, "sha256": png_file.sha256})


def voice_scene(work: Work) -> Done:
    """Speak every unvoiced line of a scene, keeping each as it is done."""
    script_id, scene = work.claim.config["script_id"], work.claim.config["scene"]
    provider = providers.voice_provider()
    with work.committing() as uow:
        briefs = storyboards.voice_briefs(uow, work.actor, script_id, scene, provider)
    store = storage()
    for i, brief in enumerate(briefs):
        work.report("Recording voices", i / len(briefs))
        speech = provider.speak(brief.text, brief.voice, work.folder, manner=brief.manner)
        wav = media.stored(store, speech.wav, kind="audio", mime="audio/wav", name=f"line {i + 1}.wav")
        with work.committing() as uow:
            storyboards.add_voice(uow, work.actor, work.claim.project_id, brief.line_id, speech, wav)
        speech.wav.unlink(missing_ok=True)
    return Done({"lines": len(briefs)})


PANEL: tuple[Step, ...] = (draw_panel,)
VOICE: tuple[Step, ...] = (voice_scene,)
