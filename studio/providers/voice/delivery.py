"""How a line is to be said: its sentences, pauses, language and manner, read from the text. No sound is made here."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum

PIECE_AT_MOST = 400
"""Characters given to the program at once."""

BEAT_S = 0.9
"""Length of a written (beat)."""


class Manner(Enum):
    PLAIN = "plain"
    WHISPER = "whisper"
    QUIET = "quiet"
    SHOUT = "shout"
    SLOW = "slow"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` of the line, what is `spoken` of it ("" for nothing), and seconds of `pause` after it."""

    start: int
    end: int
    spoken: str
    pause: float


_MANNERS: tuple[tuple[Manner, str], ...] = (
    (Manner.WHISPER, r"whisper\w*|sotto|hushed|under (?:his|her|their|my) breath|mouth(?:s|ing)"),
    (
        Manner.SHOUT,
        r"shout\w*|yell\w*|scream\w*|bellow\w*|roar\w*|furious\w*|enraged|call(?:s|ing)(?: out)?|at the top",
    ),
    (Manner.QUIET, r"quiet\w*|soft\w*|gentl\w*|murmur\w*|mutter\w*|low|tender\w*|to (?:him|her|them)self"),
    (Manner.FAST, r"fast|quick\w*|hurr\w+|breathless\w*|panick?\w*|excited\w*|urgent\w*|frantic\w*"),
    (Manner.SLOW, r"slow\w*|tired\w*|weak\w*|exhausted|drunk\w*|weary|wearily|sad\w*|sobb\w+|crying|grie\w+|dying"),
)
_BEAT = r"\(\s*(?:a\s+|another\s+)?(?:long\s+|short\s+)?(?:beat|pause|silence)\b[^()]{0,40}\)"
_DIRECTION = r"\(\s*[^\W\d_][^().!?]{0,40}\)"
_ASIDE = re.compile(rf"(?P<beat>{_BEAT})|(?P<direction>{_DIRECTION})", re.IGNORECASE)
_ENDS = re.compile(r"(?:[.!?…‥]+|[。！？])[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”]?|\n\s*\n")
_TITLES = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Sgt|Lt|Capt|Col|Gen|Rev|Hon|vs|etc|Mt)|\b[A-Z])\.$")
_JOINTS = re.compile(r"(?:[,;:、，；]|\s[-–—]+)\s+|[—–]|[、，；]")
_PAUSES = {"…": 0.65, "?": 0.45, "？": 0.45, "!": 0.38, "！": 0.38}

_SCRIPTS = {
    "LATIN": "", "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "cmn", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "TAMIL": "ta",
    "BENGALI": "bn", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa",
    "ETHIOPIC": "am", "MYANMAR": "my", "SINHALA": "si", "ORIYA": "or",
}  # fmt: skip


def manner_of(parenthetical: str) -> Manner:
    """The manner a parenthetical asks for: "(whispering)" is WHISPER, an unknown one is PLAIN."""
    words = parenthetical[:200].lower()
    for manner, pattern in _MANNERS:
        if re.search(rf"\b(?:{pattern})\b", words):
            return manner
    return Manner.PLAIN


def pieces(text: str) -> tuple[Piece, ...]:
    """The line's sentences in order, long ones cut at commas; asides in brackets are pauses. Spans never overlap."""
    out: list[Piece] = []
    at = 0
    for aside in _ASIDE.finditer(text):
        out += _sentences(text, at, aside.start())
        pause = BEAT_S if aside["beat"] else 0.3
        out.append(Piece(aside.start(), aside.end(), "", pause))
        at = aside.end()
    out += _sentences(text, at, len(text))
    return tuple(out)


def language_of(text: str) -> str:
    """The espeak-ng language for the script most letters are in; "" for Latin letters, which the voice's accent reads."""
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    known = [(n, s) for s, n in scripts.items() if s in _SCRIPTS]
    if not known:
        return ""
    script = max(known)[1]
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        script = "HIRAGANA" if script == "CJK" else script
    if script == "CYRILLIC":
        return _slavic(text.lower())
    if script == "ARABIC" and any(c in "پچژگ" for c in text):
        return "fa"
    return _SCRIPTS[script]


def spoken(text: str) -> str:
    """The text as it is safe to hand over: no phoneme brackets, markup, control codes or pictures; "" when nothing can be said."""
    folded = unicodedata.normalize("NFC", text)
    folded = folded.encode("utf-8", "replace").decode("utf-8")
    folded = re.sub(r"\s*(?:--+|—|–)\s*", ", ", folded)
    kept = "".join(" " if _silent(c) else c for c in folded)
    kept = " ".join(kept.split()).strip("-,;: ")
    return kept if any(c.isalnum() for c in kept) else ""


def _silent(c: str) -> bool:
    return c in "[]{}<>\\|^~*_`#@=+()" or unicodedata.category(c) in (
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "So",
        "Sk",
        "Zl",
        "Zp",
    )


def _sentences(text: str, start: int, end: int) -> list[Piece]:
    out: list[Piece] = []
    first = start
    for stop in _ENDS.finditer(text, start, end):
        if _TITLES.search(text, max(first, stop.end() - 8), stop.end()):
            continue
        out += _cut(text, first, stop.end())
        first = stop.end()
    return out + _cut(text, first, end)


def _cut(text: str, start: int, end: int) -> list[Piece]:
    """One sentence, trimmed of blanks, as pieces of at most 400 characters."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    out: list[Piece] = []
    while end - start > PIECE_AT_MOST:
        middle = _joint(text, start)
        stop = start + len(text[start:middle].rstrip())
        out.append(Piece(start, stop, spoken(text[start:stop]), 0.2))
        start = middle
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        out.append(Piece(start, end, spoken(text[start:end]), _pause(text[start:end])))
    return out


def _joint(text: str, start: int) -> int:
    """Where to cut a long sentence: after the last comma in reach, else at a blank, else anywhere."""
    reach = start + PIECE_AT_MOST
    commas = [m.end() for m in _JOINTS.finditer(text, start + PIECE_AT_MOST // 4, reach)]
    if commas:
        return commas[-1]
    blank = text.rfind(" ", start + PIECE_AT_MOST // 4, reach)
    return blank if blank > 0 else reach


def _pause(sentence: str) -> float:
    """Seconds of silence after a sentence, by how it ends."""
    ending = sentence.rstrip("\"'”’»)]")
    if ending.endswith(("...", "..")):
        return _PAUSES["…"]
    if ending.endswith(("-", "—", "–", ",")):
        return 0.2
    return _PAUSES.get(ending[-1:], 0.42)


def _slavic(text: str) -> str:
    if "ў" in text:
        return "be"
    if any(c in "їєґ" for c in text) or ("і" in text and "ы" not in text):
        return "uk"
    if any(c in "ђћџљњј" for c in text):
        return "mk" if any(c in "ѓќѕ" for c in text) else "sr"
    return "ru"
