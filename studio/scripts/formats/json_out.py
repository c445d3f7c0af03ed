"""A screenplay as JSON, for programs: its title page, scenes with their elements and places in the source, people, locations."""

from __future__ import annotations

import json
from typing import Any

from studio.scripts.elements import Element, Kind, Screenplay, source_offset
from studio.scripts.headings import IntExt
from studio.scripts.outline import Outline, SceneOutline

VERSION = 1


def json_of(screenplay: Screenplay, outline: Outline) -> bytes:
    """The JSON as UTF-8 text. The whole is

    ```
    {"version": 1, "title": "", "author": "", "eighths": 9, "seconds": 67.5,
     "title_page": [{"key": "Title", "value": ""}],
     "scenes": [{"index": 0, "number": "1", "heading": "", "int_ext": "INT", "set": "", "time": "",
                 "start": 0, "end": 9, "eighths": 1, "seconds": 7.5, "synopsis": "", "section": "",
                 "characters": [""], "elements": [element]}],
     "characters": [{"name": "", "aliases": [""], "cues": 1, "words": 1, "first_scene": 0, "age": ""}],
     "locations": [{"name": "", "int_ext": "INT", "scenes": [0]}]}
    ```

    An element is `{"kind", "text", "start", "end"}`, and where it has them `emphasis` ([{"style", "start", "end"}], places in
    its text), `notes`, `number`, `name` and `extensions` of a cue, `side` of a dual dialogue, and `depth` of a section.
    Offsets count characters of the Fountain text: an element's are of its words, a scene's of all of it. Times are in
    seconds, lengths in eighths of a page.
    """
    whole = {
        "version": VERSION,
        "title": outline.title,
        "author": outline.author,
        "eighths": outline.eighths,
        "seconds": outline.seconds,
        "title_page": [{"key": e.key, "value": e.text} for e in screenplay.elements if e.kind is Kind.TITLE],
        "scenes": [_scene(scene) for scene in outline.scenes],
        "characters": [
            {
                "name": person.name,
                "aliases": list(person.aliases),
                "cues": person.cues,
                "words": person.words,
                "first_scene": person.first_scene,
                "age": person.age,
            }
            for person in outline.characters
        ],
        "locations": [
            {"name": place.name, "int_ext": str(place.int_ext), "scenes": list(place.scenes)}
            for place in outline.locations
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _scene(scene: SceneOutline) -> dict[str, Any]:
    return {
        "index": scene.index,
        "number": scene.number,
        "heading": scene.heading,
        "int_ext": str(scene.int_ext or IntExt.OTHER),
        "set": scene.set_name,
        "time": scene.time_of_day,
        "start": scene.start,
        "end": scene.end,
        "eighths": scene.eighths,
        "seconds": scene.seconds,
        "synopsis": scene.synopsis,
        "section": scene.section,
        "characters": list(scene.characters),
        "elements": [_element(e) for e in scene.elements if e.kind is not Kind.BLANK],
    }


def _element(e: Element) -> dict[str, Any]:
    plain = {
        "kind": str(e.kind),
        "text": e.text,
        "start": source_offset(e, 0),
        "end": source_offset(e, len(e.text)),
    }
    more = {
        "emphasis": [{"style": str(s.emphasis), "start": s.start, "end": s.end} for s in e.spans],
        "notes": [note.text for note in e.notes],
        "number": e.number,
        "name": e.name,
        "extensions": list(e.extensions),
        "side": str(e.side),
        "depth": e.depth,
    }
    return {**plain, **{key: value for key, value in more.items() if value}}
