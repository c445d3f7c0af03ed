"""What happens in a scene and needs somebody's work: fights and falls, weather and fire, sounds, music, crowds."""

from __future__ import annotations

import re

from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.things import GROUPS, NOISES, PEOPLE

_GROUND = r"to (?:the|his|her) (?:ground|floor|knees)"
_MACHINE = "car|truck|van|bus|bike|motorcycle|jeep|taxi|train|plane|helicopter|chopper|lorry|tractor"
_INSTRUMENT = "piano|guitar|violin|cello|trumpet|harmonica|accordion|saxophone|drums|flute|banjo|organ|harp"
_BELL = "(?:(?:cell |mobile |tele)?phone|telephone|doorbell|bell|alarm|alarm clock|siren|horn|foghorn)"
_RINGS = "(?:rings|buzzes|vibrates|chimes|blares|wails|sounds|goes off|honks|beeps|shrieks)"


def _said(*words: str) -> re.Pattern[str]:
    """Any of these, as whole words and in any case."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


# What somebody does, and what it is called on the sheet. Only where a person does it: night, rain and faces fall too.
# WHOM stands for a person it is done to.
_STUNTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "fall",
        (
            rf"falls? (?:off|down|from|over|through|out of|overboard|backwards?|headlong|{_GROUND})",
            "(?:tumbles?|rolls?) (?:down|off|over the)",
        ),
    ),
    ("jump", ("(?:jumps?|leaps?) (?:off|from|out of|over|across|through|onto|overboard|down)",)),
    ("dive", ("dives? (?:off|from|into|through|for|behind|under|over)",)),
    (
        "fight",
        (
            "(?:punch(?:es)?|headbutts?|kicks?|tackles?|strangles?|chokes?|stabs?|body-slams?) WHOM",
            rf"(?:slams?|hurls?|throws?) WHOM (?:\w+ )?(?:into|against|through|onto|across|over|out of|down|{_GROUND})",
        ),
    ),
    ("crash", ("crash(?:es)? (?:through|into)",)),
    ("abseil", ("rappels?", "abseils?")),
)
_SEEN_STUNTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "fight",
        _said(
            "(?:a|the|their) (?:(?:fist|knife|sword|gun|bar|street|food|fierce|brutal|violent|desperate)[ -])?"
            "(?:fistfight|fight|brawl|duel|scuffle)",
            "they (?:fight|brawl|wrestle)(?! (?:to|for|over the word)\\b)",
        ),
    ),
    ("chase", _said("(?:car|foot|high-speed) chase", "gives chase")),
    (
        "vehicle stunt",
        _said(rf"the (?:\w+ )?(?:{_MACHINE}) (?:\w+ly )?(?:crashes|flips|rolls over|skids|swerves|explodes)"),
    ),
)
_EFFECTS: tuple[tuple[Category, str, re.Pattern[str]], ...] = (
    (
        Category.SFX,
        "rain",
        _said("it(?:'s| is) (?:still )?raining", "rain (?:falls|pours|lashes|beats|pounds|drums|hammers)"),
    ),
    (Category.SFX, "snow", _said("it(?:'s| is) (?:still )?snowing", "snow (?:falls|drifts)")),
    (Category.SFX, "explosion", _said("explodes", "blows up")),
    (
        Category.SFX,
        "fire",
        _said("on fire", "in flames", "bursts? into flames?", "a fire (?:burns|crackles|roars|rages)"),
    ),
    (Category.SFX, "bullet hits", _said("(?:bullets|shots) (?:hit|tear|rip|riddle|strike|ricochet|slam|punch)")),
    (Category.SFX, "lightning", _said("lightning")),
    (Category.VFX, "vanishing", _said("(?:vanish(?:es)?|disappears?) into thin air", r"demateriali[sz]\w+")),
    (Category.VFX, "transformation", _said("morphs? into", "shapeshifts?", "transforms? into")),
    (Category.VFX, "levitation", _said("levitat(?:es|ing)", "(?:hovers?|floats?) in mid-?air")),
    (Category.VFX, "teleporting", _said("teleport(?:s|ing)?")),
    (Category.VFX, "", _said("split screen", "time-?lapse", "slow[- ]motion", "bullet time")),
    (
        Category.SPECIAL_EQUIPMENT,
        "",
        re.compile(r"\bAERIAL (?:SHOT|VIEW)\b|\b(?:DRONE|CRANE|DOLLY|STEADICAM) SHOT\b|\bUNDERWATER\b"),
    ),
    (
        Category.MUSIC,
        "music",
        _said("music (?:plays|blares|swells|starts|begins|pounds|thumps)", "(?:loud|soft) music"),
    ),
    (
        Category.MUSIC,
        "band",
        _said("(?:the|a) (?:(?:jazz|rock|brass|marching) )?band (?:plays|is playing|strikes up)"),
    ),
    (Category.MUSIC, "", _said(rf"play(?:s|ing) (?:the|a|an|his|her) (?:{_INSTRUMENT})")),
)

_NOISE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) ((?:[a-z]+ )?[a-z]+) )?\b([A-Z]{3,})\b")
_RINGING = re.compile(rf"\b(?:the|a|an|his|her|their|\w+['’]s) ({_BELL}) ({_RINGS})\b", re.IGNORECASE)
_FOLK = "|".join(sorted(PEOPLE, key=lambda word: (-len(word), word)))
_CROWD = re.compile(rf"\b((?:{GROUPS}) of (?:[a-z\-]+ )?({_FOLK}|people|children|police|men|women))\b", re.IGNORECASE)
_PEOPLE = re.compile(rf"(?<![\w'’\-])({_FOLK})(?![\w'’\-])", re.IGNORECASE)
_CROWD_ALONE = re.compile(r"\b(?:a|the) crowd\b(?! of)", re.IGNORECASE)
_COMPARING = re.compile(
    r"\b(?:like|as if|as though|as)(?: \w+){0,2} $|\b(?:no|without|nor|not)(?: any)? $", re.IGNORECASE
)


def stunts_in(text: str, names: tuple[str, ...]) -> list[str]:
    """The stunts a text asks for; `names` are the people of the scene."""
    who = "|".join(["he", "she", "they", *map(re.escape, names)])
    whom = rf"(?:him|her|them|{who})\b"
    found = [
        name
        for name, deeds in _STUNTS
        if re.search(
            rf"\b(?:{who}),? (?:then |\w+ly )?(?:{'|'.join(deeds)})\b".replace("WHOM", whom), text, re.IGNORECASE
        )
    ]
    return found + [name for name, pattern in _SEEN_STUNTS if pattern.search(text)]


def effects_in(text: str) -> list[tuple[Category, str]]:
    """Weather, fire, tricks of the picture, cranes and music; what has no name of its own is called as it is written."""
    return [
        (category, name or match[0].lower())
        for category, name, pattern in _EFFECTS
        if (match := pattern.search(text)) and not _compared(text, match.start())
    ]


def sounds_in(text: str, names: frozenset[str]) -> list[str]:
    """Sounds: noises in capitals with what makes them ("phone rings"), and bells and phones that ring anyhow."""
    if text.isupper():
        return []
    found = [
        f"{match[1].lower()} {match[2].lower()}" if match[1] else match[2].lower()
        for match in _NOISE.finditer(text)
        if match[2] in NOISES and match[2] not in names
    ]
    return found + [f"{match[1].lower()} {match[2].lower()}" for match in _RINGING.finditer(text)]


def crowds_in(text: str, names: frozenset[str]) -> list[str]:
    """People in numbers: "crowd of commuters", "passengers"."""
    found: list[str] = []
    counted: set[str] = set()
    for match in _CROWD.finditer(text):
        if not _compared(text, match.start()):
            found.append(match[1].lower())
            counted.add(match[2].lower())
    for match in _PEOPLE.finditer(text):
        word = match[1].lower()
        if word not in counted and match[1].upper() not in names and not _compared(text, match.start()):
            found.append(word)
    alone = _CROWD_ALONE.search(text)
    if not found and alone and not _compared(text, alone.start()):
        found.append("crowd")
    return found


def _compared(text: str, at: int) -> bool:
    """Whether what stands here is only compared with, or said to be missing: "like a crowd of ghosts"."""
    return bool(_COMPARING.search(text[max(0, at - 30) : at]))
