"""Small films and sounds as cameras and people give them, and the way of a file into a project."""

from __future__ import annotations

import subprocess
from pathlib import Path

from jobs.steps.media import bring_in
from jobs.work import Stop, Work
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.engine.ffmpeg import program
from studio.media import service as media
from studio.media.views import MediaCard, UploadView
from studio.runs import service as runs
from studio.runs.views import Claim

FFMPEG = program.encoder()


def film(path: Path, *, seconds: float = 2, size: str = "320x180", rate: str = "25", sound: bool = True) -> Path:
    """A film of a moving test picture, with a tone unless it is to be silent."""
    source = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=f=440:d={seconds}:r=48000"] if sound else []
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *(["-c:a", "aac"] if sound else [])]
    subprocess.run([str(FFMPEG), "-v", "error", "-y", *source, *tone, *coded, str(path)], check=True, timeout=60)
    return path


def tone(path: Path, *, seconds: float = 1, rate: int = 44_100) -> Path:
    """A sound of one tone, in the format of the file's name."""
    source = ["-f", "lavfi", "-i", f"sine=f=220:d={seconds}:r={rate}"]
    subprocess.run([str(FFMPEG), "-v", "error", "-y", *source, str(path)], check=True, timeout=60)
    return path


def sent(
    actor: Actor, project_id: str, name: str, data: bytes, *, piece: int = 4 << 20, folder: str = ""
) -> UploadView:
    """A file sent whole, in pieces of so many bytes, and handed in."""
    with unit_of_work() as uow:
        upload = media.begin_upload(uow, actor, project_id, name=name, size=len(data), folder=folder)
    for at in range(0, len(data), piece):
        part = data[at : at + piece]
        key = media.put_piece(storage(), upload.id, at, part)
        with unit_of_work() as uow:
            media.add_piece(uow, actor, upload.id, at, len(part), key)
    with unit_of_work() as uow:
        return media.finish_upload(uow, actor, upload.id)


def claimed(run_id: str) -> Claim:
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "here")
    assert claim is not None
    return claim


def worked(actor: Actor, run_id: str, folder: Path) -> str:
    """The hash of what the job of a run brings in, done here."""
    claim = claimed(run_id)
    folder.mkdir(exist_ok=True)
    done = bring_in(Work(claim, actor, folder, Stop()))
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, done.result)
    return str(done.result["sha256"])


def card(actor: Actor, project_id: str, sha256: str) -> MediaCard:
    with reading() as uow:
        return next(c for c in media.list_media(uow, actor, project_id).items if c.sha256 == sha256)
