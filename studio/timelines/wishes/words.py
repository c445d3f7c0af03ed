"""What is asked of the words of a cut: that some are cut out, or pauses, or fillers."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.errors import Invalid
from studio.timelines.transcript import Range, Word, cut_out, fillers, pauses, ranges_of, words_at
from studio.timelines.wishes.listing import Seen, Wished, wish

_MOST = 900


@wish
def take_words(seen: Seen, ranges: list[list[int]], ripple: bool) -> Wished:
    """Words out by their frames; with `ripple` the rest closes up, else gaps are left."""
    if any(len(each) != 2 for each in ranges):
        raise Invalid("Choose words first.", field="words")
    words = seen.words()
    gone = words_at(words, [(each[0], each[1]) for each in ranges])
    return _out(seen, ranges_of(gone, words), gone, _counted(len(gone), "word"), ripple=ripple)


@wish
def take_pauses(seen: Seen, before: int | None = None) -> Wished:
    """All long pauses shorter, or the one before the word that begins at a frame."""
    words = [word for word in seen.words() if before is None or word.start == before]
    found = pauses(words, seen.timeline.rate)
    return _out(seen, found, (), _counted(len(found), "pause") if before is None else "a pause out")


@wish
def take_fillers(seen: Seen) -> Wished:
    """Every um and uh out."""
    words = seen.words()
    found = fillers(words)
    return _out(seen, ranges_of(found, words), found, _counted(len(found), "filler"))


def _out(seen: Seen, ranges: Sequence[Range], gone: Sequence[Word], label: str, *, ripple: bool = True) -> Wished:
    if not ranges:
        raise Invalid("There is nothing of that in this cut.", field="words")
    return cut_out(seen.timeline, ranges[:_MOST], gone, ripple=ripple), label


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'} out"
