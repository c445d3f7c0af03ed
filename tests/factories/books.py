"""Boards to be printed, with real picture files, without a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PIL import Image

from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene


def make_picture(path: Path, *, size: tuple[int, int] = (320, 180), shade: int = 0, mode: str = "RGB") -> Path:
    """A picture file that no other shade equals."""
    picture = Image.linear_gradient("L").resize(size)
    Image.merge("RGB", (picture, picture, Image.new("L", size, shade % 256))).convert(mode).save(path)
    return path


def make_panel(number: str = "1A", **more: object) -> BookPanel:
    fields: dict[str, object] = {
        "number": number,
        "size": "MCU",
        "angle": "EYE",
        "move": "PUSH_IN",
        "lens_mm": 50.0,
        "seconds": 4.25,
        "action": "Mara walks along the rail.",
        "dialogue": (("MARA", "I am closed."),),
        "cast": ("MARA", "BEN"),
    }
    return BookPanel(**(fields | more))


def make_scene(number: str = "1", shots: int = 3, heading: str = "EXT. PIER - DUSK", **more: object) -> BookScene:
    panels = tuple(make_panel(f"{number}{chr(65 + at % 26)}{at // 26 or ''}", **more) for at in range(shots))
    return BookScene(number, heading, sum(panel.seconds for panel in panels), panels, 12)


def make_book(*scenes: BookScene, title: str = "The Last Ferry", aspect: float = 16 / 9) -> BoardBook:
    return BoardBook(title, "A. Writer", date(2026, 11, 21), scenes or (make_scene(),), aspect)
