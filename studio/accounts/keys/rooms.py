"""Acts of every page, of the board and of the drawing room: each is a button or a link that is on the page already."""

from __future__ import annotations

from studio.accounts.keys.act import Act

LEAD = "G"
"""Before the letter of a room."""


def _act(room: str, group: str, name: str, words: str, *keys: str, also: str = "", fixed: bool = False) -> Act:
    return Act(room, group, name, words, keys, fixed=fixed, also=also)


def _go(name: str, words: str, letter: str) -> Act:
    return Act("shell", "Going about", f"go-{name}", words, (f"{LEAD} {letter}",), lead=LEAD)


SHELL: tuple[Act, ...] = (
    _act("shell", "Every page", "palette", "Find anything, or run a command", "Ctrl K", also="search palette"),
    _act("shell", "Every page", "keys", "The keys of this page", "?", also="help shortcuts"),
    _act("shell", "Every page", "jobs", "What is being made", also="runs progress"),
    _act("shell", "Every page", "close", "Close what is open", "Esc", fixed=True),
    _act("shell", "Going about", "go", "Then a letter: to a room", LEAD, fixed=True),
    _go("projects", "To the projects", "P"),
    _go("home", "To the project's thread", "H"),
    _go("script", "To the script", "S"),
    _go("breakdown", "To the breakdown", "D"),
    _go("board", "To the board", "B"),
    _go("cut", "To the cut", "C"),
    _go("renders", "To the renders", "R"),
    _go("settings", "To the project's settings", "E"),
)

BOARD: tuple[Act, ...] = (
    _act("board", "Panels", "undo", "Undo what you did last", "Ctrl Z"),
    _act("board", "Panels", "redo", "Do it again", "Ctrl Shift Z", "Ctrl Y"),
    _act("board", "Panels", "delete", "Take out what is marked", "Del"),
    _act("board", "Panels", "unmark", "Mark nothing", "Esc", fixed=True),
    _act("board", "Panels", "along", "Move the panel on", "Alt →", fixed=True),
    _act("board", "Panels", "forward", "Move the panel before the one in front of it", "Alt ←", fixed=True),
)

_PENS = (
    ("light", "Light pencil", "1"),
    ("brush", "Brush", "2"),
    ("tone", "Tone", "3"),
    ("pencil", "Pencil", "4"),
    ("pen", "Pen", "5"),
    ("note", "Note pen", "6"),
    ("eraser", "Eraser", "7"),
)
_COLOURS = (("ink", "Ink", "8"), ("paper", "Paper", "9"), ("blue", "Blue", "0"))
_SHAPES = (
    ("line", "Line", "I"),
    ("rect", "Rectangle", "R"),
    ("ellipse", "Ellipse", "E"),
    ("arrow", "Arrow", "A"),
    ("text", "Words", "T"),
    ("fill", "Fill", "B"),
    ("pick", "Take a colour from the sheet", "C"),
    ("marquee", "Select", "L"),
    ("move", "Move the selection or the whole layer", "V"),
)
_PANELS = (
    ("after", "New panel after this one", "N"),
    ("before", "New panel before this one", "Shift N"),
    ("copy", "This panel once more", "D"),
    ("shot", "New shot after this one", "/"),
    ("panel-before", "Panel before this one", "PageUp"),
    ("panel-after", "Panel after this one", "PageDown"),
)
_SEEING = (
    ("onion", "Onion skin", "O"),
    ("grid", "Lens grid", "H"),
    ("flip", "Flip", "F"),
    ("depth", "Lines that meet where the pen is", "P"),
    ("mirror", "Draw both sides", "M"),
    ("farther", "Farther", "-"),
    ("closer", "Closer", "+|="),
    ("fit", "All of it", "\\"),
)


def _drawn(group: str, *rows: tuple[str, str, str]) -> tuple[Act, ...]:
    return tuple(_act("draw", group, name, words, *keys.split("|")) for name, words, keys in rows)


DRAW: tuple[Act, ...] = (
    *_drawn("Pens", *_PENS),
    *_drawn("Pens", ("thinner", "Thinner", "{|["), ("thicker", "Thicker", "}|]")),
    *_drawn("Colours", *_COLOURS),
    *_drawn("Shapes and hands", *_SHAPES),
    *_drawn("Shapes and hands", ("delete", "Delete what is selected", "Del|Backspace")),
    *_drawn("Panels", *_PANELS),
    *_drawn("Seeing", *_SEEING),
    _act("draw", "Seeing", "pan", "Held while dragging: move the view", "Space", fixed=True),
    *_drawn("Drawing", ("undo", "Undo what you drew last", "Ctrl Z"), ("redo", "Draw it again", "Ctrl Shift Z|Ctrl Y")),
    _act("draw", "Drawing", "nothing", "Let go of what is selected", "Esc", fixed=True),
)
