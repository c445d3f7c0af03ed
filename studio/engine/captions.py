"""Captions from spoken sentences: lines a person can read in the time they stand, and their SubRip form. Pure text and frames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from studio.engine.time import Rate
from studio.engine.timeline import Caption

WIDTH = 42
"""Characters a line. Source: Netflix timed text style guide, English."""

LINES = 2
SHORTEST_S = 1.0
READ_CPS = 17.0
"""Characters a second a caption is held for where there is room. Source: BBC subtitle guidelines, 160-180 words a minute."""

GAP_FRAMES = 2
"""Frames without words between two captions, so that the eye sees the change. Source: Netflix timed text style guide."""

_LATEST_S = 0.5
"""How much later than the voice a caption may appear to let the one before it be read."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_ENDS = (",", ";", ":", "—", "–", "、", "，")
_LEANING = re.compile(
    "an?|the|of|to|in|on|at|by|for|with|from|and|or|but|as|my|your|his|her|its|our|their|is|not", re.IGNORECASE
)
"""Words that belong to the one after them: a line does not end with one if it need not."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is heard from one frame (in) to another (out), by whom."""

    start_frame: int
    end_frame: int
    text: str
    speaker: str = ""


def from_lines(sentences: Iterable[Sentence], rate: Rate) -> tuple[Caption, ...]:
    """Captions in order of time, at most two lines of 42 characters, never overlapping, at least two frames apart.

    Each begins with its words (up to half a second later where captions crowd) and stays until it can be read at 17
    characters a second and for a second, where the next leaves room; what is too short for that joins its neighbour
    when both are said by the same person and fit.
    """
    spoken = sorted((s for s in sentences if s.text.split()), key=lambda s: (max(s.start_frame, 0), s.end_frame))
    cues = _joined_shorts([cue for s in spoken for cue in _cues(s)], rate)
    out: list[Caption] = []
    for i, cue in enumerate(cues):
        start = max(cue.start_frame, out[-1].end + GAP_FRAMES if out else 0)
        following = cues[i + 1].start_frame if i + 1 < len(cues) else None
        end = max(cue.end_frame, start + _wanted(cue.text, rate))
        if following is not None:
            needed = start + rate.frames(SHORTEST_S)
            latest = max(following - GAP_FRAMES, min(needed, following - GAP_FRAMES + rate.frames(_LATEST_S)))
            end = min(end, latest)
        end = max(end, start + 1)
        out.append(Caption(start, end - start, "\n".join(_lines(cue.text.split(" "), WIDTH, LINES)), cue.speaker))
    return tuple(out)


def wrapped(text: str, width: int = WIDTH, lines: int = LINES) -> tuple[str, ...]:
    """The text as blocks to be shown one after another, each of at most `lines` lines of at most `width` characters.

    Blocks are of similar length and end with a sentence or clause where they can; words longer than a line are broken.
    Joined together again the blocks are the text, but for white space.
    """
    if width < 1 or lines < 1:
        raise ValueError("a caption has at least one line of one character")
    words = _words(text, width)
    blocks: list[str] = []
    for run in _runs(words, width, lines):
        blocks.append("\n".join(_lines(run, width, lines)))
    return tuple(blocks)


def srt(captions: Sequence[Caption], rate: Rate) -> str:
    """SubRip text of the captions.

    Milliseconds are rounded down, for start and end alike: a player that shows what has begun by a frame's time then
    shows and hides each caption on exactly its own frames.
    """
    return "\n".join("\n".join([str(i), *block, ""]) for i, block in enumerate(_blocks(captions, rate, ","), start=1))


def vtt(captions: Sequence[Caption], rate: Rate) -> str:
    """WebVTT text of the captions, for a player in a browser. Source: W3C WebVTT, where & and < are written as references."""
    blocks = _blocks(captions, rate, ".")
    escaped = (
        [stamp, *(line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)] for stamp, *lines in blocks
    )
    return "\n".join(["WEBVTT\n", *("\n".join([*block, ""]) for block in escaped)])


def _blocks(captions: Sequence[Caption], rate: Rate, point: str) -> list[list[str]]:
    """Each caption's line of times and its lines of words."""
    blocks: list[list[str]] = []
    for caption in captions:
        lines = [line for line in caption.text.replace("-->", "→").splitlines() if line.strip()]
        blocks.append([f"{_stamp(caption.start, rate, point)} --> {_stamp(caption.end, rate, point)}", *lines])
    return blocks


def _cues(sentence: Sentence) -> list[Sentence]:
    """The sentence in blocks of one line each, its time shared out by length."""
    blocks = [block.replace("\n", " ") for block in wrapped(sentence.text)]
    start = max(sentence.start_frame, 0)
    frames = max(sentence.end_frame - start, len(blocks))
    total = sum(len(block) for block in blocks)
    edges = [0]
    for block in blocks:
        edges.append(edges[-1] + len(block))
    return [
        Sentence(start + frames * a // total, max(start + frames * b // total, start + 1), block, sentence.speaker)
        for (a, b), block in zip(pairwise(edges), blocks, strict=True)
    ]


def _joined_shorts(cues: Sequence[Sentence], rate: Rate) -> list[Sentence]:
    """Cues in order, those with less room than they need to be read joined with the one that follows."""
    out: list[Sentence] = []
    for cue in cues:
        if out:
            before = out[-1]
            room = cue.start_frame - GAP_FRAMES - before.start_frame
            both = f"{before.text} {cue.text}"
            crowded = room < rate.frames(SHORTEST_S)
            if crowded and before.speaker == cue.speaker and len(wrapped(both)) == 1:
                out[-1] = replace(before, end_frame=max(before.end_frame, cue.end_frame), text=both)
                continue
        out.append(cue)
    return out


def _wanted(text: str, rate: Rate) -> int:
    """Frames a caption should stand to be read."""
    return max(rate.frames(SHORTEST_S), ceil(len(text) / READ_CPS * rate.fps))


def _words(text: str, width: int) -> list[str]:
    """The words, those longer than a line cut into pieces."""
    return [word[i : i + width] for word in text.split() for i in range(0, len(word), width)]


def _runs(words: Sequence[str], width: int, lines: int) -> list[list[str]]:
    """The words in the fewest blocks that can be laid out, the blocks ending well and of even length.

    Dynamic programming over where a block may end: fewest blocks first, then the least sum of squared lengths and
    penalties for ends inside a clause.
    """
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(words) + 1):
        options: list[tuple[int, float, int]] = []
        length = -1
        for start in range(end - 1, -1, -1):
            length += len(words[start]) + 1
            if length > (width + 1) * lines - 1 or not _fits(words[start:end], width, lines):
                break
            blocks, cost, _ = best[start]
            last = end == len(words)
            options.append((blocks + 1, cost + length**2 + (0 if last else _break_cost(words[end - 1], width)), start))
        best.append(min(options))
    out: list[list[str]] = []
    end = len(words)
    while end:
        start = best[end][2]
        out.append(list(words[start:end]))
        end = start
    return out[::-1]


def _fits(words: Sequence[str], width: int, lines: int) -> bool:
    """Whether filling line after line needs no more than `lines`."""
    used, column = 1, -1
    for word in words:
        if column + 1 + len(word) > width:
            used, column = used + 1, -1
        column += 1 + len(word)
    return used <= lines


def _lines(words: Sequence[str], width: int, lines: int) -> list[str]:
    """Words that fit laid out on as few lines as they need, of even length, no line ending with a word that leans on the next."""
    whole = " ".join(words)
    if len(whole) <= width:
        return [whole]
    splits: list[tuple[float, int]] = []
    for i in range(1, len(words)):
        head, rest = " ".join(words[:i]), words[i:]
        if len(head) <= width and _fits(rest, width, lines - 1):
            share = len(whole) / min(lines, ceil(len(whole) / width))
            splits.append(((len(head) - share) ** 2 + _break_cost(words[i - 1], width), i))
    at = min(splits)[1]
    return [" ".join(words[:at]), *_lines(words[at:], width, lines - 1)]


def _break_cost(word: str, width: int) -> float:
    """How bad it is to break after this word, in squared characters."""
    bare = word.rstrip("\"'”’)")
    if bare.endswith(_SENTENCE_ENDS):
        return 0.0
    if bare.endswith(_CLAUSE_ENDS):
        return (width * 0.1) ** 2
    return (width * (0.45 if _LEANING.fullmatch(word) else 0.25)) ** 2


def _stamp(frame: int, rate: Rate, point: str) -> str:
    ms = int(rate.seconds(frame) * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{point}{ms % 1000:03d}"
