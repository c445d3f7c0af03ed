"""How one panel of a person differs from the next: stance, turn and tilt of the head, how near, from where. No drawing.

A film's seed is 0 for a person at rest as the tables have it; every other seed is another beat of the same person.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beat:
    """Small changes that a director allows an actor and a cameraman from shot to shot.

    `stance` chooses how somebody at rest stands; `turn` and `tilt` of the head in radians (to the right hand, to the left
    shoulder); `body` turns it all in degrees; `nearer` over 1 comes closer; `round` goes round the subject in degrees.
    """

    stance: int = 0
    turn: float = 0.0
    tilt: float = 0.0
    body: float = 0.0
    nearer: float = 1.0
    round: float = 0.0


STILL = Beat()


def beat_of(seed: int, name: str) -> Beat:
    """The beat of a person in the panel with this seed: always the same one. Seed 0 is at rest."""
    if seed == 0:
        return STILL
    dice = zlib.crc32(f"{seed}:{name.strip().casefold()}".encode())
    shares = [(dice >> shift & 0xFF) / 127.5 - 1 for shift in (0, 8, 16, 24)]
    return Beat(
        stance=1 + dice % 8191,
        turn=0.13 * shares[0],
        tilt=0.10 * shares[1],
        body=13.0 * shares[2],
        nearer=1.0 + 0.055 * shares[3],
        round=5.0 * (shares[0] + shares[3]) / 2,
    )
