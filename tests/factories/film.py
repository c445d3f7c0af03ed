"""A script with shots, pictures and voices, without drawing or speaking anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.storage import storage
from studio.media import service as media
from studio.media.views import StoredFile
from studio.providers.port import Picture, SentenceTime, Speech
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.studio import make_place

SAMPLE = Path(__file__).parents[2] / "assets" / "samples" / "the-last-ferry.fountain"


@dataclass(frozen=True)
class Board:
    """A broken-down script and its owner."""

    actor: Actor
    project_id: str
    script_id: str
    shots: int


class SilentVoices:
    """Casts alphabetically; never speaks."""

    name = "silent"

    def cast(self, name: str, *, feminine: bool | None, age: str, taken: frozenset[str]) -> object:
        from studio.providers.port import Voice

        return Voice(f"voice-{name}", 50, 160)


def make_board(data: bytes | None = None) -> Board:
    place = make_place()
    with unit_of_work() as uow:
        script = scripts.import_script(
            uow, place.actor, place.project_id, data=data or SAMPLE.read_bytes(), name="a.fountain"
        )
        shots = storyboards.break_down(uow, place.actor, script.id)
    return Board(place.actor, place.project_id, script.id, shots)


def stored_file(folder: Path, name: str, content: bytes) -> StoredFile:
    path = folder / name
    path.write_bytes(content)
    return media.stored(storage(), path, kind="image", mime="image/png", name=name)


def draw_all(board: Board, folder: Path) -> int:
    """Give every panel a picture of its own; how many there were."""
    with unit_of_work() as uow:
        storyboards.request_panels(uow, board.actor, board.script_id)
        wanted = [r for r in runs.list_runs(uow, board.actor, board.project_id, limit=500) if r.kind == "panel"]
        panels = [repository_panel(uow, r.id) for r in wanted]
    for i, panel_id in enumerate(panels):
        png = stored_file(folder, f"{i}.png", f"picture {i}".encode())
        svg = stored_file(folder, f"{i}.svg", f"<svg>{i}</svg>".encode())
        picture = Picture(b"", None, "", 1920, 1080, "test artist", "stand-in")
        with unit_of_work() as uow:
            storyboards.add_panel_version(uow, board.actor, panel_id, picture, png, svg)
    return len(panels)


def repository_panel(uow: object, run_id: str) -> str:
    from studio.runs import repository

    return repository.get_run(uow, run_id).config["panel_id"]


def voice_all(board: Board, folder: Path, seconds: float) -> int:
    """Give every line a recording of so many seconds; how many lines there were."""
    wav = stored_file(folder, "line.wav", b"sound")
    count = 0
    with unit_of_work() as uow:
        scenes = len(scripts.get_script(uow, board.actor, board.script_id).scenes)
        for scene in range(scenes):
            for brief in storyboards.voice_briefs(uow, board.actor, board.script_id, scene, SilentVoices()):
                sentence = SentenceTime(0, len(brief.text), 0.0, seconds)
                speech = Speech(folder / "line.wav", seconds, (sentence,), "silent", "stand-in")
                storyboards.add_voice(uow, board.actor, board.project_id, brief, speech, wav)
                count += 1
    return count


def make_timeline(folder: Path) -> tuple[Board, TimelineDetail]:
    board = make_board()
    draw_all(board, folder)
    voice_all(board, folder, 1.5)
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
    with reading() as uow:
        cues = timelines.plan_score(uow, board.actor, board.script_id)
    with unit_of_work() as uow:
        music = tuple((cue, "b" * 64) for cue in cues)
        return board, timelines.build_animatic(uow, board.actor, board.script_id, music=music, card=None)
