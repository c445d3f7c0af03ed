"""Worksheets drawn on, and what scanners and phones make of them."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from studio.storyboards.printing.book import BoardBook
from studio.storyboards.printing.worksheet.form import Form
from studio.storyboards.printing.worksheet.pages import write_worksheets

Picture = NDArray[np.uint8]
SCRIPT = "a-script"


def tagged(book: BoardBook) -> BoardBook:
    """The book with ids for its script and its shots: `shot-1A`."""
    scenes = tuple(
        dataclasses.replace(
            scene, panels=tuple(dataclasses.replace(p, panel_id=f"shot-{p.number}") for p in scene.panels)
        )
        for scene in book.scenes
    )
    return dataclasses.replace(book, scenes=scenes, script_id=SCRIPT)


@lru_cache(maxsize=8)
def printed(book: BoardBook, form: Form, *, page: int = 0, dpi: int = 150, blank: int = 0) -> Picture:
    """A page of a worksheet as a scanner sees it."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "sheet.pdf"
        write_worksheets(book, form, out, blank=blank)
        return page_of(out, page=page, dpi=dpi)


def page_of(path: Path, *, page: int = 0, dpi: int = 150) -> Picture:
    """A page of a PDF as a scanner sees it."""
    document = pypdfium2.PdfDocument(path)
    picture = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return np.asarray(picture)


def drawn_on(sheet: Picture, form: Form, frames: dict[int, tuple[int, int, int]]) -> Picture:
    """The sheet with two dots in ink of a colour in each of these frames: at a quarter and at three quarters of it."""
    drawn = sheet.copy()
    scale = sheet.shape[1] / form.size[0]
    for at, colour in frames.items():
        place = form.frame(at)
        for share in (0.25, 0.75):
            spot = ((place.x + share * place.width) * scale, (place.y + share * place.height) * scale)
            cv2.circle(
                drawn,
                (round(spot[0] * 16), round(spot[1] * 16)),
                round(place.height * scale * 0.06 * 16),
                colour,
                -1,
                cv2.LINE_AA,
                4,
            )
    return drawn


def turned(sheet: Picture, degrees: float) -> Picture:
    """The sheet askew on a larger white glass."""
    height, width = sheet.shape[:2]
    side = int(np.hypot(width, height)) + 20
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += ((side - width) / 2, (side - height) / 2)
    straight = cv2.warpAffine(sheet, turn, (side, side), flags=cv2.INTER_AREA, borderValue=(255, 255, 255))
    return np.asarray(straight, np.uint8)


def photographed(sheet: Picture, *, lean: float = 0.12, shade: float = 0.45, noise: float = 5.0) -> Picture:
    """The sheet on a brown table from the side, with lamplight from one corner and a noisy sensor."""
    height, width = sheet.shape[:2]
    margin = round(0.08 * max(width, height))
    size = (width + 2 * margin, height + 2 * margin)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    off = np.array([[lean, 0.3 * lean], [-lean * 0.2, lean * 0.5], [0, 0], [-lean * 0.25, -lean * 0.1]], np.float32)
    seen = flat + margin + (off * [width, height]).astype(np.float32)
    table = np.full((size[1], size[0], 3), (96, 70, 52), np.uint8)
    lean_over = cv2.getPerspectiveTransform(flat, seen)
    photo = cv2.warpPerspective(sheet, lean_over, size, table, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    x, y = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    light = (1 - shade * (0.6 * x + 0.4 * y))[:, :, None] * np.array([1.0, 0.97, 0.88])
    grain = np.random.default_rng(5).normal(0, noise, photo.shape)
    return np.clip(photo * light + grain, 0, 255).astype(np.uint8)


def jpeg(picture: Picture, quality: int = 85) -> bytes:
    return cv2.imencode(".jpg", picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def dots(drawing: Picture) -> list[tuple[float, float]]:
    """Where dots are in a drawing, in shares of its width and height, in reading order of their columns."""
    dark = (cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY) < 190).astype(np.uint8)
    _, _, stats, centres = cv2.connectedComponentsWithStats(dark)
    height, width = dark.shape
    large = [i for i in range(1, len(stats)) if stats[i, cv2.CC_STAT_AREA] > 0.002 * dark.size]
    return sorted((float(centres[i][0] / width), float(centres[i][1] / height)) for i in large)
