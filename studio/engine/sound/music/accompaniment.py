"""What plays under the tune: pad, bass, arpeggio, colour and drums, bar by bar. Pure; notes in ticks."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from studio.engine.sound.music.moods import Recipe
from studio.engine.sound.music.score import TICKS, Note

_HALF = TICKS // 2

_KICK, _SNARE, _CLOSED_HAT, _OPEN_HAT, _CRASH = 36, 38, 42, 46, 49
_LOW_TOM, _MID_TOM, _SHAKER, _WOOD_HIGH, _WOOD_LOW = 41, 45, 70, 76, 77


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as the accompaniment sees it: ticks, root (a pitch class) and voicing of its chord, loudness, a hit on it or not."""

    index: int
    start: int
    end: int
    root: int
    notes: tuple[int, ...]
    force: float
    last: bool
    accent: bool

    def beats(self, every: int) -> range:
        """Ticks of a pulse through the bar."""
        return range(self.start, self.end, every)


def pad(recipe: Recipe, bars: list[Bar]) -> tuple[Note, ...]:
    """The chords held; a note shared with the next bar is held over. Comic chords are short, off the beat."""
    if recipe.bass_style == "stride":
        return _chops(recipe, bars)
    held: dict[int, Note] = {}
    out: list[Note] = []
    for bar in bars:
        velocity = _velocity(recipe.velocity * 0.85, bar)
        new: dict[int, Note] = {}
        for pitch in bar.notes:
            before = held.pop(pitch, None)
            if before is not None and not bar.accent and before.length < 8 * TICKS:
                new[pitch] = Note(before.start, bar.end - before.start, pitch, before.velocity)
            else:
                out += [before] if before else []
                new[pitch] = Note(bar.start, bar.end - bar.start, pitch, velocity)
        out += held.values()
        held = new
    return tuple(sorted([*out, *held.values()]))


def _chops(recipe: Recipe, bars: list[Bar]) -> tuple[Note, ...]:
    out: list[Note] = []
    for bar in bars:
        times = [bar.start] if bar.last else [t + TICKS for t in bar.beats(2 * TICKS)]
        length = bar.end - bar.start if bar.last else _HALF
        for time in times:
            if time < bar.end:
                out += [
                    Note(time, min(length, bar.end - time), p, _velocity(recipe.velocity * 0.8, bar)) for p in bar.notes
                ]
    return tuple(sorted(out))


def bass(recipe: Recipe, bars: list[Bar], chance: Random) -> tuple[Note, ...]:
    """The root below, moved as the style says; held through the last bar."""
    out: list[Note] = []
    for i, bar in enumerate(bars):
        root = _low(bar.root)
        velocity = _velocity(recipe.velocity, bar)
        if bar.last or recipe.bass_style == "held":
            out.append(Note(bar.start, bar.end - bar.start, root, velocity))
            continue
        following = _low(bars[i + 1].root)
        match recipe.bass_style:
            case "pulse":
                out += _pulse(recipe, bar, root, velocity, chance)
            case "stride":
                fifth = root + 7 if root < 40 else root - 5
                out.append(Note(bar.start, TICKS * 3 // 4, root, velocity))
                out.append(Note(bar.start + 2 * TICKS, TICKS * 3 // 4, fifth, velocity - 4))
            case _:
                approach = following + (2 if following < root else -2) if following != root else root + 7
                out.append(Note(bar.start, 2 * TICKS, root, velocity))
                out.append(Note(bar.start + 2 * TICKS, TICKS, root + (7 if root < 40 else 0), velocity - 6))
                out.append(Note(bar.start + 3 * TICKS, TICKS, approach, velocity - 6))
    return tuple(sorted(out))


def _pulse(recipe: Recipe, bar: Bar, root: int, velocity: int, chance: Random) -> list[Note]:
    if recipe.drums == "heartbeat":
        return [
            Note(bar.start, TICKS * 3, root, velocity),
            Note(bar.start + 3 * TICKS, _HALF, root, velocity - 12),
            Note(bar.start + 3 * TICKS + _HALF, _HALF, root, velocity - 6),
        ]
    out: list[Note] = []
    for i, time in enumerate(bar.beats(_HALF)):
        high = i in (3, 6) and chance.random() < 0.6
        out.append(Note(time, _HALF * 3 // 4, root + 12 * high, max(1, velocity - (0 if i % 4 == 0 else 10))))
    return out


def arpeggio(recipe: Recipe, bars: list[Bar], first_bar: int, chance: Random) -> tuple[Note, ...]:
    """The chord broken up in the recipe's way; it stops before the last bar, but for one soft chord tone."""
    orders = {
        "wave": (0, 1, 2, 3, 2, 1, 2, 1),
        "rise": (0, 1, 2, 3, 4, 5, 4, 3),
        "offbeat": (-1, 2, -1, 3, -1, 2, -1, 1),
        "ostinato": (0, 2, 1, 2, 0, 3, 1, 2),
    }
    order = orders.get(recipe.arp_style)
    if order is None:
        return ()
    out: list[Note] = []
    for bar in bars[first_bar:]:
        ladder = [*bar.notes, *(n + 12 for n in bar.notes)]
        if bar.last:
            out.append(Note(bar.start, bar.end - bar.start, ladder[2], _velocity(recipe.velocity * 0.6, bar)))
            continue
        turned = bar.index % 4 == 3
        for i, time in enumerate(bar.beats(_HALF)):
            step = order[::-1][i % 8] if turned else order[i % 8]
            if step < 0:
                continue
            velocity = _velocity(recipe.velocity * (0.78 if i % 4 == 0 else 0.62), bar) + chance.randrange(-4, 5)
            length = _HALF if recipe.arp_style in ("offbeat", "ostinato") else TICKS
            out.append(Note(time, min(length, bar.end - time), ladder[step], max(1, velocity)))
    return tuple(sorted(out))


def colour(bars: list[Bar], first_bar: int) -> tuple[Note, ...]:
    """Long inner notes that fill the second half: the third voice, doubled an octave up at the height of the arc."""
    out: list[Note] = []
    for bar in bars[first_bar:]:
        velocity = _velocity(58, bar)
        out.append(Note(bar.start, bar.end - bar.start, bar.notes[2], velocity))
        if bar.force > 0.95:
            out.append(Note(bar.start, bar.end - bar.start, bar.notes[3] + 12, velocity - 8))
    return tuple(sorted(out))


def drums(recipe: Recipe, bars: list[Bar], first_bar: int, chance: Random) -> tuple[Note, ...]:
    """The recipe's rhythm, a fill at the end of every fourth bar, a crash on hits; one last stroke as the final bar begins."""
    out: list[Note] = []
    for bar in bars:
        if bar.accent and recipe.drums != "none":
            out.append(Note(bar.start, TICKS * 2, _CRASH, _velocity(88, bar)))
        if bar.index < first_bar or recipe.drums == "none":
            continue
        if bar.last:
            out.append(Note(bar.start, TICKS, _LOW_TOM if recipe.drums != "light" else _WOOD_LOW, _velocity(80, bar)))
            continue
        fill = bar.index % 4 == 3
        for slot, drum, velocity in _pattern(recipe, fill=fill):
            time = bar.start + slot * TICKS // 4
            if time < bar.end:
                out.append(Note(time, TICKS // 4, drum, max(1, _velocity(velocity, bar) + chance.randrange(-5, 6))))
    return tuple(sorted(out))


def _pattern(recipe: Recipe, *, fill: bool) -> list[tuple[int, int, int]]:
    """(sixteenth, drum, velocity) of a bar."""
    match recipe.drums:
        case "heartbeat":
            beat = [(0, _LOW_TOM, 84), (3, _LOW_TOM, 58), (8, _LOW_TOM, 78), (11, _LOW_TOM, 54)]
            return [*beat, (14, _MID_TOM, 60), (15, _MID_TOM, 70)] if fill else beat
        case "drive":
            hats = [(s, _OPEN_HAT if s == 14 else _CLOSED_HAT, 60 if s % 4 == 0 else 44) for s in range(0, 16, 2)]
            beat = [(0, _KICK, 100), (6, _KICK, 88), (10, _KICK, 84), (4, _SNARE, 92), (12, _SNARE, 94)]
            toms = [
                (s, d, 70 + 4 * (s - 12)) for s, d in ((12, _MID_TOM), (13, _MID_TOM), (14, _LOW_TOM), (15, _LOW_TOM))
            ]
            return [*hats, *beat, *toms] if fill else [*hats, *beat]
        case _:
            shaker = [(s, _SHAKER, 46 if s % 4 == 0 else 34) for s in range(0, 16, 2)]
            blocks = [(4, _WOOD_LOW, 52), (12, _WOOD_HIGH, 58)]
            return [*shaker, *blocks, (13, _WOOD_HIGH, 50), (14, _WOOD_LOW, 54)] if fill else [*shaker, *blocks]


def swells(bars: list[Bar]) -> tuple[tuple[int, int], ...]:
    """Expression that breathes with each bar and follows the arc."""
    out: list[tuple[int, int]] = []
    for bar in bars:
        span = bar.end - bar.start
        shape = (1.0, 0.92, 0.8, 0.66) if bar.last else (0.88, 0.96, 1.0, 0.94)
        out += [(bar.start + span * i // 4, round(112 * bar.force * share)) for i, share in enumerate(shape)]
    return tuple(out)


def _velocity(base: float, bar: Bar) -> int:
    return max(1, min(127, round(base * bar.force) + (10 if bar.accent else 0)))


def _low(pitch_class: int) -> int:
    """The bass note of a pitch class: from E1 up to D sharp 2."""
    return 28 + (pitch_class - 28) % 12
