"""Cuts whose lines have recordings of their own, sentence by sentence, without a voice having spoken."""

from __future__ import annotations

from pathlib import Path

from studio.core.db import unit_of_work
from studio.core.storage import storage
from studio.media import service as media
from studio.media.views import StoredFile
from studio.providers.port import SentenceTime, Speech
from studio.providers.voice.delivery import pieces
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from tests.factories.acts import SMALL
from tests.factories.film import SilentVoices, draw_all, make_board
from tests.factories.hand import Hand, begin_hand

LEAD_S, WORD_S, REST_S, ROOM_S = 0.05, 0.3, 0.4, 0.3


def spoken(text: str, folder: Path) -> tuple[Speech, StoredFile]:
    """A recording nobody made: 0.3 s a word, 0.4 s between two sentences."""
    times: list[SentenceTime] = []
    at = LEAD_S
    for piece in pieces(text):
        length = len(piece.spoken.split()) * WORD_S
        times.append(SentenceTime(piece.start, piece.end, at, at + length))
        at += length + REST_S
    seconds = at - REST_S + ROOM_S
    path = folder / "said.wav"
    path.write_bytes(f"sound of {text}".encode())
    wav = media.stored(storage(), path, kind="audio", mime="audio/wav", name="line.wav")
    return Speech(path, seconds, tuple(times), "silent", "stand-in"), wav


def make_told(folder: Path, script: bytes = SMALL) -> Hand:
    """A cut by hand of a drawn board whose every line has a recording of its own."""
    board = make_board(script)
    draw_all(board, folder)
    with unit_of_work() as uow:
        for scene in range(len(scripts.get_script(uow, board.actor, board.script_id).scenes)):
            for brief in storyboards.voice_briefs(uow, board.actor, board.script_id, scene, SilentVoices()):
                speech, wav = spoken(brief.text, folder)
                storyboards.add_voice(uow, board.actor, board.project_id, brief, speech, wav)
        storyboards.retime(uow, board.actor, board.script_id)
    return begin_hand(board)
