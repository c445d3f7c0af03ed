"""What the words of a script say of places, light, weather, poses, faces, things in hands and clothes. Tables and look-ups only."""

from __future__ import annotations

import re

from studio.engine.artist.spec import Expression, Light, Pose, SetKind


def _any(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + r")\b", re.IGNORECASE)


_SETS: tuple[tuple[SetKind, re.Pattern[str]], ...] = tuple(
    (kind, _any(words))
    for kind, words in (
        (SetKind.CAR, "cars? taxi cab truck van limo limousine jeep ambulance suv sedan pickup"),
        (SetKind.KITCHEN, "kitchen kitchenette galley bakery"),
        (SetKind.BAR, "bar pub diner caf[eé] tavern saloon restaurant bistro nightclub club cantina"),
        (
            SetKind.CORRIDOR,
            "corridor hall hallway stairwell staircase stairs tunnel passage lobby elevator lift subway metro landing",
        ),
        (
            SetKind.OFFICE,
            "office boardroom newsroom classroom schoolroom lab laboratory studio precinct police_station "
            "interrogation(?:_room)? library courtroom "
            "control_room conference(?:_room)? bank archive station_house bullpen",
        ),
        (SetKind.ROOFTOP, "rooftop roof roof_terrace balcony"),
        (
            SetKind.WATERFRONT,
            "harbou?r pier ferry deck beach river docks? quay wharf boat ship shore seaside lake island cliff "
            "coast marina jetty canal "
            "lighthouse_rocks sea ocean waterfront",
        ),
        (SetKind.FOREST, "forest woods? park jungle grove orchard garden swamp clearing cemetery graveyard"),
        (
            SetKind.FIELD,
            "fields? desert hills? meadow plains? farm mountains? valley moor dunes? prairie ridge battlefield pasture",
        ),
        (
            SetKind.STREET,
            "street alley alleyway road avenue sidewalk pavement highway square plaza market city town village "
            "parking driveway porch "
            "courtyard bridge gate crossroads",
        ),
    )
)
_OUTDOOR_SETS = frozenset((SetKind.STREET, SetKind.FIELD, SetKind.FOREST, SetKind.ROOFTOP, SetKind.WATERFRONT))
_INDOOR_SETS = frozenset((SetKind.KITCHEN, SetKind.BAR, SetKind.OFFICE, SetKind.CORRIDOR, SetKind.ROOM, SetKind.CAR))


def set_kind_of(place: str, *, interior: bool | None) -> tuple[SetKind, bool]:
    """The kind of set a heading names, and whether it is inside; `interior` is what the heading says, None when it does not."""
    kinds = [kind for kind, pattern in _SETS if pattern.search(place)]
    if interior is None:
        kind = kinds[0] if kinds else SetKind.ROOM
        return kind, kind in _INDOOR_SETS
    fitting = _INDOOR_SETS if interior else _OUTDOOR_SETS
    kind = next((kind for kind in kinds if kind in fitting), None)
    if kind is None and not interior and SetKind.CAR in kinds:
        return SetKind.STREET, False
    if kind is not None:
        return kind, interior
    return (SetKind.ROOM if interior else SetKind.STREET), interior


_LIGHTS: tuple[tuple[Light, re.Pattern[str]], ...] = (
    (Light.DAWN, _any("dawn sunrise sunup daybreak first_light early_morning pre-dawn aube рассвет")),
    (Light.DUSK, _any("dusk sunset sundown twilight evening magic_hour golden_hour nightfall abend soir закат вечер")),
    (Light.NIGHT, _any("night midnight nighttime nacht nuit noche notte ночь late_night")),
    (Light.DAY, _any("day morning noon afternoon midday daytime tag jour día dia morgen матин утро день giorno")),
)


def light_named(time_of_day: str) -> Light | None:
    """The light a time of day names, None when it names none (CONTINUOUS, LATER, SAME, nothing)."""
    return next((light for light, pattern in _LIGHTS if pattern.search(time_of_day)), None)


_WEATHERS = (
    ("snow", _any("snow snows snowing snowy snowfall blizzard snowflakes sleet")),
    ("rain", _any("rain rains raining rainy downpour drizzle drizzles thunderstorm storm rainstorm thunder")),
    ("fog", _any("fog foggy mist misty haze hazy")),
)


def weather_named(text: str) -> str | None:
    """rain, snow or fog when the words name it, else None."""
    return next((name for name, pattern in _WEATHERS if pattern.search(text)), None)


_POSES: tuple[tuple[Pose, re.Pattern[str]], ...] = (
    (
        Pose.EMBRACE,
        _any(
            "embraces? embracing hugs? hugging holds_(?:him|her|them|each_other) kiss(?:es)? kissing "
            "in_each_other['’]s_arms"
        ),
    ),
    (Pose.RUN, _any("runs? running sprints? sprinting races flees bolts dashes chases? chasing charges")),
    (
        Pose.KNEEL,
        _any(
            "kneels? kneeling crouch(?:es|ing)? squats falls_to_(?:his|her|their|the)_knees "
            "on_(?:his|her|their)_knees crawls? cowers?"
        ),
    ),
    (
        Pose.SIT,
        _any(
            "sits? sitting seated slumps_(?:in|into|down) perch(?:es|ed) drives? driving squeezes?_into "
            "at_the_wheel rides?"
        ),
    ),
    (Pose.POINT, _any("points? pointing gestures_(?:at|to|towards?) aims")),
    (Pose.LEAN, _any("leans? leaning props_(?:him|her)self slouches")),
    (
        Pose.WALK,
        _any(
            "walks? walking cross(?:es)? crossing enters? entering exits? exiting leaves strides? steps? "
            "wanders? climbs? approaches paces "
            "marches strolls limps comes_(?:in|out|down|up|over|towards?) heads hurries follows? creeps stumbles "
            "arrives descends bursts_in storms_in slips_in rushes_in"
        ),
    ),
    (Pose.STAND, _any("stands? standing rises gets_up stops?")),
)
_HANDLES = _any(
    "holds? holding grips? gripping drinks? drinking sips? reads? reading carr(?:y|ies|ying) "
    "clutch(?:es|ing) lifts? raises? takes pulls?_out picks?_up "
    "opens dials hands pours? shows waves cradles draws? with aims points listens_on answers unfolds folds writes"
)
LASTING = (Pose.SIT, Pose.KNEEL, Pose.LEAN)
"""Poses people stay in until they are seen to do something else."""

_PROPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (prop, _any(words))
    for prop, words in (
        ("gun", "gun pistol revolver rifle shotgun"),
        ("phone", "phone cellphone mobile receiver"),
        (
            "letter",
            "letter envelope note photo photograph newspaper paper telegram document map ticket card page script",
        ),
        ("key", "keys?"),
        ("book", "book diary notebook bible journal ledger"),
        ("cup", "cup cups mug coffee tea glass bottle beer wine whisk(?:e)?y drink"),
        ("bag", "bag suitcase briefcase satchel backpack purse handbag"),
        ("box", "box parcel package crate"),
    )
)

_FACES: tuple[tuple[Expression, re.Pattern[str]], ...] = (
    (
        Expression.AFRAID,
        _any(
            "gasps? screams? screaming fear afraid frightened terrified terror panics? panicked trembl(?:es|ing) "
            "scared flinch(?:es)? cowers?"
        ),
    ),
    (
        Expression.SAD,
        _any(
            "tears? weeps? weeping cries crying sobs? sobbing whispers? whispering sad sadly grief mourns broken "
            "heartbroken quietly softly fades sighs?"
        ),
    ),
    (
        Expression.ANGRY,
        _any(
            "angry angrily anger shouts? shouting yells? yelling furious rage snaps snarls glares? slams growls "
            "seething scowls? fierce"
        ),
    ),
    (
        Expression.HAPPY,
        _any(
            "smil(?:es|ing|e) laughs? laughing grins? grinning happy happily joy beams chuckles? giggles? warmly "
            "delighted cheers?"
        ),
    ),
    (
        Expression.SURPRISED,
        _any("stares? staring surprised shocked astonished startled freezes stunned disbelief wide-eyed jumps amazed"),
    ),
)


def pose_in(text: str) -> Pose | None:
    """The pose a sentence puts its doer in, or None; the first verb of the sentence decides between two."""
    found = [
        (match.start(), order, pose) for order, (pose, pattern) in enumerate(_POSES) if (match := pattern.search(text))
    ]
    if found and min(found)[2] is Pose.WALK and any(pose is Pose.SIT for _, _, pose in found):
        return Pose.SIT
    return min(found)[2] if found else None


def prop_in(text: str) -> str | None:
    """What a sentence puts in somebody's hand, or None."""
    return next((prop for prop, pattern in _PROPS if pattern.search(text)), None) if _HANDLES.search(text) else None


def expression_in(text: str) -> Expression | None:
    """The face the words give somebody, or None."""
    return next((face for face, pattern in _FACES if pattern.search(text)), None)


def expression_of_line(text: str, manner: str) -> Expression:
    """The face of somebody who says this in this manner."""
    shown = expression_in(manner)
    if shown is not None:
        return shown
    if re.search(r"[?]!|![?]", text):
        return Expression.SURPRISED
    if "!" in text:
        return Expression.AFRAID if re.search(r"\b(?:help|no!|please|run)\b", text, re.IGNORECASE) else Expression.ANGRY
    return Expression.NEUTRAL


_HAIR_COLOURS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (colour, re.compile(rf"\b(?:{words})[- ](?:\w+[- ])?hair(?:ed)?\b|\b{alone}\b", re.IGNORECASE))
    for colour, words, alone in (
        ("#a8431f", "red|ginger|auburn|copper", "red-?head(?:ed)?"),
        ("#d8b26a", "blonde?|fair|golden|yellow", "blonde?"),
        ("#2e282c", "black|dark|raven", "raven-haired"),
        ("#5c3e2c", "brown|chestnut", "brunette"),
        ("#c4c2c0", "gr[ae]y|white|silver", "gr[ae]y-?haired|white-?haired"),
    )
)
_HAIR_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bald", _any("bald balding shaved_head hairless")),
    ("pony", _any("ponytail pony_tail pigtails braid braids")),
    ("bun", _any("bun hair_up chignon")),
    ("curly", re.compile(r"\b(?:curls|(?:curly|wild|frizzy)[- ](?:\w+[- ])?hair(?:ed)?|afro)\b", re.IGNORECASE)),
    ("long", re.compile(r"\blong[- ](?:\w+[- ])?hair(?:ed)?\b", re.IGNORECASE)),
    ("bob", re.compile(r"\bbob(?:bed)?\b(?= (?:cut|hair)|,)", re.IGNORECASE)),
    (
        "short",
        re.compile(r"\b(?:short|cropped|buzz(?:ed)?)[- ](?:\w+[- ])?(?:hair(?:ed)?|cut)\b|\bcrew cut\b", re.IGNORECASE),
    ),
)
_GARMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("coat", _any("coat overcoat raincoat trenchcoat trench_coat parka cloak robe oilskin")),
    ("dress", _any("dress gown nightgown sundress")),
    ("skirt", _any("skirt")),
    ("jacket", _any("suit jacket blazer uniform tuxedo vest waistcoat hoodie")),
    ("tshirt", _any("t-shirt tee tank_top undershirt shirt sweater jersey pyjamas pajamas")),
)
_CLOTH_COLOURS = {
    "red": "#b23c32",
    "blue": "#4a6a8e",
    "green": "#5f8257",
    "yellow": "#d0a648",
    "black": "#3a383e",
    "white": "#e6e0d4",
    "grey": "#7c7f86",
    "gray": "#7c7f86",
    "brown": "#7e5c42",
    "pink": "#c98196",
    "purple": "#7a5c8e",
    "orange": "#c87838",
    "dark": "#45454f",
    "navy": "#39456a",
    "beige": "#c8b590",
}
_CLOTHES = (
    r"(?:coat|overcoat|raincoat|dress|gown|suit|jacket|blazer|uniform|shirt|t-shirt|sweater|hoodie|robe|cloak|tuxedo)"
)
_COLOURED = re.compile(
    rf"\b({'|'.join(_CLOTH_COLOURS)})\s+(?:\w+\s+)?{_CLOTHES}\b|\bin (red|blue|green|black|white|grey|gray|pink)\b",
    re.IGNORECASE,
)
_HAT = _any("hat cap fedora bowler helmet beret trilby stetson")
_TALL = _any("tall towering giant hulking huge")
_SMALL = _any("tiny petite diminutive")
_HEAVY = _any("fat heavy stout burly hulking broad massive portly")
_THIN = _any("thin skinny slender gaunt slim lanky wiry frail")


def appearance_in(text: str) -> dict[str, str | bool | float]:
    """What a description says of somebody's looks, as fields of `Look`."""
    found: dict[str, str | bool | float] = {}
    for field, table in (("hair", _HAIR_COLOURS), ("hair_style", _HAIR_STYLES), ("garment", _GARMENTS)):
        value = next((value for value, pattern in table if pattern.search(text)), None)
        if value is not None:
            found[field] = value
    colour = _COLOURED.search(text)
    if colour is not None:
        found["top"] = _CLOTH_COLOURS[(colour[1] or colour[2]).lower()]
    if _HAT.search(text):
        found["hat"] = True
    for field, pattern, value in (
        ("stature", _TALL, 1.92),
        ("stature", _SMALL, 1.55),
        ("build", _HEAVY, 1.28),
        ("build", _THIN, 0.88),
    ):
        if pattern.search(text):
            found.setdefault(field, value)
    return found
