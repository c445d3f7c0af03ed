"""Two texts of one scene kept in one: what both say once, and where they differ theirs first, then mine."""

from __future__ import annotations

from difflib import SequenceMatcher


def both(theirs: str, mine: str) -> str:
    """A text in which no line of either is missing, in the order of both."""
    first, second = theirs.splitlines(keepends=True), mine.splitlines(keepends=True)
    end = next((line[len(line.rstrip("\r\n")) :] for line in (*first, *second) if line.rstrip("\r\n") != line), "\n")
    out: list[str] = []
    for tag, a, b, x, y in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        out += first[a:b]
        if tag != "equal" and x < y:
            if out and tag == "replace":
                out[-1] = out[-1].rstrip("\r\n") + end * 2
            out += second[x:y]
    return "".join(out)
