"""Damage of every kind done to documents: to what they say, and to their text."""

from __future__ import annotations

import json
import random
import re
from typing import Any, cast

_HUGE = ("2147483648", "9007199254740993", "1" + "0" * 400, "1e308", "-1e308", "NaN", "Infinity", "-1", "0", "1/0")
_STRANGE = (0, 9, 34, 60, 91, 123, 0xD7FF, 0x1F600)
_NUMBERS = (0, 1, 2**31, 2**53, 2**70, 1e308, float("nan"), 0.5)
_OTHERS: tuple[Any, ...] = (
    *(None, True, [], {}, [[]], [{}], "", "x" * 20_000, -1, 1e9),
    *("1/0", "999999999999/1", "#fff", "effect"),
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DEEP = 100_000


def broken_tree(document: Any, dice: random.Random) -> str:
    """The text of a JSON document after one to four changes of what it says."""
    held = json.loads(json.dumps(document))
    for _ in range(dice.randint(1, 4)):
        places = list(_places(held))
        holder, key = dice.choice(places)
        _broken(holder, key, places, dice)
    return json.dumps(held)


def broken_text(text: str, dice: random.Random) -> bytes:
    """A text with pieces lost, doubled, moved or changed; sometimes it is no text any more."""
    for _ in range(dice.randint(1, 3)):
        at, length = dice.randrange(len(text) + 1), dice.choice((1, 3, 30, 300))
        piece = text[at : at + length]
        match dice.randrange(9):
            case 0:
                text = text[:at]
            case 1:
                text = text[:at] + text[at + length :]
            case 2:
                text = text[:at] + piece * dice.choice((2, 3, 50)) + text[at + length :]
            case 3:
                to = dice.randrange(len(text) + 1)
                text = text[:to] + piece + text[to:]
            case 4:
                strange = (chr(dice.choice(_STRANGE)) for _ in range(length))
                text = text[:at] + "".join(strange) + text[at:]
            case 5:
                text = (
                    text[:at] + dice.choice(("[", '{"a":', "<a>", '{"tracks":[')) * dice.choice((50, _DEEP)) + text[at:]
                )
            case _:
                text = _other_number(text, dice)
        text = text or " "
    data = text.encode("utf-8", "surrogatepass")
    if dice.random() < 0.2:
        data = bytes(b ^ (1 << dice.randrange(8)) if dice.random() < 0.01 else b for b in data)
    return data


def _other_number(text: str, dice: random.Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    one = dice.choice(found)
    return text[: one.start()] + dice.choice(_HUGE) + text[one.end() :]


def _places(held: Any) -> list[tuple[Any, Any]]:
    """Every place of a document: what holds it, and under which key."""
    out: list[tuple[Any, Any]] = []
    todo: list[Any] = [held]
    while todo:
        one = todo.pop()
        keys: list[Any] = list(cast("dict[str, Any]", one)) if isinstance(one, dict) else list(range(len(one)))
        for key in keys:
            out.append((one, key))
            if isinstance(one[key], dict | list) and one[key]:
                todo.append(one[key])
    return out


def _broken(holder: Any, key: Any, places: list[tuple[Any, Any]], dice: random.Random) -> None:
    """Change one place: another value, another's value, gone, twice, under another name."""
    if key not in (holder if isinstance(holder, dict) else range(len(holder))):
        return  # an earlier change took it away
    what = dice.randrange(10)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif what == 2 and isinstance(holder, dict):
        holder[dice.choice(("", "id", "start", "wings"))] = holder[key]
    elif what in (3, 4):
        other, name = dice.choice(places)
        try:
            holder[key] = json.loads(json.dumps(other[name]))
        except (KeyError, IndexError):
            return
    elif isinstance(holder[key], int | float) and what < 9:
        number = holder[key]
        holder[key] = dice.choice((number + 1, -number, number * 1000, *_NUMBERS))
    else:
        holder[key] = json.loads(json.dumps(dice.choice(_OTHERS)))
