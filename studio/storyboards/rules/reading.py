"""What the words of a script ask of the camera: keyword rules over one sentence. Nothing here knows scenes or shots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from studio.engine.artist.spec import Angle, Move, ShotType, Size


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def _any(text: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that matches any of the alternatives (parted by white space; `_` stands for a space) as whole words."""
    return re.compile(r"\b(?:" + "|".join(word.replace("_", r"\s+") for word in text.split()) + r")\b", flags)


PERSON_NOUNS = word_set(
    "man woman boy girl kid child baby teenager cop policeman policewoman officer guard soldier waiter "
    "waitress bartender barman "
    "driver clerk nurse doctor stranger figure vendor fisherman sailor priest teacher student thief "
    "guest reporter receptionist "
    "passenger mechanic cashier janitor pilot couple"
)

THINGS = word_set(
    "phone letter screen photo photograph picture key keys ring gun pistol revolver watch clock note "
    "envelope knife book map diary "
    "ticket card badge wallet locket coin button switch dial radar monitor laptop keyboard lock padlock "
    "match lighter candle glass "
    "cup mug bottle box suitcase briefcase bag rope lantern compass telegram newspaper headline poster "
    "sign passport pill pills "
    "syringe bullet fuse timer bomb radio recorder cassette doorknob handle footprint photographs "
    "letters receipt necklace "
    "bracelet medal coat-button whistle flashlight torch axe hammer feather flower rose doll puppet kettle"
)
_COMPOUNDS = frozenset(("screen door", "photo album", "picture frame"))
_THING = re.compile(
    r"\b(" + "|".join(sorted(THINGS | _COMPOUNDS, key=lambda word: (-len(word), word))) + r")\b", re.IGNORECASE
)
_DETAIL = re.compile(
    r"\b(?:printer|copier|photocopier|fax|answering machine|viewfinder|computer screen|screen|display|clock|certificate|document"
    r"|pages?|sheets?|paper(?:work)?|money|cash|drugs|trophy|camera|television|tv|hands?)\b",
    re.IGNORECASE,
)
"""Things that are only worth a frame of their own when nobody is in the sentence."""
_ASIDE = re.compile(
    r"\b(?:through|of|behind|in|on|under|with|by|at|from|to|into|near|against|beside|onto|like|over|for|above|below|around)\s+"
    r"(?:(?:the|a|an|his|her|their|its|my)\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SHOWN = _any(
    "reads? says shows? writes? written opens? rings? buzzes vibrates glints? gleams ticks? flickers "
    "pulls?_out slides? drops? places "
    "picks?_up unfolds holds?_up turns_the examines? lies sits_on_the falls reveals? marked labelled "
    "labeled lights_up blinks beeps "
    "hands_over hands_(?:him|her|them|\\w+) takes_out puts_down sets_down inserts? presses unlocks lifts "
    "shatters burns spins clicks dials"
)
_FACE = _any(
    "face faces eyes? tears? smiles? smiling grins? stares? staring whispers? lips weeps? cries sobs? "
    "blushes winces frowns blinks_back"
)
_LOOK = re.compile(
    r"\b(?:looks?|sees|spots|watches|notices|glances|peers|gazes|catches sight of)\b"
    r"(?:\s+(?:up|down|out|over|back|across|around|towards?|at|into|through|to|and sees|past|off))*\s+",
    re.IGNORECASE,
)
_LOOK_AT_ONE = re.compile(
    r"\b(?:looks?|watches|glances|gazes|turns|peers)\s+(?:up at|back at|down at|at)?\s*(?:him|her|them|each other)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:each other|one another|the two of them|both of them)\b", re.IGNORECASE)
_MANY = _any(
    "children kids men women people villagers soldiers guests students others everyone everybody all passengers officers guards"
)
_NO_OBJECT = _any("like as if for away worried tired sad happy afraid angry good bad lost confused each_other")
_FAST = _any(
    "runs? running sprints? sprinting drives? driving chases? chasing rides? riding gallops? races flees "
    "speeds roars_past bolts dashes "
    "charges hurtles rushes skids"
)
_WALK = _any(
    "walks? walking cross(?:es)? crossing enters? entering exits? exiting leaves strides? steps? "
    "stepping wanders? climbs? climbing "
    "approaches comes_(?:in|out|down|up|over|towards?) goes heads? arrives paces follows? marches "
    "strolls limps descends hurries stumbles moves_(?:to|across|away) "
    "creeps backs_away bursts_(?:in|into|out) storms_(?:in|into|out) rushes_(?:in|into|out) slips_(?:in|into|out)"
)
_VEHICLE = _any("cars? taxi cab truck van limo limousine jeep ambulance suv sedan pickup cockpit")
_FOLLOW = _any("follows? following behind stalks trails")
_GESTURE = _any(
    "sits? sitting stands? standing turns? turning pours? pouring takes? taking leans? leaning kneels? "
    "nods? shakes shrugs reaches lifts "
    "raises sets puts lights drinks? eats? waits hugs? embraces? kisses points? grabs hands opens? "
    "closes works wipes rises waves"
)
_VIOLENCE = _any(
    "fights? fighting rams? punches? hits? tackles? wrestles? shoots? explodes? explosion crashes collapses "
    "lunges stabs slams smashes "
    "falls_(?:to|down|over|from|back|into|off) struggles? kicks"
)
_VISTA = _any(
    "crowds? city skyline landscape mountains? valley horizon ocean desert plains? army fleet thousands "
    "hundreds panorama village_below "
    "rooftops_stretch forest_stretches aerial"
)
_LEAVE = _any(
    "exits leaves walks_out runs_out storms_out rushes_out walks_away drives_away drives_off walks_off disappears"
)
_CHARGED = _any(
    "kills? killed killing gun guns blood bloody dies? dead death scream screams screaming secret "
    "secrets love loves loved knife murder murdered murderer "
    "bomb betrayed? betrayal hates? afraid fear lied liar lies drown drowned help never"
)
_CAPS_WORD = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")
_DIRECTION_WORDS = word_set("INT EXT POV CU ECU OTS TWO SHOT WIDE CLOSE ANGLE")

_ANGLES: tuple[tuple[Angle, re.Pattern[str]], ...] = (
    (Angle.OVERHEAD, _any("overhead bird['’]s[-_]eye aerial straight_down from_directly_above")),
    (
        Angle.HIGH,
        _any(
            "high_angle cowers? cowering looks_small seems_small tiny_figure small_figure from_above "
            "looking_down_on huddles curls_up falls_to_(?:his|her|their|the)"
        ),
    ),
    (Angle.WORM, _any("worm['’]s[-_]eye from_the_ground_up")),
    (Angle.LOW, _any("low_angle looms? looming towers_(?:over|above) towering giant over_him over_her stands_over")),
    (Angle.DUTCH, _any("dutch canted drunk drunkenly dizzy dizzily nightmare (?:world|room|floor)_tilts")),
)


class ActionRule(StrEnum):
    """Which rule an action sentence matches first."""

    INSERT = "insert"
    FACE = "face"
    LOOK = "look"
    FAST = "fast"
    WALK = "walk"
    VIOLENCE = "violence"
    VISTA = "vista"
    GESTURE = "gesture"
    PLAIN = "plain"


def action_rule(text: str, *, peopled: bool) -> ActionRule:
    """The first action rule a sentence matches; `peopled` says somebody is its doer.

    A small thing only earns an insert when something is done with it or nobody else is in the sentence.
    """
    if thing_in(text) is not None and (_SHOWN.search(text) or not peopled):
        return ActionRule.INSERT
    looked = look_split(text) if peopled else None
    tests: tuple[tuple[ActionRule, bool], ...] = (
        (ActionRule.LOOK, looked is not None),
        (ActionRule.FACE, peopled and (_FACE.search(text) or _LOOK_AT_ONE.search(text)) is not None),
        (ActionRule.FAST, _FAST.search(text) is not None),
        (ActionRule.VIOLENCE, _VIOLENCE.search(text) is not None),
        (ActionRule.WALK, peopled and _WALK.search(text) is not None),
        (ActionRule.VISTA, _VISTA.search(text) is not None),
        (ActionRule.GESTURE, peopled and _GESTURE.search(text) is not None),
    )
    return next((rule for rule, matches in tests if matches), ActionRule.PLAIN)


def thing_in(text: str) -> str | None:
    """The small thing a sentence is about, in lower case, or None; "in her bag" only says where something is."""
    match = next(
        (
            found
            for found in _THING.finditer(text)
            if not _ASIDE.search(text[max(found.start() - 40, 0) : found.start()])
        ),
        None,
    )
    if match is None:
        return None
    word = match[1].lower()
    if word in ("watch", "ring", "match", "button", "sign", "rose", "lock", "picture", "handle") and not re.search(
        rf"\b(?:a|an|the|his|her|their|my|your|this|that|its|gold|silver|old)\s+(?:\w+\s+)?{word}\b",
        text,
        re.IGNORECASE,
    ):
        return None
    return word


def detail_in(text: str) -> str | None:
    """What a sentence without people is about when it is small enough to fill a frame, in lower case, or None."""
    match = _DETAIL.search(text)
    return thing_in(text) or (re.sub(r"\s+", " ", match[0]).lower() if match is not None else None)


def look_split(text: str) -> int | None:
    """Where the thing looked at begins in "Mara looks at the harbour", or None when nothing in particular is looked at."""
    for match in _LOOK.finditer(text):
        rest = text[match.end() :].rstrip(" .!?…")
        words = rest.split()
        if (
            not words
            or _NO_OBJECT.match(rest)
            or words[0].lower().strip(",") in ("him", "her", "it", "them", "us", "and", "then", "in")
        ):
            continue
        if len(words) >= 2 or words[0][0].isupper():
            return match.end()
    return None


_WRITING = re.compile(
    r"^(?:On it|It (?:says|reads)|Inside|Written|The (?:message|writing|text|words|screen))\b|^[\"“]|[\"“].{3,}[\"”]"
)


def is_of_many(text: str) -> bool:
    """Whether people act whom the sentence does not name one by one."""
    return _MANY.search(text) is not None


def is_of_both(text: str) -> bool:
    """Whether those who are there do something to each other."""
    return _BOTH.search(text) is not None


def is_writing(text: str) -> bool:
    """Whether a sentence tells what is written on the thing just shown."""
    return _WRITING.search(text) is not None


def is_vehicle(place: str) -> bool:
    """Whether a place is the inside of a car, too small for a wide shot."""
    return _VEHICLE.search(place) is not None


def is_following(text: str) -> bool:
    """Whether somebody walks behind somebody."""
    return _FOLLOW.search(text) is not None


def leaves(text: str) -> bool:
    """Whether somebody goes out of the scene."""
    return _LEAVE.search(text) is not None


def angle_of(text: str) -> Angle:
    """The camera angle the words suggest."""
    return next((angle for angle, pattern in _ANGLES if pattern.search(text)), Angle.EYE)


def tension(text: str, position: float) -> float:
    """How tense a passage is, 0..1; `position` is its place in the scene, 0..1. Names in capitals are the caller's to take out."""
    shouted = any(word not in _DIRECTION_WORDS for word in _CAPS_WORD.findall(text))
    parts = ("!" in text, shouted, _CHARGED.search(text) is not None)
    return 0.25 * sum(parts) + 0.25 * min(max(position, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class CameraCall:
    """What the script says the camera does. `target` is what it names after the call; None fields are left to the rules."""

    size: Size | None = None
    type: ShotType | None = None
    angle: Angle | None = None
    move: Move | None = None
    target: str = ""
    viewer: str = ""
    insert: bool = False
    series: bool = False
    intercut: bool = False
    reset: bool = False
    called: str = ""


_START = (
    r"(?:^|(?<=[.!?:;—–-]\s)|(?<=\())(?:(?:We|we|WE|The camera|THE CAMERA|Camera|CAMERA)\s+(?:then |slowly |SLOWLY )?)?"
)
_AFTER = r"(?=\s+(?:ON|TO|OF|ACROSS|UP|DOWN|IN|OUT|SHOT|WITH|OVER|BACK|AND|THE|A)\b|\s*[:\-–—,.]|\s*$|\s+[a-zà-þ])"
_CALLS: tuple[tuple[re.Pattern[str], CameraCall], ...] = tuple(
    (re.compile(pattern), call)
    for pattern, call in (
        (
            rf"{_START}(?:END (?:OF )?(?:MONTAGE|INTERCUT|SERIES)|BACK TO (?:SCENE|PRESENT)\b|END OF\b)",
            CameraCall(reset=True),
        ),
        (rf"{_START}(?:BEGIN )?(?:SERIES OF SHOTS|MONTAGE)\b", CameraCall(series=True)),
        (rf"{_START}INTERCUT\b", CameraCall(intercut=True)),
        (
            rf"{_START}(?:EXTREME CLOSE[- ]?UP|ECU|XCU|EXTREME CLOSE)\b",
            CameraCall(size=Size.ECU, type=ShotType.SINGLE),
        ),
        (
            rf"{_START}(?:(?:TIGHT )?CLOSE[- ]?UP|CLOSE(?:R)? ON|CLOSE|CU|TIGHT ON)\b",
            CameraCall(size=Size.CU, type=ShotType.SINGLE),
        ),
        (rf"{_START}(?:MEDIUM CLOSE[- ]?UP|MCU)\b", CameraCall(size=Size.MCU, type=ShotType.SINGLE)),
        (rf"{_START}INSERT\b", CameraCall(size=Size.INSERT, insert=True)),
        (rf"{_START}(?:EXTREME WIDE|EWS|EXTREME LONG)\b", CameraCall(size=Size.EWS)),
        (rf"{_START}(?:AERIAL|BIRD['’]S[- ]EYE)\b", CameraCall(size=Size.EWS, angle=Angle.OVERHEAD)),
        (rf"{_START}OVERHEAD\b", CameraCall(size=Size.WS, angle=Angle.OVERHEAD)),
        (rf"{_START}(?:WIDE(?:R)?(?: SHOT| ON| ANGLE)?|LONG SHOT|FULL SHOT|WS){_AFTER}", CameraCall(size=Size.WS)),
        (rf"{_START}(?:TWO[- ]SHOT|2-SHOT)\b", CameraCall(size=Size.MS, type=ShotType.TWO)),
        (rf"{_START}(?:MEDIUM(?: SHOT)?|MS){_AFTER}", CameraCall(size=Size.MS)),
        (
            rf"{_START}(?:OTS|OVER(?:[- ]THE[- ]|\s+[\w'’ ]{{1,30}}?\s?)SHOULDER)\b",
            CameraCall(size=Size.MCU, type=ShotType.OTS),
        ),
        (rf"(?:{_START}POV|[A-ZÀ-Þ][\w .'’-]{{0,30}}['’]S? POV)\b", CameraCall(type=ShotType.POV)),
        (rf"{_START}LOW ANGLE\b", CameraCall(angle=Angle.LOW)),
        (rf"{_START}HIGH ANGLE\b", CameraCall(angle=Angle.HIGH)),
        (rf"{_START}DUTCH\b", CameraCall(angle=Angle.DUTCH)),
        (rf"{_START}(?:SLOW )?(?:PUSH(?:ING)? IN|PUSH ON|DOLLY IN|MOVE IN)\b", CameraCall(move=Move.PUSH_IN)),
        (rf"{_START}(?:PULL(?:ING)? (?:OUT|BACK)|DOLLY (?:OUT|BACK))\b", CameraCall(move=Move.PULL_OUT)),
        (rf"{_START}(?:PAN|PANNING|WHIP PAN|SWISH PAN){_AFTER}", CameraCall(move=Move.PAN)),
        (rf"{_START}TILT(?:ING)?{_AFTER}", CameraCall(move=Move.TILT)),
        (rf"{_START}(?:TRACKING|TRACK|DOLLY){_AFTER}", CameraCall(move=Move.TRACK)),
        (rf"{_START}CRANE{_AFTER}", CameraCall(move=Move.CRANE, size=Size.WS)),
        (rf"{_START}ZOOM{_AFTER}", CameraCall(move=Move.ZOOM)),
        (rf"{_START}HAND-?HELD{_AFTER}", CameraCall(move=Move.HANDHELD)),
        (
            rf"{_START}BACK TO (?=[A-ZÀ-Þ]{{2,}}\b)|{_START}(?:REVERSE )?ANGLE(?: ON)?{_AFTER}|{_START}(?:ON|"
            rf"FAVOU?RING) (?=[A-ZÀ-Þ]{{3,}}\b)",
            CameraCall(size=Size.MS),
        ),
    )
)
_TARGET = re.compile(
    r"^(?:\s*(?:SHOT|ON|OF|TO|IN|UP|DOWN|ACROSS|BACK|OVER|WITH|-|–|—|:|,|\.)(?=[\s\w]|$))*\s*", re.IGNORECASE
)


def camera_call(text: str) -> CameraCall | None:
    """What a sentence tells the camera in capitals ("CLOSE ON the key"), or None.

    Source: the usual camera directions of screenplays, as in offline.md 2.3.
    """
    found = [
        (match.start(), order, match) for order, (pattern, _) in enumerate(_CALLS) if (match := pattern.search(text))
    ]
    if not found:
        return None
    _, order, match = min(found, key=lambda item: (item[0], item[1]))
    call = _CALLS[order][1]
    rest = text[match.end() :]
    shift = _TARGET.match(rest)
    target = rest[shift.end() if shift else 0 :].strip()
    viewer = re.sub(r"['’]S? POV$", "", match[0]).strip() if call.type is ShotType.POV else ""
    moves = [other.move for pattern, other in _CALLS if other.move and pattern.search(text)]
    return CameraCall(
        call.size,
        call.type,
        call.angle,
        call.move or (moves[0] if moves else None),
        target,
        "" if viewer == "POV" else viewer,
        call.insert,
        call.series,
        call.intercut,
        call.reset,
        match[0].strip(),
    )


def first_phrase(target: str) -> str:
    """What a camera call names, up to the first comma or preposition."""
    return re.split(
        r"[,.;:!?…—–(]|\s-\s|\s(?:on|in|as|at|that|which|with|under|beside|of|is|are)\s", target.strip(), maxsplit=1
    )[0]


def thing_named(target: str) -> str:
    """The thing a camera call names, as a short phrase in lower case: "the silver KEY on the table" gives "silver key"."""
    phrase = first_phrase(target)
    known = thing_in(phrase)
    held = thing_in(target) if HUMAN_PARTS.search(phrase) else None
    if held is not None:
        return held
    words = [
        word
        for word in phrase.split()
        if word.lower() not in ("the", "a", "an", "his", "her", "their", "its", "that", "this")
    ]
    short = " ".join(words[:3]).lower().strip("'’\"“” ")
    return short if short and (known is None or known in short) else (known or short or "detail")


HUMAN_PARTS = _any("hands? fingers? foot feet shoes? wrist")
FACE_PARTS = _any("face eyes? mouth lips")
