"""Title pages without keys, as word processors and Final Draft set them, to the entries that Fountain names."""

from __future__ import annotations

import re

Line = tuple[str, str, bool]
"""The key written with a line or nothing, its words, whether it is centered."""

_CREDIT = re.compile(
    r"(?:(?:an? )?(?:original )?(?:screenplay|teleplay|script|story|book|written|created|adapted|novel|play)\b.{0,40}\bby"
    r"|by)[:.]?",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"(written by|screenplay by|teleplay by|story by|by)[:]?\s+(\S.*)", re.IGNORECASE)
_SOURCE = re.compile(r"(?:based (?:up)?on|from the|inspired by|adapted from)\b", re.IGNORECASE)
_RIGHTS = re.compile(r"copyright|©|\(c\)\s|all rights reserved|registered\b.*\bwga|wga\b", re.IGNORECASE)
_DATE = re.compile(
    r"(?:\b(?:draft|revision|revised|version|rev\.)\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:\d{1,2},? )?\d{4}\b)",
    re.IGNORECASE,
)
_ORDER = ("Title", "Credit", "Author", "Source", "Draft date", "Contact", "Copyright")


def title_entries(lines: list[Line]) -> tuple[tuple[str, str], ...]:
    """The entries of a title page, in the order Fountain has them; lines that came with a key keep it.

    Without keys: the centered lines before a credit ("Written by") are the title, those after it the author; what is below
    or at the side is source, date, rights or contact by its words.
    """
    if any(key for key, _, _ in lines):
        return _keyed(lines)
    found: dict[str, list[str]] = {}
    stage = "Title"
    blank = False
    for _, text, centered in lines:
        text = " ".join(text.split())
        if not text:
            blank = True
            continue
        stage, key, value = _entry(stage, text, centered, blank, found)
        blank = False
        found.setdefault(key, []).extend(value)
    return tuple((key, "\n".join(found[key])) for key in _ORDER if found.get(key))


def _entry(
    stage: str, text: str, centered: bool, blank: bool, found: dict[str, list[str]]
) -> tuple[str, str, list[str]]:
    """Where a line belongs, and what the lines after it are taken for."""
    if _RIGHTS.search(text):
        return "Contact", "Copyright", [text]
    if _SOURCE.match(text):
        return "Source", "Source", [text]
    if stage in ("Title", "Author") and _CREDIT.fullmatch(text) and "Credit" not in found:
        return "Author", "Credit", [text]
    if stage == "Title" and (credited := _CREDITED.fullmatch(text)) and "Title" in found:
        found.setdefault("Credit", []).append(credited[1])
        return "Author", "Author", [credited[2]]
    if _DATE.search(text) and stage != "Title":
        return "Contact", "Draft date", [text]
    if stage == "Title" and "Title" in found and not centered and blank:
        stage = "Contact"
    if stage == "Author" and "Author" in found and blank and not centered:
        stage = "Contact"
    if stage == "Source" and blank:
        stage = "Contact"
    return stage, stage, [text]


def _keyed(lines: list[Line]) -> tuple[tuple[str, str], ...]:
    """Lines of one key that follow each other are one entry; what has no key and is not empty is a note."""
    entries: list[tuple[str, list[str]]] = []
    last = ""
    for key, text, _ in lines:
        name = key or ("Notes" if text.strip() else "")
        if name and name == last:
            entries[-1][1].append(text)
        elif name:
            entries.append((name, [text]))
        last = name
    return tuple((key, "\n".join(text.strip() for text in texts if text.strip())) for key, texts in entries)
