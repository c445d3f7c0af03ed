"""Writes a score as a Standard MIDI File (format 0). Source: MIDI 1.0 specification, Standard MIDI Files 1.0."""

from __future__ import annotations

import struct

from studio.engine.sound.music.score import TICKS, Part, Score

_VOLUME, _PAN, _EXPRESSION, _REVERB = 7, 10, 11, 91
_OFF, _CONTROL, _ON = 0, 1, 2

Event = tuple[int, int, bytes]
"""Tick, order among events of one tick (offs, controls, ons), message."""


def midi(score: Score) -> bytes:
    """The score as a MIDI file; the same score gives the same bytes."""
    events = [event for part in score.parts for event in _events(part)]
    events.sort()
    track = bytearray(b"\x00\xff\x51\x03" + struct.pack(">I", score.beat_us)[1:])
    last = 0
    for tick, _, message in events:
        track += _variable(tick - last) + message
        last = tick
    track += _variable(max(0, score.ticks - last)) + b"\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)


def _events(part: Part) -> list[Event]:
    control = 0xB0 | part.channel
    out: list[Event] = [
        (0, _CONTROL, bytes((control, kind, value)))
        for kind, value in ((_VOLUME, part.volume), (_PAN, part.pan), (_REVERB, part.reverb))
    ]
    if part.instrument is not None:
        out.insert(0, (0, _OFF, bytes((0xC0 | part.channel, part.instrument.value))))
    out += [(tick, _CONTROL, bytes((control, _EXPRESSION, value))) for tick, value in part.swells]
    for note in part.notes:
        out.append((note.start, _ON, bytes((0x90 | part.channel, note.pitch, note.velocity))))
        out.append((note.end, _OFF, bytes((0x80 | part.channel, note.pitch, 0))))
    return out


def _variable(value: int) -> bytes:
    """A variable-length quantity: seven bits a byte, the highest first."""
    out = [value & 127]
    value >>= 7
    while value:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(reversed(out))
