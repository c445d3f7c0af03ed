"""A scene cut into beats: sentences of action and pieces of speech, each with its source span and the people it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from studio.engine.artist.cast.things import is_thing
from studio.scripts.elements import Element, Kind, source_offset
from studio.scripts.outline import Off, Outline, SceneOutline, Speech, said
from studio.storyboards.rules.reading import PERSON_NOUNS, THINGS, leaves, word_set
from studio.storyboards.shots import Line

LONGEST_SENTENCE = 24
"""Words spoken in one breath: a longer sentence is cut at a clause."""

_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s|$)|[。！？]+[」』”]*|\n(?=[ \t]*(?:[-–—•*]|\w{1,2}[.)])\s)|(?<=:)\n|\n[ \t]*\n"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|Col|Gen|Prof|Jr|Sr|No|vs|etc|approx|INT|EXT|[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_CLAUSE_END = re.compile(r"[,;:–—]\s|\s--?\s|[，；、]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_INTRODUCED = re.compile(
    r"\b([A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]+){0,2})"
    r"(?=\s*(?:\(|,\s*)(?:an? )?(?:age |aged |early |mid|late |about )?[- ]?(?:\d{1,2}\b|\d0s|teens?|"
    r"twent|thirt|fort|fift|sixt|sevent|eight))"
)
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")
_LISTED = re.compile(r"\b[A-ZÀ-Þ]{3,}(?:(?:, | and |, and | & )[A-ZÀ-Þ]{3,}\b)+(?=,? [a-z])")
_TITLES = word_set(
    "THE OLD YOUNG LITTLE BIG MR MRS MS DR DOCTOR DETECTIVE OFFICER CAPTAIN SERGEANT AGENT INSPECTOR LADY "
    "LORD SIR AUNT UNCLE"
)
_DOER = re.compile(
    r"(?<![\w'’.-])(?<!\b[Aa] )(?<!\b[Aa]n )(?<!\b[Tt]he )(?<!\b[Hh]is )(?<!\b[Hh]er )([A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,20})"
    r"(?=(?:, [^.,]{1,60},)? (?:[a-z]{2,20}ly )?[a-z]{2,20}s\b)"
)
_SOUNDS = word_set(
    "RAIN THUNDER SILENCE BANG CRASH MUSIC SMOKE FIRE WATER WIND SNOW LIGHT DARKNESS BLOOD SUPER TITLE "
    "CUT FADE CLOSE WIDE ANGLE POV INSERT PAN CRANE SHOT SERIES INTERCUT BACK END MONTAGE AERIAL "
    "EXPLOSION GUNFIRE GUNSHOT HEADLIGHTS LIGHTNING NOTHING NOBODY EVERYBODY EVERYONE SOMEONE SOMETHING "
    "NIGHT DAWN DUSK BOOM SLAM WHAT THIS THAT ALL"
)
_COMPARISONS = frozenset(["like", "as", "than", "is", "was", "be"])
_ARTICLES = frozenset(["a", "an", "the", "another", "this", "that", "one", "two"])
_PRONOUNS = {"he": False, "him": False, "his": False, "she": True, "her": True}
_AFTER_OBJECT = word_set(
    "and to in on at by into with from as for against away back down up off out through towards across "
    "over until while but then there inside hard again"
) | {""}
_NOUN_GENDERS = {
    **dict.fromkeys(("man", "boy", "policeman", "barman", "priest", "waiter", "fisherman"), False),
    **dict.fromkeys(("woman", "girl", "policewoman", "waitress"), True),
}
_SEVERAL = frozenset(["they", "them", "both", "everyone", "their"])


@dataclass(frozen=True, slots=True)
class Beat:
    """One sentence of action, or one piece of a speech when `line` is set.

    `cue` counts the speeches of the scene; `people` are those the sentence is about, the doer first; `named` is false when only
    a pronoun points at them.
    """

    text: str
    start: int
    end: int
    line: Line | None = None
    cue: int = -1
    people: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True)
class SceneBeats:
    """The beats of a scene, and everybody in it: `people` in order of appearance are those who are seen."""

    scene: SceneOutline
    beats: tuple[Beat, ...]
    people: tuple[str, ...]

    @cached_property
    def latecomers(self) -> frozenset[str]:
        """People first shown by action after others were seen: they are not in the picture before that."""
        late: set[str] = set()
        seen: set[str] = set()
        for beat in self.beats:
            if beat.line is None and seen:
                late.update(name for name in beat.people if name not in seen)
            seen.update(beat.people)
        return frozenset(late)

    @cached_property
    def acting(self) -> frozenset[str]:
        """People the action of the scene shows."""
        return frozenset(name for beat in self.beats if beat.line is None for name in beat.people)


class People:
    """The people of a film as its action names them: those of the outline, and silent ones whose names stand in capitals.

    Reading is linear in the text whatever the number of people.
    """

    def __init__(self, outline: Outline) -> None:
        characters = outline.characters
        self._feminine = {person.name: person.feminine for person in characters}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        claims: dict[str, set[str]] = {}
        for person in characters:
            for name in (person.name, *person.aliases):
                words = tuple(_bare(word) for word in _WORD.findall(name.upper()))
                if words:
                    self._add(words, person.name)
                for word in words if len(words) > 1 else ():  # "STEEL" is DETECTIVE STEEL when nobody else is
                    claims.setdefault(word, set()).add(person.name)
        for word, names in claims.items():
            if len(names) == 1 and word not in _TITLES and len(word) > 2 and not word.isdigit():
                self._add((word,), next(iter(names)))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

        for scene in outline.scenes:
            for element in scene.elements:
                if element.kind is Kind.ACTION and not element.text.isupper():
                    self._meet(element.text)

    def _meet(self, text: str) -> None:
        """Learn the silent people a paragraph brings in: "IDA (30s)", "IDA waits", "IDA, TOM and BO wait"."""
        names = [match[1].strip() for pattern in (_INTRODUCED, _DOER) for match in pattern.finditer(text)]
        for match in _LISTED.finditer(text):
            names += _CAPITALS.findall(match[0])
        for name in names:
            words = tuple(_bare(word) for word in _WORD.findall(name))
            plain = {word.lower() for word in words} & (THINGS | PERSON_NOUNS)
            plain |= {name} if is_thing(name) else set()
            if words and words[0] not in self._by_first and not plain and not _SOUNDS & set(words) and len(name) > 2:
                self._add(words, " ".join(words))

    def _add(self, words: tuple[str, ...], name: str) -> None:
        entries = self._by_first.setdefault(words[0], [])
        if all(words != known for known, _ in entries):
            entries.append((words, name))

    def feminine(self, name: str) -> bool | None:
        """What the script says of a person's gender, None when it says nothing."""
        return self._feminine.get(name)

    def named_in(self, text: str, strangers: dict[str, None]) -> tuple[str, ...]:
        """The people a sentence names, in order; those without a name ("a man") are added to `strangers`, kept by the caller."""
        words = [_bare(match[0]) for match in _WORD.finditer(text)]
        raw = [match[0] for match in _WORD.finditer(text)]
        found: dict[str, None] = {}
        index = 0
        while index < len(words):
            name, length = self._known_at(raw, words, index)
            if name is None:
                name, length = _stranger_at(text, raw, index, strangers, alone=not found)
            if name is not None:
                found.setdefault(name)
            index += max(length, 1)
        return tuple(found)

    def _known_at(self, raw: list[str], words: list[str], index: int) -> tuple[str | None, int]:
        for pattern, name in self._by_first.get(words[index].upper(), ()):
            length = len(pattern)
            if tuple(word.upper() for word in words[index : index + length]) != pattern:
                continue
            capital = raw[index][0].isupper()
            if capital or (index > 0 and words[index - 1].lower() == "the"):
                return name, length
        return None, 0


def _stranger_at(
    text: str, raw: list[str], index: int, strangers: dict[str, None], *, alone: bool
) -> tuple[str | None, int]:
    word = _bare(raw[index])
    lower = word.lower()
    if lower not in PERSON_NOUNS or not alone:
        return None, 0
    before = [item.lower() for item in raw[max(index - 3, 0) : index]]
    follows = raw[index + 1] if index + 1 < len(raw) else ""
    if _COMPARISONS & set(before) or (word.isupper() and follows.isupper()):  # "THE BOY BAND" is no boy
        return None, 0
    known = lower.upper() in strangers
    if known or _ARTICLES & set(before) or word.isupper():
        strangers.setdefault(lower.upper())
        return lower.upper(), 1
    return None, 0


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word, flags=re.IGNORECASE)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, as (start, end) indexes without the white space around them."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0][0] not in "\n。！？" and _goes_on(text, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + 4].lstrip()
    if match[0].startswith((".", "…")) and rest[:1].islower():
        return True
    return match[0] == "." and _ABBREVIATION.search(text[max(match.start() - 12, 0) : match.end()]) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        yield start + left, start + right


def breaths(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a speech stand: its sentences, cut at a clause or a word when longer than `LONGEST_SENTENCE` words."""
    for start, end in sentences(text):
        while len(text[start:end].split()) > LONGEST_SENTENCE or end - start > 12 * LONGEST_SENTENCE:
            cut = _clause_cut(text, start, end)
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, end)


def _clause_cut(text: str, start: int, end: int) -> int:
    """The index to cut a long sentence at: the clause end nearest to a breath's length, else a word's, else a letter's."""
    words = [start + match.end() for match in re.finditer(r"\S+", text[start : start + 12 * LONGEST_SENTENCE])]
    limit = min(words[min(LONGEST_SENTENCE - 4, len(words) - 1)], end - 1)
    clauses = [start + match.end() for match in _CLAUSE_END.finditer(text[start:limit])]
    if clauses and clauses[-1] > start + (limit - start) // 3:
        return clauses[-1]
    return limit if len(words) > 1 else min(start + 12 * LONGEST_SENTENCE - 8, end - 1)


def scene_beats(scene: SceneOutline, people: People) -> SceneBeats:
    """The beats of a scene in script order, with the people each is about (pronouns go to whoever was named last)."""
    reader = _SceneReader(scene, people)
    beats = tuple(reader.beats())
    return SceneBeats(scene, beats, tuple(dict.fromkeys(name for beat in beats for name in beat.people)))


class _SceneReader:
    def __init__(self, scene: SceneOutline, people: People) -> None:
        self.scene = scene
        self.people = people
        self.strangers: dict[str, None] = {}
        self.recent: dict[str, None] = {}
        self.group: tuple[str, ...] = ()
        self.speeches = {id(speech.element): (cue, speech) for cue, speech in enumerate(said(scene))}

    def beats(self) -> Iterator[Beat]:
        for element in self.scene.elements:
            if element.kind in (Kind.ACTION, Kind.CENTERED):
                yield from self._action(element)
            elif id(element) in self.speeches:
                cue, speech = self.speeches[id(element)]
                yield from self._speech(cue, speech)

    def _action(self, element: Element) -> Iterator[Beat]:
        for start, end in sentences(element.text):
            text = " ".join(element.text[start:end].split())
            names, named = self._about(text)
            yield Beat(
                text,
                source_offset(element, start),
                source_offset(element, end - 1) + 1,
                people=names,
                named=named,
            )

    def _speech(self, cue: int, speech: Speech) -> Iterator[Beat]:
        off = "" if speech.off is Off.NONE else ("V.O." if speech.off is Off.VO else "O.S.")
        if not off and not is_thing(speech.speaker):  # a machine is no "he"
            self._remember(speech.speaker)
        for start, end in breaths(speech.text):
            text = " ".join(speech.text[start:end].split())
            first = source_offset(speech.element, start)
            last = source_offset(speech.element, end - 1) + 1
            line = Line(speech.speaker, text, speech.manner, off, first, last)
            yield Beat(text, first, last, line, cue, () if off else (speech.speaker,))

    def _about(self, text: str) -> tuple[tuple[str, ...], bool]:
        """The people of a sentence, the doer first, and whether any of them is named in it."""
        names = self.people.named_in(text, self.strangers)
        words = [word.lower() for word in _WORD.findall(text)]
        if not names:
            return self._meant(words), False
        for name in reversed(names):
            self._remember(name)
        other = self._object_of(words, names[0])
        people = names if other is None or other in names else (*names, other)
        self.group = people if len(people) > 1 else self.group
        return people, True

    def _meant(self, words: list[str]) -> tuple[str, ...]:
        """Whom the pronouns of a sentence mean; "they" leaves out whoever else is pointed at."""
        pointed = next((word for word in words if word in _PRONOUNS or word in _SEVERAL), None)
        if pointed is None:
            return ()
        if pointed in _SEVERAL:
            other = self._object_of(words, None)
            group = self.group or tuple(self.recent)[-2:]  # nobody was named together: those who speak with each other
            return tuple(name for name in group if name != other) if len(group) > 1 else ()
        doer = self._latest(_PRONOUNS[pointed], None)
        if doer is None:
            return ()
        other = self._object_of(words, doer) if pointed in ("he", "she") else None
        return (doer,) if other is None else (doer, other)

    def _object_of(self, words: list[str], doer: str | None) -> str | None:
        """Whom "him" or "her" means as the object of a sentence: never its doer; "her hand" is no object."""
        for word, following in zip(words, [*words[1:], ""], strict=True):
            if word == "him" or (word == "her" and following in _AFTER_OBJECT):
                return self._latest(_PRONOUNS[word], doer)
        return None

    def _latest(self, feminine: bool, besides: str | None) -> str | None:
        """Who was last named or speaking and may be a "she" (or a "he"): of the last two, one who surely is."""
        fitting = [name for name in islice(reversed(self.recent), 12) if name != besides]
        sure = next((name for name in fitting[:2] if self._gender(name) is feminine), None)
        return sure or next((name for name in fitting if self._gender(name) in (None, feminine)), None)

    def _gender(self, name: str) -> bool | None:
        noun = name.rsplit(" ", 1)[-1].lower()
        return _NOUN_GENDERS.get(noun, self.people.feminine(name))

    def _remember(self, name: str) -> None:
        self.recent.pop(name, None)
        self.recent[name] = None


def gone_after(beat: Beat) -> tuple[str, ...]:
    """The people who leave in an action beat."""
    return beat.people[:1] if beat.line is None and leaves(beat.text) else ()
