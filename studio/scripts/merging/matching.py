"""Which scene of an old text each scene of a new one is: by its words, its heading and its own number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.scripts.merging.offsets import WORD
from studio.scripts.views import Choice, Fate

SURE = 0.55
"""From this confidence on two scenes are one."""
DOUBTFUL = 0.35
"""Below this they are two; between the two a person decides."""
_FROM_DRAWER = 0.8
"""A cut scene comes back by itself only when it is surely the one."""
_SHARE = 0.6
"""A scene with so much of its words from one other scene is split off it, or merged into it."""
_FEWEST_WORDS = 4
_NUMBER = re.compile(r"#[\w.\-]{1,24}#\s*$")


@dataclass(frozen=True)
class Passage:
    """A scene to match: its heading, its number if the text itself gives one, and its raw text; cut ones lie in the drawer."""

    heading: str
    number: str
    text: str
    cut: bool = False

    @cached_property
    def key(self) -> str:
        """The heading without its number, case and spaces."""
        return " ".join(_NUMBER.sub("", self.heading).upper().split()).strip(" .")

    @cached_property
    def words(self) -> frozenset[tuple[str, int]]:
        """The multiset of its words: each with how many of it came before."""
        return frozenset(_counted(WORD.findall(self.text.lower())))

    @cached_property
    def marks(self) -> frozenset[int]:
        """The same as whole numbers: a quick estimate of what two scenes share."""
        return frozenset(map(hash, self.words))


@dataclass(frozen=True, slots=True)
class Match:
    """A new scene: the old one it is (`old`), all old ones whose words it has (`sources`), how sure that is (0..1)."""

    old: int | None
    sources: tuple[int, ...]
    fate: Fate
    confidence: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """An old and a new scene that may be one."""

    old: int
    new: int
    confidence: float


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What became of every scene: a match for each new one, the old ones that are cut, and what is in doubt.

    `gone` are old scenes merged into others; `cut` ones are in none.
    """

    matches: tuple[Match, ...]
    cut: tuple[int, ...]
    gone: tuple[int, ...]
    doubts: tuple[Doubt, ...]


def matched(
    olds: Sequence[Passage], news: Sequence[Passage], decided: Mapping[tuple[int, int], Choice] | None = None
) -> MergePlan:
    """The plan that turns the old scenes into the new ones; a doubt nobody decided counts as the same scene."""
    return _Matching(olds, news, decided or {}).plan()


def followed(olds: Sequence[Passage], news: Sequence[Passage], known: Sequence[int | None]) -> MergePlan:
    """The plan where it is known which old scene each new one is."""
    taken = set(known)
    pairs = {new: old for new, old in enumerate(known) if old is not None}
    matches = tuple(
        _match(new, pairs, (pairs[new],) if new in pairs else (), 1.0, olds, news) for new in range(len(news))
    )
    cut = tuple(i for i, old in enumerate(olds) if i not in taken and not old.cut)
    return MergePlan(_with_moves(matches, olds), cut, (), ())


def likeness(old: Passage, new: Passage) -> float:
    """How likely two scenes are one, 0..1: the share of words they have in common; a heading or number in common adds."""
    total = len(old.words) + len(new.words)
    apart = 1 - (2 * len(old.marks & new.marks) / total if total else 1.0)
    if old.key and old.key == new.key:
        apart *= 0.6
    if old.number and old.number == new.number:
        apart *= 0.6
    return 1 - apart


class _Matching:
    def __init__(
        self, olds: Sequence[Passage], news: Sequence[Passage], decided: Mapping[tuple[int, int], Choice]
    ) -> None:
        self.olds, self.news, self.decided = olds, news, decided
        self.pairs: dict[int, int] = {}
        self.confidence: dict[int, float] = {}
        self.free = set(range(len(olds)))

    def plan(self) -> MergePlan:
        self._take_equal()
        scored = self._scored()
        self._take([each for each in scored if each[0] >= SURE])
        sources, gone = self._shared()
        doubts = self._doubts(scored, sources, gone)
        self._by_heading(sources, gone)
        for old, new in self.pairs.items():
            sources[new].insert(0, old)
        owner = {new: old for old, new in self.pairs.items()}
        matches = tuple(
            _match(new, owner, sources[new], self.confidence.get(new, 1.0), self.olds, self.news)
            for new in range(len(self.news))
        )
        cut = tuple(sorted(i for i in self.free - gone if not self.olds[i].cut))
        return MergePlan(_with_moves(_with_splits(matches), self.olds), cut, tuple(sorted(gone)), doubts)

    def _pair(self, old: int, new: int, confidence: float) -> None:
        self.pairs[old] = new
        self.confidence[new] = confidence
        self.free.discard(old)

    def _take_equal(self) -> None:
        """Scenes whose text is the same, in their order; live ones before cut ones."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for i in sorted(self.free, key=lambda i: (self.olds[i].cut, i)):
            waiting[self.olds[i].text.strip()].append(i)
        for new, passage in enumerate(self.news):
            if same := waiting.get(passage.text.strip()):
                self._pair(same.pop(0), new, 1.0)

    def _scored(self) -> list[tuple[float, int, int]]:
        """Every pair that may be one, best first; of equals those nearest in place."""
        taken = set(self.pairs.values())
        found: list[tuple[float, int, int]] = []
        for new in range(len(self.news)):
            if new in taken:
                continue
            for old in self.free:
                least = _FROM_DRAWER if self.olds[old].cut else DOUBTFUL
                if self._may_reach(old, new, least):
                    score = likeness(self.olds[old], self.news[new])
                    if score >= least:
                        found.append((score, old, new))
        return sorted(found, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1]))

    def _may_reach(self, old: int, new: int, least: float) -> bool:
        """Whether the lengths alone leave room for so much likeness."""
        one, other = self.olds[old], self.news[new]
        if one.key == other.key or (one.number and one.number == other.number):
            return True
        a, b = len(one.words), len(other.words)
        return bool(a and b) and 2 * min(a, b) / (a + b) >= least

    def _take(self, scored: Iterable[tuple[float, int, int]]) -> None:
        taken = set(self.pairs.values())
        for score, old, new in scored:
            if old in self.free and new not in taken and self.decided.get((old, new)) != "apart":
                taken.add(new)
                self._pair(old, new, score)

    def _shared(self) -> tuple[dict[int, list[int]], set[int]]:
        """Old scenes each new one has words of besides its own: those it was split off, and those merged into it."""
        sources: dict[int, list[int]] = defaultdict(list)
        rest_of_old = {i: old.words for i, old in enumerate(self.olds) if not old.cut}
        rest_of_new = {i: new.words for i, new in enumerate(self.news)}
        for old, new in self.pairs.items():
            both = self.olds[old].words & self.news[new].words
            rest_of_old[old] = self.olds[old].words - both
            rest_of_new[new] = self.news[new].words - both
        owned = set(self.pairs.values())
        for new in range(len(self.news)):
            if new not in owned:
                found = _most_shared(rest_of_new[new], {o: w for o, w in rest_of_old.items() if o not in self.free})
                if found is not None:
                    sources[new].append(found)
                    rest_of_old[found] -= rest_of_new[new]
        gone: set[int] = set()
        for old in sorted(i for i in self.free if not self.olds[i].cut):
            found = _most_shared(self.olds[old].words, {n: w for n, w in rest_of_new.items() if n in owned})
            if found is not None:
                sources[found].append(old)
                rest_of_new[found] -= self.olds[old].words
                gone.add(old)
        return sources, gone

    def _by_heading(self, sources: dict[int, list[int]], gone: set[int]) -> None:
        """Of scenes merged the one with the heading goes on; of the parts of a split one that with its heading."""
        for old, new in list(self.pairs.items()):
            key = self.news[new].key
            if self.olds[old].key == key:
                continue
            merged = next((i for i in sources[new] if i in gone and self.olds[i].key == key), None)
            if merged is not None:
                del self.pairs[old]
                self.pairs[merged] = new
                self.free.discard(merged)
                gone.symmetric_difference_update((old, merged))
                sources[new][sources[new].index(merged)] = old
                continue
            owned = set(self.pairs.values())
            parts = (n for n, found in sources.items() if old in found and n not in owned)
            if (part := next((n for n in parts if self.news[n].key == self.olds[old].key), None)) is not None:
                self.pairs[old] = part
                sources[part].remove(old)
                sources[new].append(old)

    def _doubts(
        self, scored: Sequence[tuple[float, int, int]], sources: Mapping[int, Sequence[int]], gone: set[int]
    ) -> tuple[Doubt, ...]:
        """What is left and may be one scene; taken as the same unless somebody decided otherwise."""
        taken = set(self.pairs.values())
        found: list[Doubt] = []
        for score, old, new in scored:
            if score >= SURE or old not in self.free or old in gone or new in taken or sources.get(new):
                continue
            if any(d.new == new or d.old == old for d in found) and (old, new) not in self.decided:
                continue
            found.append(Doubt(old, new, score))
            if self.decided.get((old, new)) != "apart":
                taken.add(new)
                self._pair(old, new, score)
        return tuple(found)


def _counted(words: Iterable[str]) -> Iterable[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for word in words:
        yield word, seen[word]
        seen[word] += 1


def _most_shared(words: frozenset[tuple[str, int]], others: Mapping[int, frozenset[tuple[str, int]]]) -> int | None:
    """The other that holds most of these words, if that is enough."""
    if len(words) < _FEWEST_WORDS:
        return None
    plain = Counter(word for word, _ in words)
    best, most = None, 0.0
    for index, other in others.items():
        if len(other) < _SHARE * len(words):
            continue
        share = (plain & Counter(word for word, _ in other)).total() / len(words)
        if share > most:
            best, most = index, share
    return best if most >= _SHARE else None


def _match(
    new: int,
    owner: Mapping[int, int],
    sources: Sequence[int],
    confidence: float,
    olds: Sequence[Passage],
    news: Sequence[Passage],
) -> Match:
    old = owner.get(new)
    unique = tuple(dict.fromkeys(sources))
    if old is None:
        return Match(None, unique, "split" if unique else "new", confidence)
    if len(unique) > 1:
        return Match(old, unique, "merged", confidence)
    return Match(old, unique, "kept" if olds[old].text.strip() == news[new].text.strip() else "edited", confidence)


def _with_splits(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """A scene others were split off is split itself."""
    parts = Counter(source for match in matches for source in match.sources)
    return tuple(
        Match(m.old, m.sources, "split", m.confidence)
        if m.old is not None and len(m.sources) == 1 and parts[m.old] > 1
        else m
        for m in matches
    )


def _with_moves(matches: tuple[Match, ...], olds: Sequence[Passage]) -> tuple[Match, ...]:
    """Kept and edited scenes that are not where the order of most others would have them are moved."""
    stay = _longest_rising([(m.old, new) for new, m in enumerate(matches) if m.old is not None and not olds[m.old].cut])
    return tuple(
        Match(m.old, m.sources, "moved", m.confidence)
        if m.old is not None and new not in stay and m.fate in ("kept", "edited")
        else m
        for new, m in enumerate(matches)
    )


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The second values of the longest run of pairs, in their order, whose first values rise."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, (value, _) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(at[place - 1] if place else None)
        tails[place : place + 1] = [value]
        at[place : place + 1] = [index]
    found: set[int] = set()
    index = at[-1] if at else None
    while index is not None:
        found.add(pairs[index][1])
        index = before[index]
    return found
