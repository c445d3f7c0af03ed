"""The keys of the drawing room, for the sheet that `?` opens. Buttons carry them (`data-hit`); the stage knows the last three."""

from __future__ import annotations

KEYS = (
    ("1 2 3 4 5 6 7", "Light pencil, brush, tone, pencil, pen, note pen, eraser"),
    ("8 9 0", "Ink, paper, blue"),
    ("{ }", "Thinner, thicker"),
    ("i r e a t", "Line, rectangle, ellipse, arrow, words"),
    ("b c", "Fill, take a colour from the sheet"),
    ("l v", "Select, move the selection or the whole layer"),
    ("Delete", "Delete what is selected"),
    ("n N d", "New panel after, new panel before, this panel once more"),
    ("/", "New shot after this one"),
    ("PageUp PageDown", "Panel before, panel after"),
    ("o h f", "Onion skin, lens grid, flip"),
    ("p m", "Lines that meet where the pen is, draw both sides"),
    ("- + \\", "Farther, closer, all of it"),
    ("Ctrl Z", "Undo what you drew last"),
    ("Ctrl Shift Z", "Draw it again"),
    ("Space", "Held while dragging: move the view"),
)
