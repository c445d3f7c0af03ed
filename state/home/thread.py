"""The thread as the page draws it: a node a stage with its contact sheet of squares, and the next step in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.thread.views import ProjectHome

Standing = Literal["done", "part", "none"]

_MOST = 68
_SMALL, _LARGE = 17, 9  # squares in a row
_FEW = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """Squares in rows: `rows` full ones and `rest` in the next, of all pieces and of those that are made."""

    large: bool = False
    rows: int = 0
    rest: int = 0
    made_rows: int = 0
    made_rest: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One stage: how many, of what, how far, and where to see it."""

    name: str
    glyph: str
    href: str
    count: str
    unit: str
    state: Standing
    note: str
    foot: str
    share: str
    sheet: Sheet
    live: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next. `act` is draw or film when the button acts, "" when it leads to `href`; `more` is the blue box's link."""

    kind: str = ""
    text: str = ""
    label: str = ""
    glyph: str = ""
    act: str = ""
    href: str = ""
    more: str = ""
    more_href: str = ""


def sheet_of(made: int, total: int) -> Sheet:
    """The contact sheet of a stage; above 68 pieces a square stands for several."""
    if total <= 0:
        return Sheet()
    squares = min(total, _MOST)
    filled = min(squares, made * squares // total if total > _MOST else made)
    if made and not filled:
        filled = 1
    across = _LARGE if squares <= _FEW else _SMALL
    return Sheet(squares <= _FEW, *divmod(squares, across), *divmod(filled, across))


def nodes_of(home: ProjectHome, making: str, *, music: int) -> list[Node]:
    """The stages from script to film, in order."""
    at, script, card, film = f"/p/{home.card.id}", home.script, home.card, home.latest_render
    pages = -(-script.eighths // 8) if script else 0
    cut = home.timeline_frames
    length = _length(card.length_s) if cut else ""
    drawing, filming = making in ("board", "film"), making == "film"
    left = home.shots - home.panels_drawn
    return [
        _node(
            "Script", "file-text", f"{at}/script", pages, pages, "page", note=script.name if script else "Bring one in"
        ),
        _node("Scenes", "clapperboard", f"{at}/script", home.scenes, home.scenes, "scene", note=_eighths(home)),
        _node("Shots", "crop", f"{at}/board", home.shots, home.shots, "shot", note=_board_length(home)),
        _node(
            "Panels",
            "image",
            f"{at}/board",
            home.panels_drawn,
            home.shots,
            "panel",
            note=f"{left} to draw" if left else "All drawn" if home.shots else "",
            live=drawing and left > 0,
        ),
        _node(
            "Voices",
            "mic",
            f"{at}/board",
            home.lines_voiced,
            home.lines,
            "line",
            note=_voices(home, live=filming),
            live=filming and home.lines_voiced < home.lines,
            needless=home.shots > 0 and not home.lines,
        ),
        _node(
            "Music", "music", f"{at}/renders", music, music, "cue", note="Composed" if music else "Made with the film"
        ),
        _node("Cut", "scissors", f"{at}/renders", home.shots if cut else 0, home.shots, "shot", note=length),
        _node(
            "Film",
            "film",
            f"{at}/renders",
            home.renders,
            max(1, home.renders),
            "film",
            note=_film(film.preset, film.size_bytes) if film and film.sha256 else "",
            live=filming,
        ),
    ]


def step_of(home: ProjectHome, making: str, *, may_edit: bool) -> Next:
    """What somebody should do next, or watch happen."""
    at = f"/p/{home.card.id}"
    board, films = f"{at}/board", f"{at}/renders"
    left = home.shots - home.panels_drawn
    if making == "film":
        return Next("wait", "The film is being made.", "See the film", "film", "", films, "See how far it is", films)
    if making == "board":
        text = f"The board is being drawn: {home.panels_drawn} of {home.shots} panels."
        return Next("wait", text, "Open the board", "layout-grid", "", board, "See it fill", board)
    if home.next_step == "import":
        cut = f"{at}/cut"
        if home.timeline_frames:
            more = ("Watch the film", films) if home.renders else ("Make the film", films)
            return Next("cut", "A cut of your own footage is under way.", "Open the cut", "scissors", "", cut, *more)
        text = "There is no script in this project yet."
        return Next("import", text, "Bring a script", "upload", "", "/projects", "Or cut your own footage", cut)
    if home.next_step == "board":
        wait = _count(left, "panel")
        if not may_edit:
            text = f"{wait} still to be drawn. Whoever edits this project can draw them."
            return Next("look", text, "Open the board", "layout-grid", "", board)
        return Next(
            "draw",
            f"{wait} still to be drawn.",
            "Draw the board",
            "pencil",
            "draw",
            "",
            "Read the script",
            f"{at}/script",
        )
    if home.next_step == "film":
        if not may_edit:
            text = "Every panel is drawn. Whoever edits this project can make the film."
            return Next("look", text, "Open the board", "layout-grid", "", board)
        text = "Every panel is drawn. Voices, music and the cut come with the film."
        return Next("film", text, "Make the film", "clapperboard", "film", "", "Look at the board", board)
    return Next("watch", "The film is finished.", "Watch the film", "play", "", films, "Look at the board", board)


def _node(
    name: str,
    glyph: str,
    href: str,
    made: int,
    total: int,
    unit: str,
    *,
    note: str = "",
    live: bool = False,
    needless: bool = False,
) -> Node:
    state: Standing = "done" if needless or (made and made >= total) else "part" if made or live else "none"
    foot = (
        "None needed"
        if needless
        else "Being made"
        if live
        else {"done": "Done", "part": "Begun", "none": "Not made yet"}[state]
    )
    share = f"{100 * made // total} %" if total and (made or live) else ""
    of = f"of {total:,}" if made < total and total > 1 else unit if made == 1 else f"{unit}s"
    return Node(name, glyph, href, f"{made:,}", of, state, note, foot, share, sheet_of(made, total), live)


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{' is' if number == 1 else 's are'}"


def _eighths(home: ProjectHome) -> str:
    if home.script is None:
        return ""
    whole, rest = divmod(home.script.eighths, 8)
    return " ".join(p for p in (str(whole) if whole or not rest else "", f"{rest}/8" if rest else "") if p) + " pages"


def _voices(home: ProjectHome, *, live: bool) -> str:
    left = home.lines - home.lines_voiced
    if not home.lines:
        return "Nobody speaks" if home.shots else ""
    if not left:
        return "All recorded"
    return f"{left:,} to record" if live or home.lines_voiced else "Made with the film"


def _board_length(home: ProjectHome) -> str:
    return f"{_length(home.card.length_s)} long" if home.shots and home.card.frames else ""


def _length(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _film(preset: str, size: int | None) -> str:
    return f"{preset}, {size / 1_000_000:.1f} MB" if size else preset
