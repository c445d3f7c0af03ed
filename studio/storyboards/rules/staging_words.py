"""What the words of a script say of places, light, weather, faces, things in hands and clothes. Tables and look-ups only."""

from __future__ import annotations

import re

from studio.engine.artist.spec import Expression, Light, SetKind


def _any(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + r")\b", re.IGNORECASE)


_SETS: tuple[tuple[SetKind, re.Pattern[str]], ...] = tuple(
    (kind, _any(words))
    for kind, words in (
        (SetKind.CAR, "cars? taxi cab truck van limo limousine jeep ambulance suv sedan pickup chevy chevrolet"),
        (
            SetKind.OFFICE,
            "office boardroom newsroom lab laboratory studio precinct police_station interrogation(?:_room)? library "
            "courtroom control_room conference(?:_room)? bank archive station_house bullpen reception",
        ),
        (SetKind.STATION, "(?:train|railway|railroad|subway|metro|bus|central)_station station platform"),
        (SetKind.CLASSROOM, "classroom schoolroom lecture_(?:hall|theatre) kindergarten"),
        (SetKind.KITCHEN, "kitchen kitchenette galley bakery"),
        (
            SetKind.BAR,
            "bar pub diner caf[eé] coffee_(?:shop|house) tea_?room tavern saloon restaurant bistro nightclub club cantina",
        ),
        (
            SetKind.CORRIDOR,
            "corridor hall hallway stairwell staircase stairs tunnel passage lobby foyer elevator lift landing",
        ),
        (
            SetKind.HOSPITAL,
            "hospital ward clinic infirmary operating_(?:room|theatre) emergency_room icu morgue sickroom",
        ),
        (SetKind.BEDROOM, "bedroom guest_room dormitory dorm_room (?:motel|hotel)_room nursery bedchamber"),
        (SetKind.BATHROOM, "bathroom washroom restroom toilets? shower_room"),
        (SetKind.CHURCH, "church chapel cathedral abbey temple synagogue"),
        (
            SetKind.WAREHOUSE,
            "warehouse factory hangar garage barn basement cellar storage storeroom workshop depot mill stables?",
        ),
        (SetKind.SHOP, "shop store supermarket grocery boutique pharmacy drugstore bookstore bookshop market mall"),
        (SetKind.TRAIN, "train carriage compartment subway metro tram bus coach plane airplane aeroplane aircraft jet"),
        (SetKind.ROOFTOP, "rooftop roof roof_terrace balcony"),
        (SetKind.BEACH, "beach seashore seaside shore cove sands lighthouse cape headland"),
        (SetKind.DECK, "deck ferry ship boat yacht vessel trawler sea ocean"),
        (
            SetKind.WATERFRONT,
            "harbou?r pier river docks? quay wharf lake island cliff coast marina jetty canal waterfront promenade",
        ),
        (SetKind.FOREST, "forest woods? park jungle grove orchard garden swamp clearing cemetery graveyard"),
        (
            SetKind.FIELD,
            "fields? desert hills? meadow plains? farm ranch mountains? valley moor dunes? prairie ridge battlefield pasture",
        ),
        (
            SetKind.YARD,
            "yard backyard patio lawn porch house home cottage bungalow farmhouse mansion villa cabin shack hut driveway "
            "swimming_pool pool",
        ),
        (
            SetKind.STREET,
            "street alley alleyway road avenue sidewalk pavement highway square plaza market city town village "
            "parking courtyard bridge gate crossroads",
        ),
    )
)
_OUTDOOR_SETS = frozenset(
    (
        SetKind.STREET,
        SetKind.FIELD,
        SetKind.FOREST,
        SetKind.ROOFTOP,
        SetKind.WATERFRONT,
        SetKind.BEACH,
        SetKind.DECK,
        SetKind.STATION,
        SetKind.YARD,
    )
)
_INDOOR_SETS = frozenset(kind for kind in SetKind if kind not in _OUTDOOR_SETS) | {SetKind.STATION}


def set_kind_of(place: str, *, interior: bool | None) -> tuple[SetKind, bool]:
    """The kind of set a heading names, and whether it is inside; `interior` is what the heading says, None when it does not."""
    kinds = [kind for kind, pattern in _SETS if pattern.search(place)]
    if interior is None:
        kind = kinds[0] if kinds else SetKind.ROOM
        return kind, kind in _INDOOR_SETS and kind not in _OUTDOOR_SETS
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


_CHILDREN = _any(
    "(?:of|with|where)_(?:\\w+_)?(?:children|kids) schoolchildren (?:children|kids)_(?:play|run|shout|laugh|climb|slide)(?:ing)?"
)
_CROWD = _any(
    "crowd crowds crowded throng mob onlookers pedestrians shoppers customers patrons commuters tourists spectators "
    "audience diners passers-by bystanders partygoers revellers passengers (?:the|other|more)_guests villagers bustling "
    "packed_with full_of_people people_(?:everywhere|mill|milling|bustle|hurry|dance|queue)"
)


def crowd_named(text: str) -> str:
    """Who fills a place: "children", "people", or "" when the words name no crowd."""
    return "children" if _CHILDREN.search(text) else "people" if _CROWD.search(text) else ""


_HANDLES = _any(
    "holds? holding grips? gripping drinks? drinking sips? reads? reading carr(?:y|ies|ying) "
    "clutch(?:es|ing) lifts? raises? takes pulls?_out picks?_up "
    "opens dials hands pours? shows waves cradles draws? with aims points listens_on answers unfolds folds writes"
)
_PROPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (prop, _any(words))
    for prop, words in (
        ("gun", "gun pistol revolver rifle shotgun"),
        ("phone", "phone cellphone mobile receiver"),
        ("photo", "photo photograph picture snapshot ticket card polaroid"),
        ("letter", "letter envelope note newspaper paper telegram document map page script"),
        ("key", "keys?"),
        ("book", "book diary notebook bible journal ledger"),
        ("umbrella", "umbrella"),
        ("cigarette", "cigarette cigar"),
        ("camera", "camera"),
        ("torch", "torch flashlight candle"),
        ("lantern", "lantern oil_lamp"),
        ("knife", "knife dagger blade"),
        ("sword", "sword sabre"),
        ("flowers", "flowers? bouquet roses?"),
        ("rope", "rope line"),
        ("stick", "stick cane broom oars? bat"),
        ("hammer", "hammer axe wrench"),
        ("plate", "plate tray bowl"),
        ("microphone", "microphone"),
        ("bottle", "bottle beer"),
        ("glass", "glass wine whisk(?:e)?y drink"),
        ("cup", "cup cups mug coffee tea"),
        ("bag", "bag suitcase briefcase satchel backpack purse handbag"),
        ("box", "box parcel package crate"),
    )
)

_FACES: tuple[tuple[Expression, re.Pattern[str]], ...] = (
    (Expression.ASLEEP, _any("asleep sleeps sleeping unconscious dozes dozing eyes_closed closes_(?:his|her)_eyes")),
    (Expression.DISGUSTED, _any("disgust(?:ed)? grimaces? revolted sneers? winces? repulsed")),
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
        Expression.WORRIED,
        _any("worried worriedly anxious anxiously nervous nervously concerned uneasy uneasily hesitates? frowns?"),
    ),
    (
        Expression.SURPRISED,
        _any("stares? staring surprised shocked astonished startled freezes stunned disbelief wide-eyed jumps amazed"),
    ),
)


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
