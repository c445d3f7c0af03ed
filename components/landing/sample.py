"""The film on the front page: figures of `inkreel film the-last-ferry.fountain`, copied from its board and its cut."""

from __future__ import annotations

from dataclasses import dataclass

FPS = 24
FRAMES = 2563
DRAWINGS = 32
SCENES = (("EXT. HARBOUR PIER - DUSK", 60), ("INT. HARBOUR CAFE - NIGHT", 951), ("EXT. HARBOUR PIER - NIGHT", 1980))
"""Heading and first frame."""

SEGMENTS = (
    *(60, 104, 120, 56, 112, 164, 70, 129, 67, 69, 50, 35, 42, 162, 71, 89),
    *(77, 35, 138, 56, 36, 131, 49, 58, 89, 71, 123, 61, 48, 62, 45, 84),
)
"""Frames of each piece the render made."""
CHANGED = 7
"""The one piece of them that is made again when panel 1G is drawn anew."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot of it: `start` and `frames` as cut, `said` the words under it, `look` what its picture shows."""

    number: str
    size: str
    angle: str
    lens: int
    start: int
    frames: int
    said: str
    look: str

    @property
    def picture(self) -> str:
        return f"/landing/{self.number.lower()}.webp"

    @property
    def seconds(self) -> str:
        return f"{self.frames / FPS:.1f}s"

    @property
    def end(self) -> int:
        return self.start + self.frames


PIER = (
    Shot(
        "1A",
        "EWS",
        "eye",
        18,
        60,
        104,
        "A small ferry rocks against the pier.",
        "A pier at dusk, lamps along the water",
    ),
    Shot(
        "1B",
        "FS",
        "pan",
        28,
        164,
        120,
        "Mara walks along the rail with a rope.",
        "A grey-haired woman in a blue coat walks",
    ),
    Shot("1C", "MS", "eye", 40, 284, 56, "She is nearly done.", "The woman at the rail, the town behind her"),
    Shot("1D", "WS", "track", 24, 340, 112, "Ben runs down the pier.", "A man in a red jacket runs along the pier"),
    Shot(
        "1E",
        "MS",
        "two-shot",
        35,
        452,
        164,
        "BEN: Is this the last one?  MARA: It was.",
        "He pleads, she folds her arms",
    ),
    Shot(
        "1F", "MCU", "OTS", 50, 616, 70, "BEN: I have to be on the island tonight.", "Over her shoulder: the man smiles"
    ),
    Shot(
        "1G",
        "MCU",
        "OTS",
        50,
        686,
        129,
        "MARA: Everybody has to be somewhere tonight.",
        "Over his shoulder: the woman speaks",
    ),
    Shot("1H", "INSERT", "eye", 85, 815, 67, "One way, thirty years ago.", "A hand holds out a paper ticket"),
    Shot(
        "1J",
        "MS",
        "two-shot",
        35,
        882,
        69,
        "MARA: Where did you get this?",
        "The two of them at the rail with the ticket",
    ),
)
"""The first scene, complete."""

CAFE = (
    Shot("2B", "FS", "eye", 28, 1001, 35, "Ben sits at the counter.", "The man sits at a cafe table"),
    Shot(
        "2D",
        "MS",
        "two-shot",
        35,
        1078,
        162,
        "BEN: My father bought it.",
        "The two of them in the cafe, tea between them",
    ),
    Shot("2E", "CU", "eye", 75, 1240, 71, "BEN: You're Mara.", "Close: the man, astonished"),
    Shot(
        "2F", "MCU", "OTS", 50, 1311, 89, "MARA: I was Mara. Now I'm the ferry.", "Over his shoulder: the woman answers"
    ),
    Shot("2H", "INSERT", "POV", 85, 1429, 48, "The clock on the wall.", "A clock on the wall"),
    Shot("2L", "MS", "eye", 40, 1650, 56, "Ben takes an old letter from his bag.", "The man holds a letter"),
    Shot("2M", "INSERT", "eye", 85, 1706, 36, "Mara reads the letter.", "A hand on a written page"),
    Shot(
        "2N", "CU", "eye", 75, 1742, 131, "MARA: He says the sea was never the problem.", "Close: the woman, near tears"
    ),
)
"""Eight shots of the second."""


def timecode(frame: int) -> str:
    """Frame as hh:mm:ss:ff."""
    seconds, ff = divmod(frame, FPS)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{ff:02d}"
