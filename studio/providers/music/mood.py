"""Which mood a scene has, by counting telling words; pure, English. The moods themselves are the composer's."""

from __future__ import annotations

import re
from collections import Counter

from studio.engine.sound.music.moods import Mood

__all__ = ["Mood", "mood_of"]

_LONGEST = 50_000
_ENOUGH = 1.5
_NIGHT = {Mood.TENSE: 0.6, Mood.SAD: 0.2, Mood.WONDER: 0.2}

# A trailing * matches any ending. Words that tell much count twice: they stand in _STRONG.
_WORDS: dict[Mood, str] = {
    Mood.TENSE: """
        afraid alley alone* blood* body bomb corpse creak* creep* danger* dark* dead dread fear* follow* footsteps frighten*
        ghost* gun* hid* hostage* kidnap* kill* knife* lock* lurk* menac* murder* mysterious nervous* poison* prey prowl*
        secret* shadow* shiver* silence sinister sneak* spy* stalk* stranger suspect* suspicio* threat* tense* trap* trembl*
        victim* warn* watching weapon* whisper*
    """,
    Mood.SAD: """
        alone apolog* cancer cemetery coffin cried cries cry crying dead death died dies dying empty farewell funeral goodbye
        grave* grief griev* heartbr* hospital leav* lonel* lose loses losing loss lost miss missed misses missing
        mourn* orphan* pain regret* sad* sob* sorrow* sorry tear* tomb* weep* widow* wept
    """,
    Mood.HOPEFUL: """
        begin* believ* better born bright* celebrat* dawn dream* embrac* finally free freedom gift graduat* happ* heal* home
        hope* hug* joy* kiss* laugh* love* morning new promis* proud* return* reun* saved smil* spring sunrise sunshine
        together tomorrow victor* wedding win won
    """,
    Mood.ACTION: """
        ambush* army attack* battle* blast* bullet* burst* car chas* crash* dodg* engine* escap* explo* fight* fire fired
        fires firing flee* grenade* gunfire helicopter* jump* kick* leap* lunge* motorcycle* pistol* punch* pursu* race* racing
        run runs running rush* shoot* shot shots siren* slam* smash* speed* sprint* sword* swerv* tackl* tires truck war weapon*
    """,
    Mood.WONDER: """
        alien* ancient angel* castle comet* cosmos creature* crystal* discover* dragon* enchant* fairy fairies float* forest
        galax* gasp* giant* glow* heaven* infinite light* magic* marvel* miracle* moon* mystic* ocean* planet* portal* robot*
        shimmer* sky space spaceship* sparkl* spell* star stars strange universe vast wizard* wonder*
    """,
    Mood.COMIC: """
        absurd* awkward* banana* chicken* clown* clums* costume* drunk* embarrass* funny giggl* goofy grin* hiccup* joke*
        jok* juggl* mischie* pajama* pants parrot* prank* ridiculous* sarcas* shrug* silly slip* sneez* spill* stumbl* toilet
        trips tripped tuxedo underwear wig wink*
    """,
    Mood.CALM: """
        bath bed book* breakfast breath* breeze cafe calm* coffee cook* cup dinner garden* gaze* gentl* kitchen lake lamp lazy
        library lunch meadow music newspaper nod* peace* porch quiet* rain read* relax* rest river sea settle* sip*
        sit* sleep* slow* snow* soft* still sunday sunset tea village walk* window* yawn*
    """,
}
_STRONG = """
    blood* bomb hostage* knife* murder* stalk* coffin funeral grief sob* weep* wedding sunrise hope* joy* attack* battle* chas*
    explo* fight* gunfire shoot* alien* dragon* magic* galax* spaceship* clown* goofy prank* silly calm* peace*
"""


def mood_of(text: str, *, night: bool) -> Mood:
    """The mood whose words a scene's text holds most of, for its length; CALM when nothing tells. Night leans to TENSE."""
    words = Counter(re.findall(r"[a-z']+", text[:_LONGEST].lower()))
    total = sum(words.values())
    scores = {mood: _score(words, pattern) for mood, pattern in _PATTERNS.items()}
    shouts = len(re.findall(r"!|\b[A-Z]{4,}!", text[:_LONGEST]))
    scores[Mood.ACTION] += min(2.0, 0.25 * shouts)
    if night:
        for mood, lean in _NIGHT.items():
            scores[mood] += lean * (1 + total / 120)
    best = max(Mood, key=lambda m: (scores[m], -list(Mood).index(m)))
    return best if scores[best] >= _ENOUGH else _plain(night=night)


def _plain(*, night: bool) -> Mood:
    return Mood.TENSE if night else Mood.CALM


def _score(words: Counter[str], pattern: re.Pattern[str]) -> float:
    """Telling words, each kind counted up to three times so that one repeated prop does not decide."""
    score = 0.0
    for word, count in words.items():
        found = pattern.fullmatch(word)
        if found:
            score += min(3, count) * (2.0 if found["strong"] else 1.0)
    return score


def _pattern(words: str) -> re.Pattern[str]:
    def joined(some: list[str]) -> str:
        return "|".join(w.removesuffix("*") + ("[a-z']*" if w.endswith("*") else "") for w in some) or "(?!)"

    listed = words.split()
    telling = _STRONG.split()
    strong = [w for w in listed if w in telling]
    plain = [w for w in listed if w not in telling]
    return re.compile(rf"(?P<strong>{joined(strong)})|(?:{joined(plain)})")


_PATTERNS = {mood: _pattern(words) for mood, words in _WORDS.items()}
