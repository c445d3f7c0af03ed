"""Where the words of an old text stand in a new one: blocks of equal text found by a word-level diff."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

WORD = re.compile(r"\w+(?:['’]\w+)*")
_MANY_WORDS = 3000
"""Beyond this, frequent words begin no block: a diff stays far from quadratic."""


@dataclass(frozen=True, slots=True)
class Block:
    """`length` characters that are the same at `old_start` of the old text and at `new_start` of the new one."""

    old_start: int
    new_start: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old_start + self.length

    @property
    def new_end(self) -> int:
        return self.new_start + self.length


def blocks(old: str, new: str, *, old_at: int = 0, new_at: int = 0) -> tuple[Block, ...]:
    """The blocks two texts share, in the order of both; the texts begin at these offsets of their sources."""
    head = _common_start(old, new)
    tail = _common_start(old[head:][::-1], new[head:][::-1])
    found = [Block(0, 0, head)] if head else []
    found += _word_blocks(old, new, head, len(old) - tail, len(new) - tail)
    if tail:
        found.append(Block(len(old) - tail, len(new) - tail, tail))
    return tuple(Block(old_at + b.old_start, new_at + b.new_start, b.length) for b in _joined(found))


def moved(found: Sequence[Block], offset: int) -> int | None:
    """Where an old offset is now; None when the text there is gone. Blocks are in the order of the old text."""
    at = bisect_right(found, offset, key=_old_start) - 1
    if at < 0 or offset > found[at].old_end:
        return None
    return found[at].new_start + offset - found[at].old_start


def within(found: Sequence[Block], start: int, end: int) -> list[Block]:
    """The parts of blocks that lie in `start..end` of the old text."""
    at = max(bisect_right(found, start, key=_old_start) - 1, 0)
    kept: list[Block] = []
    for block in found[at:]:
        if block.old_start >= end:
            break
        left, right = max(block.old_start, start), min(block.old_end, end)
        if left < right:
            kept.append(Block(left, block.new_start + left - block.old_start, right - left))
    return kept


def shared_out(pairs: Sequence[tuple[tuple[int, int], tuple[Block, ...]]]) -> dict[tuple[int, int], tuple[Block, ...]]:
    """Blocks of several (old, new) pairs of texts, cut so that no word of either side is in two: the longest come first."""
    if len(pairs) < 2:
        return dict(pairs)
    old_taken: dict[int, list[tuple[int, int]]] = {}
    new_taken: dict[int, list[tuple[int, int]]] = {}
    out: dict[tuple[int, int], list[Block]] = {pair: [] for pair, _ in pairs}
    for pair, block in sorted(((p, b) for p, found in pairs for b in found), key=lambda each: -each[1].length):
        old, new = old_taken.setdefault(pair[0], []), new_taken.setdefault(pair[1], [])
        for left, right in _free(block.old_start, block.old_end, old):
            shift = block.new_start - block.old_start
            for first, last in _free(left + shift, right + shift, new):
                out[pair].append(Block(first - shift, first, last - first))
        old.append((block.old_start, block.old_end))
        new.append((block.new_start, block.new_end))
    return {pair: tuple(sorted(found, key=_old_start)) for pair, found in out.items()}


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    free = [(start, end)]
    for left, right in taken:
        free = [piece for a, b in free for piece in ((a, min(b, left)), (max(a, right), b)) if piece[0] < piece[1]]
    return free


def _old_start(block: Block) -> int:
    return block.old_start


def _common_start(old: str, new: str) -> int:
    """How many characters two texts have in common at their start, without cutting a word in two."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[:middle] == new[:middle]:
            low = middle
        else:
            high = middle - 1
    if low == len(old) == len(new):
        return low
    while low and any(text[low - 1 : low].isalnum() and text[low : low + 1].isalnum() for text in (old, new)):
        low -= 1
    return low


def _word_blocks(old: str, new: str, head: int, old_end: int, new_end: int) -> list[Block]:
    olds = [(m.start(), m.end()) for m in WORD.finditer(old, head, old_end)]
    news = [(m.start(), m.end()) for m in WORD.finditer(new, head, new_end)]
    if not olds or not news:
        return []
    matcher = SequenceMatcher(
        None, [old[a:b] for a, b in olds], [new[a:b] for a, b in news], autojunk=len(news) > _MANY_WORDS
    )
    found: list[Block] = []
    for first, other, size in matcher.get_matching_blocks():
        for step in range(size):
            (a, b), (x, _) = olds[first + step], news[other + step]
            found.append(Block(a, x, b - a))
            if step and old[olds[first + step - 1][1] : a] == new[news[other + step - 1][1] : x]:
                before = found[-2]
                found[-2:] = [replace(before, length=b - before.old_start)]
    return found


def _joined(found: Sequence[Block]) -> list[Block]:
    out: list[Block] = []
    for block in found:
        if out and (out[-1].old_end, out[-1].new_end) == (block.old_start, block.new_start):
            out[-1] = replace(out[-1], length=out[-1].length + block.length)
        else:
            out.append(block)
    return out
