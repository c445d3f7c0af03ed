"""What the panel artist is asked for: one panel in plain words and numbers. Lengths in metres, angles in degrees.

The stage is a floor plan: x to the right, z away from a camera at azimuth 0, y up. Scene code (`storyboards/staging.py`) makes
these from a shot; the artist turns them into a display list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    EWS = "EWS"
    WS = "WS"
    FS = "FS"
    MLS = "MLS"
    MWS = "MWS"
    MS = "MS"
    MCU = "MCU"
    CU = "CU"
    ECU = "ECU"
    INSERT = "INSERT"


class ShotType(StrEnum):
    SINGLE = "SINGLE"
    OTS = "OTS"
    TWO = "TWO"
    GROUP = "GROUP"
    POV = "POV"
    EMPTY = "EMPTY"


class Angle(StrEnum):
    EYE = "EYE"
    HIGH = "HIGH"
    LOW = "LOW"
    OVERHEAD = "OVERHEAD"
    WORM = "WORM"
    DUTCH = "DUTCH"


class Move(StrEnum):
    STATIC = "STATIC"
    PAN = "PAN"
    TILT = "TILT"
    PUSH_IN = "PUSH_IN"
    PULL_OUT = "PULL_OUT"
    TRACK = "TRACK"
    FOLLOW = "FOLLOW"
    CRANE = "CRANE"
    ZOOM = "ZOOM"
    HANDHELD = "HANDHELD"


class Pose(StrEnum):
    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    SIT = "sit"
    POINT = "point"
    TALK = "talk"
    HOLD = "hold"
    LEAN = "lean"
    KNEEL = "kneel"
    EMBRACE = "embrace"
    REACH = "reach"
    GIVE = "give"
    LIE = "lie"
    CROUCH = "crouch"
    COWER = "cower"
    CRAWL = "crawl"
    SIT_FLOOR = "sit_floor"
    PRAY = "pray"
    BOW = "bow"
    LIFT = "lift"
    PHONE = "phone"
    DRINK = "drink"
    EAT = "eat"
    SMOKE = "smoke"
    READ = "read"
    WRITE = "write"
    TYPE = "type"
    DRIVE = "drive"
    WAVE = "wave"
    HANDS_UP = "hands_up"
    CHEER = "cheer"
    SHRUG = "shrug"
    CROSS_ARMS = "cross_arms"
    AKIMBO = "akimbo"
    THINK = "think"
    COVER_FACE = "cover_face"
    LISTEN = "listen"
    PEER = "peer"
    SALUTE = "salute"
    AIM = "aim"
    OPEN = "open"
    PUSH = "push"
    PULL = "pull"
    CARRY = "carry"
    FIGHT = "fight"
    KICK = "kick"
    FALL = "fall"
    JUMP = "jump"
    DANCE = "dance"
    CLIMB = "climb"
    SNEAK = "sneak"


class Expression(StrEnum):
    NEUTRAL = "neutral"
    HAPPY = "happy"
    SAD = "sad"
    ANGRY = "angry"
    AFRAID = "afraid"
    SURPRISED = "surprised"
    WORRIED = "worried"
    DISGUSTED = "disgusted"
    ASLEEP = "asleep"


class SetKind(StrEnum):
    ROOM = "room"
    BAR = "bar"
    KITCHEN = "kitchen"
    OFFICE = "office"
    CORRIDOR = "corridor"
    CAR = "car"
    STREET = "street"
    FIELD = "field"
    FOREST = "forest"
    ROOFTOP = "rooftop"
    WATERFRONT = "waterfront"
    BEDROOM = "bedroom"
    HOSPITAL = "hospital"
    CLASSROOM = "classroom"
    SHOP = "shop"
    CHURCH = "church"
    WAREHOUSE = "warehouse"
    STATION = "station"
    TRAIN = "train"
    BEACH = "beach"
    DECK = "deck"
    YARD = "yard"
    BATHROOM = "bathroom"


class Light(StrEnum):
    DAY = "day"
    NIGHT = "night"
    DAWN = "dawn"
    DUSK = "dusk"


class Style(StrEnum):
    """How a panel is drawn: the hand and the colours, never where things are."""

    MARKER = "marker"
    PENCIL = "pencil"
    INK = "ink"
    BLUEPRINT = "blueprint"


@dataclass(frozen=True, slots=True)
class Look:
    """A person's constant appearance; None means: taken from a hash of the name, always the same.

    Colours are '#rrggbb'. `age` is child, adult or old. `stature` in metres without hat. `chosen` says that a
    person decided on it: what the script says later does not change it.
    """

    feminine: bool | None = None
    age: str = "adult"
    stature: float | None = None
    build: float | None = None
    hair: str | None = None
    hair_style: str | None = None
    hat: bool | None = None
    garment: str | None = None
    top: str | None = None
    bottom: str | None = None
    skin: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One person on the stage. `facing` is where the body points on the floor plan: 0 away from camera azimuth 0 (+z), 90 to +x.

    `looks_at` names another figure of the panel; `prop` is a thing in the hand (a key of `people.poses.holding.HOLDS`).
    `travels` is the direction of travel in the same degrees, None when standing still. `seated` has them do it sitting down.
    `placed` says that a person put them there: staging anew leaves them as they are.
    """

    name: str
    x: float
    z: float
    facing: float
    pose: Pose = Pose.STAND
    expression: Expression = Expression.NEUTRAL
    looks_at: str | None = None
    prop: str | None = None
    travels: float | None = None
    look: Look = Look()
    seated: bool = False
    placed: bool = False


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """One storyboard panel.

    `subject` names the figure framed (None: the place, or the whole group for TWO and GROUP); `foreground` names the figure over
    whose shoulder we look. `azimuth` turns the camera round the subject (degrees, 0 = looking along +z, positive to the
    camera's right); with `camera_placed` it stands there exactly, else it may step aside to show people better.
    `camera_height` in metres overrides that of the angle (a tilt stays). `insert` is the thing an INSERT shows. `place` seeds
    the set so that it is the same in every panel of it. `crowd` fills it with "people" or "children".
    """

    size: Size
    type: ShotType
    angle: Angle
    move: Move
    lens_mm: float
    set_kind: SetKind
    interior: bool
    light: Light
    place: str
    figures: tuple[Figure, ...] = ()
    subject: str | None = None
    foreground: str | None = None
    azimuth: float = 0.0
    insert: str | None = None
    weather: str = "clear"
    seed: int = 0
    crowd: str = ""
    style: Style = Style.MARKER
    camera_height: float | None = None
    camera_placed: bool = False
