"""The transcript of the open cut: what is spoken, word by word, and what can be taken out of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import reflex as rx

from state.bridge import read
from state.cut.document import cut_of
from state.gate import handler
from state.sparing import Sparing
from studio.engine.time import Rate
from studio.thread import saying
from studio.thread.views import Otherwise, ProjectHome
from studio.timelines import service as timelines
from studio.timelines.transcript import (
    LONGEST_PAUSE_S,
    Paragraph,
    Word,
    fillers,
    paragraphs,
    pauses,
)
from studio.timelines.wishes.typed import timecode

Tab = Literal["words", "captions"]
_PAGE = 120


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word to print; `pause` says how long it is quiet before it, "" where it is not; what `stays` is no pause of a talk."""

    text: str
    start: int
    end: int
    filler: bool
    pause: str
    stays: bool


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence to print. One of a voice has a `clip` and can be said otherwise; `says` is the script's line where that is
    another one by now, which can be `offered` these words.
    """

    key: str
    clip: str
    start: int
    text: str
    words: list[SaidWord]
    says: str = ""
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says without a long break."""

    at: str
    start: int
    end: int
    speaker: str
    sentences: list[SaidSentence]


class TranscriptState(Sparing, rx.State):
    """One page of what is spoken, and what can be taken out of all of it."""

    tab: str = rx.SessionStorage("words", name="cut-words-tab")  # a Tab, kept by the page over a new server
    said: list[Said] = []
    total: int = 0  # paragraphs
    first: int = 0
    words: int = 0
    fillers: int = 0
    pauses: int = 0
    quiet: str = ""  # how long all pauses are together
    find: str = ""
    _cut: str = ""
    _looked: tuple[str, int, int, str] = ("", 0, 0, "")

    @handler()
    async def show(self, tab: Tab) -> None:
        self.tab = tab
        await self._look(self._cut, ())

    @handler()
    async def turn(self, by: Literal[-1, 1]) -> None:
        self.first = max(0, self.first + by * _PAGE)
        await self._look(self._cut, ())

    @handler()
    async def look_for(self, words: str) -> None:
        """Only what is said with these words."""
        self.find, self.first = words[:100].strip(), 0
        await self._look(self._cut, ())

    async def _open(self, home: ProjectHome) -> None:
        self.find, self.first = "", 0

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Read the page of words on view; nothing is read while another tab is open."""
        self._cut = cut
        if not cut:
            self.said, self.total, self.words, self.fillers, self.pauses = [], 0, 0, 0, 0
            return
        found = await cut_of(cut)
        looked = (cut, found.revision, self.first, self.find)
        if self.tab != "words" or looked == self._looked:
            return
        rate = found.timeline.rate
        words = await read(timelines.words_of, cut)
        silent = pauses(words, rate)
        self.words, self.fillers, self.pauses = len(words), len(fillers(words)), len(silent)
        self.quiet = timecode(sum(end - start for start, end in silent), rate)
        told = [each for each in paragraphs(words, rate) if _told(each, self.find)]
        self.total = len(told)
        self.first = min(self.first, max(0, (len(told) - 1) // _PAGE * _PAGE))
        other = {(o.clip, o.start): o for o in await read(saying.otherwise_in_script, cut)}
        self.said = [_said(each, rate, other) for each in told[self.first : self.first + _PAGE]]
        self._looked = (cut, found.revision, self.first, self.find)

    async def _look_anew(self) -> None:
        """Read the page again though the cut is the same: its script is not."""
        self._looked = ("", 0, 0, "")
        await self._look(self._cut, ())


def _told(each: Paragraph, find: str) -> bool:
    if not find:
        return True
    text = " ".join(word.text for word in each.words)
    return find.casefold() in f"{each.speaker} {text}".casefold()


def _said(each: Paragraph, rate: Rate, other: Mapping[tuple[str, int], Otherwise]) -> Said:
    parts = (list(words) for _, words in groupby(each.words, key=lambda word: (word.clip, word.numbered)))
    sentences = [_sentence(words, rate, other.get((words[0].clip, words[0].start))) for words in parts]
    return Said(timecode(each.start, rate), each.start, each.words[-1].end, each.speaker, sentences)


def _sentence(words: Sequence[Word], rate: Rate, other: Otherwise | None) -> SaidSentence:
    longest = rate.frames(LONGEST_PAUSE_S)
    clip, start = words[0].clip, words[0].start
    return SaidSentence(
        key=f"{clip}@{start}",
        clip=clip,
        start=start,
        text=" ".join(word.text for word in words),
        words=[SaidWord(w.text, w.start, w.end, w.filler, _quiet(w, rate), w.pause > longest) for w in words],
        says=other.says if other else "",
        offered=other is not None and other.was != "",
    )


def _quiet(word: Word, rate: Rate) -> str:
    return f"{float(rate.seconds(word.pause)):.1f} s" if word.pause else ""
