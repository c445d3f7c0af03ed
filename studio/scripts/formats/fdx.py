"""Final Draft documents (.fdx, versions 8 to 13) read into a draft; writing them is `fdx_out.py`.

The format has no public description; what is read here is what the programs' files hold. Words are never left out: what
has no place in Fountain becomes a note, a synopsis or boneyard, and what is only looks is counted as lost.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from studio.core.errors import Invalid
from studio.scripts.elements import Emphasis, Kind, Side
from studio.scripts.formats.draft import Draft
from studio.scripts.formats.fountain_out import fountain_of
from studio.scripts.formats.parts.gathering import Gathering, capitals, styled, together, unpadded, without_brackets
from studio.scripts.formats.parts.hostile import xml_root
from studio.scripts.formats.parts.titles import title_entries
from studio.scripts.formats.settled import SPOKEN, Words
from studio.scripts.headings import is_heading

KIND = "Final Draft document"
BONEYARD = "Boneyard"
"""The name of a script note that holds boneyard, in the files we write."""

_KINDS = {
    "scene heading": Kind.SCENE_HEADING,
    "action": Kind.ACTION,
    "general": Kind.ACTION,
    "cast list": Kind.ACTION,
    "character": Kind.CHARACTER,
    "parenthetical": Kind.PARENTHETICAL,
    "dialogue": Kind.DIALOGUE,
    "lyrics": Kind.LYRICS,
    "singing": Kind.LYRICS,
    "transition": Kind.TRANSITION,
    "new act": Kind.CENTERED,
    "end of act": Kind.CENTERED,
    "summary": Kind.SYNOPSIS,
}
# Types that have no word in Fountain, by what they are read as.
_TYPES_LOST = {
    "shot": "shot headings (kept as action)",
    "cast list": "cast lists (kept as action)",
    "new act": "act headings (kept as centered lines)",
    "end of act": "act headings (kept as centered lines)",
}
_EMPHASES = {"bold": Emphasis.BOLD, "italic": Emphasis.ITALIC, "underline": Emphasis.UNDERLINE}
_OUTLINE = re.compile(r"outline (\d)\b")
_BLACK = frozenset({"", "#000000000000", "#000000"})
_WHITE = frozenset({"", "#FFFFFFFFFFFF", "#FFFFFF"})


def read_fdx(data: bytes) -> Draft:
    """A Final Draft document as a draft; `place` counts its paragraphs.

    Raises:
        Invalid: it is damaged, or no Final Draft document.
        LimitReached: it is too large.
    """
    root = xml_root(data, KIND)
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        raise Invalid(
            "This Final Draft document has no script in it. Open it in Final Draft, save it again, and bring that in.",
            field="script",
        )
    return _Reader(root).read(content)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a type of paragraph is set: in capitals, from which inch, centered."""

    capitals: bool = False
    left: float = 1.5
    centered: bool = False


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._gathering = Gathering()
        self._looks = {each.get("Type", ""): _look(each) for each in root.iter("ElementSettings")}
        self._ranged = _ranged_notes(root)
        self._at = 0  # where a paragraph begins, as script notes count
        self._omitted = 0

    def read(self, content: Element) -> Draft:
        title = self._root.find("TitlePage/Content")
        if title is None:
            title = content.find("TitlePage/Content")
        for index, paragraph in enumerate(content.findall("Paragraph"), start=1):
            late = self._ranged_to(paragraph)
            self._paragraph(paragraph, f"paragraph {index}", late=late)
        for note in self._ranged:
            self._gathering.note(note[1])
        _count_losses(self._root, self._gathering)
        return self._gathering.draft("fdx", title_entries(_title_lines(title)), *self._sentences())

    def _sentences(self) -> list[str]:
        if not self._omitted:
            return []
        scenes = "1 omitted scene is" if self._omitted == 1 else f"{self._omitted} omitted scenes are"
        return [f"{scenes} kept where it was, out of the film: its words stand between /* and */."]

    def _paragraph(self, paragraph: Element, place: str, side: Side = Side.NONE, late: tuple[str, ...] = ()) -> None:
        notes, boneyards = _notes(paragraph)
        notes += late
        if dual := paragraph.find("DualDialogue"):
            self._dual(dual, place)
        words = self._shown(paragraph)
        kind, depth, certain = self._kind(paragraph, words)
        if lost := _TYPES_LOST.get(paragraph.get("Type", "").casefold().strip()):
            self._gathering.lose(lost, bool(words.text.strip()))
        if paragraph.get("StartsNewPage") == "Yes":
            alone = not words.text.strip() and not boneyards
            self._gathering.add(Kind.PAGE_BREAK, Words(""), notes=notes if alone else (), place=place)
            notes = () if alone else notes
        if kind is Kind.PARENTHETICAL:
            words = without_brackets(words)
        number = paragraph.get("Number", "") if words.text.strip() else ""
        self._gathering.add(
            kind, words, number=number, side=side, notes=notes, depth=depth, place=place, certain=certain
        )
        for text in boneyards:
            self._gathering.boneyard(text, place)
        for line in _scene_properties(paragraph):
            self._gathering.add(Kind.SYNOPSIS, line, place=place)
        for omitted in paragraph.findall("OmittedScene"):
            self._omit(omitted, place)

    def _kind(self, paragraph: Element, words: Words) -> tuple[Kind, int, bool]:
        """What a paragraph is, how deep, and whether the file says so."""
        written = paragraph.get("Type", "")
        name = written.casefold().strip()
        if outline := _OUTLINE.match(name):
            return Kind.SECTION, int(outline[1]), True
        look = self._looks.get(written, _Look())
        centered = paragraph.get("Alignment", "Center" if look.centered else "Left") == "Center"
        if name == "shot":
            return Kind.ACTION, 0, True
        kind = _KINDS.get(name)
        if kind is Kind.ACTION and centered:
            return Kind.CENTERED, 0, True
        if kind:
            return kind, 0, True
        return (Kind.CENTERED if centered else self._guess(words.text.strip(), look)), 0, False

    def _guess(self, text: str, look: _Look) -> Kind:
        """What a type of somebody's own is, by its words and where it is set."""
        if is_heading(text):
            return Kind.SCENE_HEADING
        if text == text.upper() and text.endswith("TO:"):
            return Kind.TRANSITION
        if look.left >= 3.2 and text == text.upper():
            return Kind.CHARACTER
        if self._gathering.speaking and text.startswith("(") and text.endswith(")"):
            return Kind.PARENTHETICAL
        if self._gathering.speaking and look.left >= 2:
            return Kind.DIALOGUE
        return Kind.ACTION

    def _shown(self, paragraph: Element) -> Words:
        """The words as Final Draft shows them: some types are in capitals however they were typed."""
        look = self._looks.get(paragraph.get("Type", ""), _Look())
        return capitals(_words(paragraph)) if look.capitals else _words(paragraph)

    def _dual(self, dual: Element, place: str) -> None:
        """Two speeches side by side: the second cue begins the right column."""
        side = Side.NONE
        for paragraph in dual.findall("Paragraph"):
            words = self._shown(paragraph)
            kind = self._kind(paragraph, words)[0]
            if kind is Kind.CHARACTER and words.text.strip():
                side = Side.RIGHT if side else Side.LEFT
            self._paragraph(paragraph, place, side if kind is Kind.CHARACTER or kind in SPOKEN else Side.NONE)

    def _omit(self, omitted: Element, place: str) -> None:
        """An omitted scene becomes boneyard: its words as Fountain, so that they can be taken back."""
        inner = _Reader(Element("FinalDraft"))
        inner._looks = self._looks
        draft = inner.read(_content(omitted))
        text = fountain_of(draft).strip()
        if text:
            self._omitted += 1
            self._gathering.boneyard(text.replace("/*", "/ *"), place)

    def _ranged_to(self, paragraph: Element) -> tuple[str, ...]:
        """The notes kept apart that stand at a paragraph; a block in it counts two."""
        blocks = len(paragraph.findall("DualDialogue")) + len(paragraph.findall("OmittedScene"))
        self._at += _length(_words(paragraph).text) + 2 * blocks + 1
        notes: list[str] = []
        while self._ranged and self._ranged[0][0] < self._at:
            notes.append(self._ranged.popleft()[1])
        return tuple(notes)


def _notes(paragraph: Element) -> tuple[tuple[str, ...], list[str]]:
    """The notes at a paragraph, and the boneyard we wrote as one."""
    notes: list[str] = []
    boneyards: list[str] = []
    for note in paragraph.findall("ScriptNote"):
        if note.get("Name") == BONEYARD:
            boneyards.append(_plain(note))
        elif words := _noted(note):
            notes.append(words)
    for beat in paragraph.findall("SceneProperties/SceneArcBeats/CharacterArcBeat"):
        if words := "".join(beat.itertext()).strip():
            notes.append(f"{beat.get('Name', '')}: {words}")
    return tuple(notes), boneyards


def _noted(note: Element) -> str:
    name, text = note.get("Name", "").strip(), _plain(note)
    return f"{name}: {text}" if name and text else name or text


def _look(settings: Element) -> _Look:
    font, layout = settings.find("FontSpec"), settings.find("ParagraphSpec")
    style = font.get("Style", "") if font is not None else ""
    if layout is None:
        return _Look("AllCaps" in style)
    try:
        left = float(layout.get("LeftIndent", "1.5"))
    except ValueError:
        left = 1.5
    return _Look("AllCaps" in style, left, layout.get("Alignment") == "Center")


def _words(paragraph: Element) -> Words:
    """The runs of a paragraph as they stand, joined with nothing between."""
    runs = paragraph.findall("Text")
    texts = unpadded(["".join(run.itertext()) for run in runs])
    return together(_run(run, text) for run, text in zip(runs, texts, strict=True))


def _run(run: Element, text: str) -> Words:
    styles = [style.strip().casefold() for style in run.get("Style", "").split("+")]
    words = styled(text, *(_EMPHASES[style] for style in styles if style in _EMPHASES))
    return capitals(words) if "allcaps" in styles else words


def _plain(element: Element) -> str:
    """The lines of what holds paragraphs."""
    return "\n".join(_words(paragraph).text for paragraph in element.iter("Paragraph")).strip()


def _scene_properties(paragraph: Element) -> list[Words]:
    """The title of a scene and its summary, a line each."""
    properties = paragraph.find("SceneProperties")
    if properties is None:
        return []
    lines = [Words(properties.get("Title", ""))]
    for summary in properties.findall("Summary/Paragraph"):
        lines += _words(summary).lines()
    return [line for line in lines if line.text.strip()]


def _title_lines(title: Element | None) -> list[tuple[str, str, bool]]:
    """The lines of the title page: the key we wrote with it or nothing, its words, whether it is centered."""
    if title is None:
        return []
    return [
        (paragraph.get("Bookmark", ""), line, paragraph.get("Alignment") == "Center")
        for paragraph in title.findall("Paragraph")
        for line in _words(paragraph).text.split("\n")
    ]


def _content(omitted: Element) -> Element:
    inner = omitted.find("Content")
    return omitted if inner is None else inner


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _ranged_notes(root: Element) -> deque[tuple[int, str]]:
    """Notes kept after the script with the range they stand at, as Final Draft 12 and later write them.

    A range counts letters; a paragraph end counts one, a dual dialogue or an omitted scene two.
    """
    found: list[tuple[int, str]] = []
    for note in root.findall("ScriptNotes/ScriptNote"):
        first = note.get("Range", "").partition(",")[0].strip()
        if words := _noted(note):
            found.append((int(first[:9]) if first.isdecimal() else 0, words))
    return deque(sorted(found, key=lambda note: note[0]))


def _count_losses(root: Element, gathering: Gathering) -> None:
    for text in root.iterfind("Content//Text"):
        gathering.lose("revision marks", text.get("RevisionID", "0") not in ("", "0"))
        gathering.lose("production tags", bool(text.get("TagNumber")))
        tinted = text.get("Color", "").upper() not in _BLACK or text.get("Background", "").upper() not in _WHITE
        gathering.lose("coloured words", tinted and bool(text.text))
        gathering.lose("struck-out words (kept as plain words)", "strikeout" in text.get("Style", "").casefold())
    for properties in root.iterfind("Content//SceneProperties"):
        gathering.lose("scene colours", bool(properties.get("Color")))
    gathering.lose("lines set to the right", sum(_right(each) for each in root.iterfind("Content/Paragraph")))
    gathering.lose("pictures", sum(1 for each in root.iter() if each.tag in ("Image", "Picture")))
    gathering.lose("alternate lines", sum(1 for each in root.iter("Alt") if "".join(each.itertext()).strip()))
    gathering.lose("cards of the beat board", sum(1 for _ in root.iter("Beat")))
    gathering.lose("page headers and footers", sum(map(_has_letters, root.findall("HeaderAndFooter"))))


def _right(paragraph: Element) -> bool:
    return paragraph.get("Alignment") == "Right" and paragraph.get("Type") in ("Action", "General")


def _has_letters(element: Element) -> int:
    return int(any(letter.isalpha() for text in element.iter("Text") for letter in "".join(text.itertext())))
