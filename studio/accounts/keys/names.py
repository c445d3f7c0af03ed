"""How keys are named, and which of them a browser does not give up.

A key is named as its cap is, with what is held before it: "S", "Shift ←", "Ctrl Shift Z", "?". Letters are capitals; a mark that is
typed with Shift is named as the mark. Ctrl is Command on a Mac.
"""

from __future__ import annotations

from studio.core.errors import Invalid

_HELD = {
    "ctrl": "Ctrl",
    "control": "Ctrl",
    "cmd": "Ctrl",
    "command": "Ctrl",
    "meta": "Ctrl",
    "alt": "Alt",
    "option": "Alt",
}
_ORDER = ("Ctrl", "Alt", "Shift")
_NAMED = {
    **{
        name.lower(): name
        for name in ("Space", "Home", "End", "PageUp", "PageDown", "Backspace", "Insert", "Del", "Esc")
    },
    "arrowleft": "←",
    "arrowright": "→",
    "arrowup": "↑",
    "arrowdown": "↓",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "delete": "Del",
    "escape": "Esc",
    **{f"f{n}": f"F{n}" for n in range(1, 13)},
    "plus": "+",
    "enter": "Enter",
    "tab": "Tab",
}
_ARROWS = "←→↑↓"
_LONGEST = 40


def named(text: str) -> str:
    """A key by its name, however it is spelt: "ctrl+shift+z" and "Ctrl Shift Z" are one. Raises: Invalid."""
    words = text[:_LONGEST].replace("+", " + ").split()
    words = [word for n, word in enumerate(words) if word != "+" or n == len(words) - 1]
    if words == []:
        raise Invalid("Press a key.", field="key")
    *before, last = words
    held = {"Shift" if word.lower() == "shift" else _HELD.get(word.lower(), "") for word in before}
    key = last if last in _ARROWS else _NAMED.get(last.lower(), last.upper() if len(last) == 1 else "")
    if "" in held or not key or not (len(key) > 1 or key in _ARROWS or "!" <= key <= "~"):
        raise Invalid(f"“{text[:_LONGEST]}” is not a key. Write it as “S”, “Shift ←” or “Ctrl Shift Z”.", field="key")
    if "Shift" in held and len(key) == 1 and not key.isalpha() and key not in _ARROWS:
        held -= {"Shift"}  # the mark itself says that it is held
    return " ".join([*(word for word in _ORDER if word in held), key])


def led(text: str, lead: str) -> str:
    """A key that comes after another: its letter, with or without the lead before it. Raises: Invalid."""
    words = text[:_LONGEST].split()
    key = named(words[-1] if len(words) == 2 and words[0].upper() == lead else text)
    if len(key) != 1 or not key.isalpha():
        raise Invalid(f"After {lead} comes one letter.", field="key")
    return f"{lead} {key}"


_OWN = {
    "closes the tab": ("Ctrl W", "Ctrl Shift W", "Ctrl F4", "Alt F4", "Ctrl Q", "Ctrl Shift Q"),
    "opens a tab": ("Ctrl T", "Ctrl Shift T"),
    "opens a window": ("Ctrl N", "Ctrl Shift N", "Ctrl Shift P"),
    "changes the tab": ("Ctrl PageUp", "Ctrl PageDown", *(f"Ctrl {n}" for n in range(1, 10))),
    "loads the page anew": ("F5", "Ctrl F5", "Ctrl R", "Ctrl Shift R"),
    "goes to the page before": ("Alt ←", "Alt →", "Alt Home"),
    "goes to the address": ("Ctrl L", "F6"),
    "bookmarks the page": ("Ctrl D",),
    "fills the screen": ("F11",),
    "opens the browser's tools": ("F12", "Ctrl Shift I", "Ctrl Shift J", "Ctrl Shift C", "Ctrl U"),
    "makes the page larger or smaller": ("Ctrl +", "Ctrl =", "Ctrl -", "Ctrl 0"),
    "opens its help": ("F1",),
}
_KEPT = {key: what for what, keys in _OWN.items() for key in keys}
_WALKING = ("Enter", "Tab")
_SHARED = {
    "Ctrl F": "finds words on the page",
    "Ctrl G": "finds the next place",
    "Ctrl P": "prints the page",
    "Ctrl S": "saves the page",
    "Ctrl O": "opens a file",
    "Ctrl H": "shows where one has been",
    "Ctrl J": "shows what was downloaded",
    "Ctrl E": "searches the web",
    "Ctrl B": "shows the bookmarks",
    "Ctrl Shift B": "shows the bookmarks",
    "Ctrl Shift K": "opens the browser's tools",
    "Ctrl Shift M": "opens the browser's tools",
    "Ctrl Shift A": "searches the tabs",
    "Ctrl Shift Del": "forgets where one has been",
    "F3": "finds the next place",
    "F7": "puts a caret in the page",
    "F10": "opens the menu",
    "Alt D": "goes to the address",
    "'": "finds words on the page",
    "/": "finds words on the page",
}


def checked(key: str) -> str:
    """A key a page can have. Raises: Invalid (the browser keeps it, or it is for walking from field to field)."""
    if what := _KEPT.get(key):
        raise Invalid(f"{key} is the browser's own: it {what}. Press another.", field="key", code="key_kept")
    if key.rsplit(" ", 1)[-1] in _WALKING:
        walk = "Enter and Tab are for going from field to field and for pressing what is there. Press another."
        raise Invalid(walk, field="key", code="key_kept")
    return key


def elsewhere(key: str) -> str:
    """A sentence where some browser has a use of its own for the key, which gives way here; "" where none has."""
    what = _SHARED.get(key)
    return f"In some browsers {key} {what}. Here it does this instead." if what else ""
