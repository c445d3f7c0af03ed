"""Jobs of media: take in what somebody brought and give it the forms one cuts with; compose one cue of music."""

from __future__ import annotations

import shutil
from pathlib import Path

from jobs.registry import Done, Step
from jobs.work import Work
from studio.core import log
from studio.core.db import reading, unit_of_work
from studio.core.errors import Cancelled, Conflict, Invalid, StudioError
from studio.core.settings import settings
from studio.core.storage import media_key, rendition_key, sha256_of, storage
from studio.engine.ffmpeg import program
from studio.engine.looks.facts import MediaFacts
from studio.engine.sandbox.probing import probed_apart
from studio.media import forming
from studio.media import service as media
from studio.media.forming import Made, Medium
from studio.media.telling import told
from studio.media.views import BEATS, FILMSTRIP, LOUDNESS, THUMBNAIL, WAVEFORM, Arrived, Brought, proxy
from studio.projects import service as projects
from studio.providers import registry as providers
from studio.providers.port import Cue
from studio.thread import footage

_log = log.logger("jobs.steps.media")
_CHUNK = 1 << 20
_SHARES = {THUMBNAIL: 0.05, WAVEFORM: 0.15, LOUDNESS: 0.05, BEATS: 0.1, FILMSTRIP: 0.05}
"""How much of the work each form is, about; the proxy is the rest."""


def bring_in(work: Work) -> Done:
    """Take in the upload of the run's config, or the file of its hash, and make every form of it that is not there."""
    config = work.claim.config
    sha256 = _taken(work, config["upload_id"]) if "upload_id" in config else str(config["sha256"])
    try:
        _form(work, sha256)
    except Cancelled:
        raise
    except StudioError as error:
        if not error.retryable:
            with work.committing() as uow:
                media.unprepared(uow, work.actor, work.claim.project_id, sha256, error.message)
        raise
    with work.committing() as uow:
        media.prepared(uow, work.actor, work.claim.project_id, sha256)
    return Done({"sha256": sha256})


def compose_cue(work: Work) -> Done:
    """Compose and play a cue of exactly the length asked for."""
    config = work.claim.config
    cue = Cue(mood=config["mood"], seconds=config["seconds"], seed=config["seed"])
    music = providers.music_provider().compose(cue, work.folder)
    wav = media.stored(storage(), music.wav, kind="audio", mime="audio/wav", name=f"{cue.mood} cue.wav")
    with work.committing() as uow:
        media.add_media(uow, work.actor, work.claim.project_id, wav)
    return Done({"sha256": wav.sha256, "provider": music.provider, "completeness": music.completeness})


def sweep_uploads() -> int:
    """Remove what is left of uploads nobody will come back to; how many there were."""
    with reading() as uow:
        gone = media.expired_pieces(uow)
    if gone:
        _removed(tuple(key for keys in gone.values() for key in keys))
        with unit_of_work() as uow:
            media.forget_uploads(uow, tuple(gone))
    return len(gone)


def _taken(work: Work, upload_id: str) -> str:
    """The hash of the media an upload became; the file is read, told and stored unless that has been done.

    Raises:
        Invalid, LimitReached, UnsupportedMedia: it is nothing one can cut with; then nothing of it is kept.
    """
    with reading() as uow:
        brought = media.brought(uow, upload_id)
    keys = tuple(piece.key for piece in brought.pieces)
    if brought.upload.sha256:
        _removed(keys)
        return brought.upload.sha256
    if brought.upload.state == "refused":
        raise Conflict(f"{brought.upload.name} was not taken. Bring it in again.")
    try:
        arrived = _arrived(work, brought)
    except StudioError as error:
        if not (error.retryable or isinstance(error, Cancelled)):
            with work.committing() as uow:
                media.refuse_upload(uow, upload_id, error.message)
            _removed(keys)
        raise
    with work.committing() as uow:
        made = media.take_in(uow, work.actor, upload_id, arrived)
        footage.match_footage(uow, work.actor, work.claim.project_id, made.sha256)
    _removed(keys)
    return arrived.file.sha256


def _arrived(work: Work, brought: Brought) -> Arrived:
    upload = brought.upload
    path = work.folder / "brought"
    _assembled(work, brought, path)
    work.report("Reading", 0.02)
    sha256 = sha256_of(path)
    if brought.announced not in ("", sha256):
        raise Invalid(f"{upload.name} did not arrive as it was sent. Bring it in again.")
    found = told(path, upload.name, work.folder, stop=work.stopped)
    work.report("Reading", 0.04)
    file = media.stored(storage(), found.path, kind=found.kind, mime=found.mime, name=upload.name)
    path.unlink()
    return Arrived(file, found.facts, sha256 if found.redrawn else None)


def _assembled(work: Work, brought: Brought, path: Path) -> None:
    store = storage()
    with path.open("wb") as out:
        for piece in brought.pieces:
            work.report("Reading", 0.02 * piece.start / brought.upload.size)
            with store.fetch(piece.key).open("rb") as part:
                shutil.copyfileobj(part, out, _CHUNK)
        if out.tell() != brought.upload.size:
            raise Invalid(f"{brought.upload.name} did not arrive whole. Bring it in again.")


def _form(work: Work, sha256: str) -> None:
    """Make every form that is not there; each is kept as soon as it is made."""
    medium = _medium(work, sha256)
    if medium is None:
        return
    with reading() as uow:
        there = media.forms_of(uow, [sha256]).get(sha256, {})
    kinds = [kind for kind in forming.wanted(medium.facts, medium.rate) if kind not in there]
    shares = {kind: _SHARES.get(kind, 0.75) for kind in kinds}
    done, whole = 0.0, sum(shares.values())
    for kind in kinds:

        def tell(share: float, kind: str = kind, done: float = done) -> None:
            work.report(_STAGES.get(kind, "Making a proxy"), 0.05 + 0.95 * (done + share * shares[kind]) / whole)

        tell(0.0)
        _keep(work, sha256, _made(work, medium, kind, tell))
        done += shares[kind]


_STAGES = {
    THUMBNAIL: "Taking a first picture",
    WAVEFORM: "Listening",
    LOUDNESS: "Measuring the sound",
    BEATS: "Counting the beat",
    FILMSTRIP: "Making a filmstrip",
}


def _made(work: Work, medium: Medium, kind: str, tell: forming.Progress) -> Made:
    ffmpeg = program.encoder(settings().ffmpeg)
    if kind == THUMBNAIL:
        return forming.first_picture(medium, work.folder, ffmpeg=ffmpeg, stop=work.stopped)
    if kind == WAVEFORM:
        return forming.levels(medium, work.folder, stop=work.stopped, on_progress=tell)
    if kind == LOUDNESS:
        return forming.loud(medium, work.folder, stop=work.stopped)
    if kind == BEATS:
        return forming.pulse(medium, work.folder, stop=work.stopped)
    if kind == FILMSTRIP:
        film = storage().fetch(rendition_key(medium.sha256, proxy(medium.rate)))
        return forming.strip(film, medium, work.folder, stop=work.stopped)
    return forming.small_film(medium, work.folder, ffmpeg=ffmpeg, stop=work.stopped, on_progress=tell)


def _medium(work: Work, sha256: str) -> Medium | None:
    """The file with what is known of it; None for what has no other form (a table of colours)."""
    with reading() as uow:
        file = media.find_for(uow, work.actor, work.claim.project_id, sha256)
        facts = media.facts_of(uow, [sha256]).get(sha256)
        rate = projects.get_project(uow, work.actor, work.claim.project_id).rate
    if file.kind not in ("video", "audio", "image") or file.mime == "image/svg+xml":
        return None
    path = storage().fetch(media_key(sha256))
    return Medium(path, sha256, file.name, facts or _read(work, sha256, path, file.name), rate)


def _read(work: Work, sha256: str, path: Path, name: str) -> MediaFacts:
    facts = probed_apart(path, name=name, stop=work.stopped)
    with work.committing() as uow:
        media.keep_facts(uow, sha256, facts)
    return facts


def _keep(work: Work, sha256: str, made: Made) -> None:
    storage().put(rendition_key(sha256, made.kind), made.path)
    made.path.unlink()
    with work.committing() as uow:
        media.keep_form(uow, sha256, made.kind, made.about)
        projects.mark_changed(uow, work.actor, work.claim.project_id, "media")


def _removed(keys: tuple[str, ...]) -> None:
    """Delete pieces nobody needs any more; what cannot be deleted now goes with the next sweep."""
    for key in keys:
        try:
            storage().delete(key)
        except StudioError as error:
            _log.warning("a piece of an upload was not deleted", key=key, error=error.message)
            return


MEDIA: tuple[Step, ...] = (bring_in,)
MUSIC: tuple[Step, ...] = (compose_cue,)
