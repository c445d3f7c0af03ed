"""What a scene needs, suggested from its words by rules and English word lists: few and right rather than many.

Names are as written, in lower case and the singular (people in numbers and pairs stay), each once a scene. Cast is the
outline's; speech suggests nothing: what people talk about need not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.scripts.elements import Kind
from studio.scripts.outline import SceneOutline
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.deeds import crowds_in, effects_in, sounds_in, stunts_in
from studio.scripts.sheet.phrases import Phrase, Token, phrases_of, tokens_of
from studio.scripts.sheet.things import THINGS, singular

Suggestion = tuple[Category, str]

_LONGEST = 200
_ORDER = {category: place for place, category in enumerate(Category)}
_WEARING = frozenset(
    ["wears", "wearing", "dons", "removes", "takes", "puts", "adjusts", "wiping", "wipes", "polishes", "straightens"]
)
# "The glasses" may hold wine; "her glasses" and "puts on glasses" are worn.
_DRINKING = frozenset(["glasses"])
_HANDLED = re.compile(
    r"\b(?:picks up|holds (?:up|out)|pulls out|puts down|sets down|takes out|produces|unwraps|unfolds|carries|carrying"
    r"|clutches|clutching|brandishes|pockets) (?:a|an|the|his|her|their) ((?:[a-z\-]+ ){0,2}[a-z\-]+)"
    r"(?= (?:and|from|to|in|into|on|onto|at|with|of|for|aboard|away|up|down|out|over|under|behind|across|through|as|by"
    r"|inside|outside|back|beside|before|while|that|which|who)\b|[.,;:!?]|$)",
)
_NO_PROPS = frozenset(
    [
        "arm",
        "arms",
        "hand",
        "hands",
        "finger",
        "fingers",
        "fist",
        "head",
        "face",
        "chin",
        "eye",
        "eyes",
        "breath",
        "body",
        "weight",
        "heart",
        "hair",
        "foot",
        "feet",
        "leg",
        "legs",
        "knee",
        "thumb",
        "palm",
        "shoulder",
        "shoulders",
        "voice",
        "pace",
        "speed",
        "call",
        "scent",
        "trail",
        "conversation",
        "argument",
        "fight",
        "moment",
        "look",
        "gaze",
        "stare",
        "smile",
        "baby",
        "child",
        "boy",
        "girl",
        "man",
        "woman",
        "son",
        "daughter",
        "kid",
        "infant",
        "toddler",
        "friend",
        "brother",
        "sister",
        "father",
        "mother",
        "wife",
        "husband",
        "person",
        "other",
        "rest",
        "one",
        "two",
        "three",
        "half",
        "end",
        "way",
        "thing",
        "things",
        "something",
        "nothing",
        "everything",
        "lot",
        "few",
        "bit",
        "piece",
        "pile",
        "bunch",
        "couple",
        "pair",
        "handful",
        "burden",
        "secret",
        "torch-song",
        "corpse",
        "last",
        "first",
        "same",
        "most",
        "both",
        "slack",
        "tab",
        "threads",
        "scene",
        "seat",
        "chair",
        "table",
        "door",
        "window",
    ]
)


def suggested(scene: SceneOutline) -> tuple[Suggestion, ...]:
    """The elements a scene seems to need, in the order of a sheet and of the words; the same scene gives the same always."""
    found: dict[Suggestion, None] = {(Category.CAST, name): None for name in scene.characters}
    names = frozenset(word for name in scene.characters for word in name.split())
    phrases: list[Phrase] = []
    for text in _seen(scene):
        tokens = tokens_of(text)
        phrases += _meant(tokens, phrases_of(tokens, names))
        found.update(dict.fromkeys((Category.STUNTS, name) for name in stunts_in(text, scene.characters)))
        found.update(dict.fromkeys(effects_in(text)))
        found.update(dict.fromkeys((Category.SOUND, name) for name in sounds_in(text, names)))
        found.update(dict.fromkeys((Category.BACKGROUND, name) for name in crowds_in(text, names)))
        found.update(dict.fromkeys((Category.PROPS, name) for name in _handled(text)))
    found.update(dict.fromkeys(_named_once(phrases)))
    found.update(dict.fromkeys(_vehicles_of(scene.set_name)))
    if any(element.kind is Kind.LYRICS for element in scene.elements):
        found[Category.MUSIC, "singing"] = None
    kept = [(category, name[:_LONGEST]) for category, name in found]
    return tuple(sorted(_without_parts(kept), key=lambda each: _ORDER[each[0]]))


def _seen(scene: SceneOutline) -> list[str]:
    """The texts of what is seen and heard, each on one line."""
    return [" ".join(e.text.split()) for e in scene.elements if e.kind is Kind.ACTION and e.text.strip()]


def _meant(tokens: list[Token], phrases: Iterable[Phrase]) -> list[Phrase]:
    """Phrases in the category their sentence means: glasses are worn only where somebody wears them."""
    meant: list[Phrase] = []
    for phrase in phrases:
        if phrase.head in _DRINKING:
            before = {token.low for token in tokens[max(0, phrase.first - 3) : phrase.first]}
            if not before & (_WEARING | {"his", "her"}):
                phrase = Phrase(Category.PROPS, "glass", phrase.name.removesuffix("es"), phrase.first, phrase.end)
        meant.append(phrase)
    return meant


def _named_once(phrases: list[Phrase]) -> list[Suggestion]:
    """Every thing once: "the letter" is the "old letter" of the line before, while a red and a blue jacket are two."""
    described = {(p.category, p.head) for p in phrases if p.name != p.head}
    return [(p.category, p.name) for p in phrases if p.name != p.head or (p.category, p.head) not in described]


def _handled(text: str) -> list[str]:
    """Things in somebody's hands that no list knows: "picks up the brass astrolabe"."""
    found: list[str] = []
    for match in _HANDLED.finditer(text):
        words = match[1].split()
        head = singular(words[-1])
        known = head in THINGS or " ".join(words[-2:]) in THINGS or head in _NO_PROPS or words[-1] in _NO_PROPS
        if not known and not any(word.endswith("ly") for word in words):
            found.append(" ".join([*words[:-1], head]))
    return found


def _vehicles_of(set_name: str) -> list[Suggestion]:
    """The vehicle a scene is set in: "TAXI", "POLICE CAR", "FERRY CABIN" - but no "CAR PARK"."""
    tokens = tokens_of(f"the {set_name.lower()}")
    inside = {"cabin", "deck", "bridge", "wheelhouse", "cockpit", "interior", "engine"}
    plain = [token for token in tokens if token.low not in inside]
    return [(p.category, p.name) for p in phrases_of(plain, frozenset()) if p.category is Category.VEHICLES][:1]


def _without_parts(found: list[Suggestion]) -> list[Suggestion]:
    """No "ring" of sound beside "phone rings", and no flames beside a fire."""
    sounds = {name for category, name in found if category is Category.SOUND}
    parts = {word for name in sounds if " " in name for word in name.split()}
    gone = {(Category.SOUND, part) for part in parts}
    if (Category.SFX, "fire") in found:
        gone.add((Category.SFX, "flame"))
    return [each for each in found if each not in gone]
