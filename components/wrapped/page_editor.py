"""The pages of the script as an island: reading for everybody, writing for those who may."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class ScriptPages(rx.NoSSRComponent):
    """Scenes to write in. `on_save` sends one changed scene (id, revision, base text, lines, ticket) and waits for the answer
    with its ticket; `on_where` tells which scene the caret is in. Buttons anywhere with `data-write` (a kind, undo, redo) act
    on the line one writes; #script-saved shows the truth about what is kept; `data-find` buttons find and replace."""

    library = island("page_editor.jsx", "page_lines.jsx", "page_typing.jsx", "page_aids.jsx")
    tag = "InkPages"

    scenes: rx.Var[list[Any]]
    fresh: rx.Var[list[Any]]
    answers: rx.Var[list[Any]]
    beside: rx.Var[dict[str, Any]]
    guests: rx.Var[list[Any]]
    lists: rx.Var[dict[str, list[str]]]
    jump: rx.Var[Any]
    editable: rx.Var[bool]
    me: rx.Var[str]
    on_save: rx.EventHandler[passthrough_event_spec(str, int, str, list[dict[str, str]], str)]
    on_where: rx.EventHandler[passthrough_event_spec(str)]


script_pages = ScriptPages.create
