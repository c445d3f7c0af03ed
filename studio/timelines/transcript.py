"""What is spoken in a cut, word by word: where each word is heard, who says it, pauses and fillers, and cutting words out. Pure.

A voice made here is known by its sentences: each begins and ends at a known time, its words are spread over it by their letters.
Where nothing of that is known, captions say what is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise

from studio.core.errors import Conflict, Invalid
from studio.engine.editing import Edit
from studio.engine.editing.edits import MOST_EDITS
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Timeline, Track

PAUSE_S = 0.7
"""Seconds without a word from which on it is a pause."""

LONGEST_PAUSE_S = 6.0
"""What is longer is a stretch of the film without words, no pause in what is said."""

AIR_S = 0.12
"""Seconds that stay on each side when a pause is taken out."""

_TURN_S = 2.5
"""After so many seconds without a word the same speaker begins anew."""

_FILLERS = frozenset(
    [
        *("um", "umm", "uhm", "uh", "uhh", "erm", "ehm", "eeh", "euh", "heu"),
        *("hm", "hmm", "mm", "mmm", "mhm", "äh", "ähm", "öh", "öhm", "えーと", "えっと"),
    ]
)
_MARKS = re.compile(r"^[^\w]+|[^\w]+$")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in a recording: who says what, from second to second of it."""

    speaker: str
    text: str
    begin_s: float
    end_s: float


Voices = Mapping[str, Sequence[Spoken]]
"""What is said in recordings, by the hash of each."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and when it is heard: from frame `start` of the cut to before `end`. `pause` frames without a word come before it.

    One of a voice is in a `clip`, and of the sentence so `numbered` of its recording; one of a caption is in none.
    """

    text: str
    start: int
    end: int
    speaker: str
    filler: bool = False
    pause: int = 0
    clip: str = ""
    numbered: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words one person says without a long break."""

    speaker: str
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start


def transcript(timeline: Timeline, voices: Voices) -> tuple[Word, ...]:
    """Every word spoken in the cut, in order of time; captions speak where no voice is known."""
    heard = [
        word for track in _heard(timeline) for clip in track.clips for word in _of_clip(clip, voices, timeline.rate)
    ]
    told = _of_captions(timeline, [(word.start, word.end) for word in heard])
    words = sorted((*heard, *told), key=lambda word: (word.start, word.end))
    return tuple(_with_pauses(words, timeline.rate))


def paragraphs(words: Sequence[Word], rate: Rate) -> tuple[Paragraph, ...]:
    """The words by who says them."""
    turn = rate.frames(_TURN_S)
    groups: list[list[Word]] = []
    for word in words:
        last = groups[-1][-1] if groups else None
        if last is None or last.speaker != word.speaker or word.start - last.end > turn:
            groups.append([])
        groups[-1].append(word)
    return tuple(Paragraph(group[0].speaker, tuple(group)) for group in groups)


def pauses(words: Sequence[Word], rate: Rate) -> tuple[Range, ...]:
    """The pauses in what is said that can be taken out, without the air that stays at both ends."""
    air, longest = rate.frames(AIR_S), rate.frames(LONGEST_PAUSE_S)
    found = ((word.start - word.pause + air, word.start - air) for word in words if 0 < word.pause <= longest)
    return tuple((start, end) for start, end in found if start < end)


def fillers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that say nothing: um, uh, ähm."""
    return tuple(word for word in words if word.filler)


def words_at(words: Sequence[Word], ranges: Iterable[Range]) -> tuple[Word, ...]:
    """The words that are heard exactly then. Raises: Conflict, where the cut has changed since they were chosen."""
    there = {(word.start, word.end): word for word in words}
    wanted = list(dict.fromkeys(ranges))
    if not wanted or any(each not in there for each in wanted):
        raise Conflict("These words have moved since you chose them. Choose them again.", code="cut_changed")
    return tuple(there[each] for each in sorted(wanted))


def ranges_of(chosen: Sequence[Word], words: Sequence[Word]) -> tuple[Range, ...]:
    """The frames of chosen words; neighbours with nothing between them are one range, with the pause between them."""
    places = {(word.start, word.end): number for number, word in enumerate(words)}
    out: list[Range] = []
    last = -2
    for word in chosen:
        number = places[word.start, word.end]
        if out and number == last + 1:
            out[-1] = (out[-1][0], max(out[-1][1], word.end))
        else:
            out.append((word.start, word.end))
        last = number
    return tuple(out)


def cut_out(
    timeline: Timeline, ranges: Sequence[Range], gone: Sequence[Word] = (), *, ripple: bool = True
) -> tuple[Edit, ...]:
    """Edits that take ranges out of all tracks that are not locked, last first; captions keep the words that stay.

    Without `ripple` they leave gaps. Raises: Invalid.
    """
    cuts = _merged(ranges)
    if not cuts:
        raise Invalid("Choose words first.", field="words")
    kept = [
        (track, caption)
        for track in timeline.tracks
        if track.kind == "captions" and not track.locked
        for caption in _left(track, cuts, gone, ripple)
    ]
    edits = [Edit("extract" if ripple else "lift_range", {"start": start, "end": end}) for start, end in reversed(cuts)]
    edits += [Edit("add_caption", {"track": track.id, "caption": caption}) for track, caption in kept]
    if len(edits) > MOST_EDITS:
        raise Invalid("These are too many at once. Choose a part of the cut.", field="words")
    return tuple(edits)


def frames_in(ranges: Sequence[Range]) -> int:
    """How many frames ranges have together."""
    return sum(end - start for start, end in _merged(ranges))


def _heard(timeline: Timeline) -> Iterator[Track]:
    return (track for track in timeline.tracks if track.kind == "audio" and not track.muted)


def _of_clip(clip: Clip, voices: Voices, rate: Rate) -> Iterator[Word]:
    """The words of a clip's recording whose middle lies in it."""
    factor = clip.speed.factor if clip.speed else Fraction(1)
    if not clip.enabled or clip.media not in voices or factor <= 0 or (clip.speed and clip.speed.ramp):
        return
    for number, sentence in enumerate(voices[clip.media]):
        for text, begin, end in _spread(sentence.text, sentence.begin_s, sentence.end_s):
            first, last = (_frame(clip, factor, each, rate) for each in (begin, end))
            if clip.start <= (first + last) // 2 < clip.end:
                start = max(first, clip.start)
                word = _word(text, start, max(start + 1, min(last, clip.end)), sentence.speaker)
                yield replace(word, clip=clip.id, numbered=number)


def _frame(clip: Clip, factor: Fraction, second: float, rate: Rate) -> int:
    source = Fraction(second).limit_denominator(1_000_000) * rate.fps - clip.source_in
    return clip.start + round(source / factor)


def _of_captions(timeline: Timeline, heard: Sequence[Range]) -> Iterator[Word]:
    """The words of captions under which no voice is known; where there are several tracks of them, of the highest."""
    track = next((track for track in reversed(timeline.tracks) if track.captions), None)
    taken = _merged(heard)
    for caption in track.captions if track else ():
        if not any(start < caption.end and end > caption.start for start, end in taken):
            for text, begin, end in _spread(caption.text, caption.start, caption.end):
                yield _word(text, round(begin), max(round(begin) + 1, round(end)), caption.speaker)


def _spread(text: str, begin: float, end: float) -> Iterator[tuple[str, float, float]]:
    """Words over a time, by their letters."""
    words = text.split()
    edges = list(accumulate((len(word) + 1 for word in words), initial=0))
    for word, (a, b) in zip(words, pairwise(edges), strict=True):
        yield word, begin + (end - begin) * a / edges[-1], begin + (end - begin) * b / edges[-1]


def _word(text: str, start: int, end: int, speaker: str) -> Word:
    return Word(text, start, end, speaker, _bare(text) in _FILLERS)


def _bare(text: str) -> str:
    return _MARKS.sub("", text).casefold()


def _with_pauses(words: Sequence[Word], rate: Rate) -> Iterator[Word]:
    shortest, until = rate.frames(PAUSE_S), None
    for word in words:
        gap = word.start - until if until is not None else 0
        yield replace(word, pause=gap) if gap >= shortest else word
        until = max(until or 0, word.end)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _left(track: Track, cuts: Sequence[Range], gone: Sequence[Word], ripple: bool) -> Iterator[Caption]:
    """What stays of the captions that reach into a cut but do not lie in one: their other words, where they are afterwards."""
    for caption in track.captions:
        inside = [
            (max(a, caption.start), min(b, caption.end)) for a, b in cuts if a < caption.end and b > caption.start
        ]
        lost = sum(b - a for a, b in inside)
        if not inside or lost >= caption.frames:
            continue
        text = _without(caption, [word for word in gone if any(a <= word.start < b for a, b in inside)])
        if not text:
            continue
        if ripple:
            before = sum(min(b, caption.start) - a for a, b in cuts if a < caption.start)
            yield replace(caption, start=caption.start - before, frames=caption.frames - lost, text=text)
        else:
            start, end = _longest(caption, inside)
            yield replace(caption, start=start, frames=end - start, text=text)


def _longest(caption: Caption, inside: Sequence[Range]) -> Range:
    """The longest stretch of a caption outside of cuts."""
    edges = [caption.start, *(edge for cut in inside for edge in cut), caption.end]
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda each: each[1] - each[0])


def _without(caption: Caption, gone: Sequence[Word]) -> str:
    """The words of a caption without some that are said in it: of those written alike the one nearest in time."""
    lines = [line.split() for line in caption.text.splitlines()]
    spots = [(row, column) for row, line in enumerate(lines) for column in range(len(line))]
    times = [begin for _, begin, _ in _spread(caption.text, caption.start, caption.end)]
    out: set[tuple[int, int]] = set()
    for word in gone:
        alike = [
            (abs(time - word.start), spot)
            for spot, time in zip(spots, times, strict=True)
            if spot not in out and _bare(lines[spot[0]][spot[1]]) == _bare(word.text)
        ]
        if alike:
            out.add(min(alike)[1])
    kept = (
        " ".join(word for column, word in enumerate(line) if (row, column) not in out) for row, line in enumerate(lines)
    )
    return "\n".join(line for line in kept if line)
