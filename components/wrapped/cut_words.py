"""The words beside the player: lit under the playhead, gone to with a click, marked and cut out."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class InkWords(rx.NoSSRComponent):
    """Acts on #words and every [data-lit] list; `view` names the one on view. `on_cut` says the frames of marked words and
    whether the rest closes up, `on_split` a caption, the letter at the caret and its words, `on_file` the name and text of a
    file of captions, `on_template` of one of a template.
    """

    library = island("cut_words.jsx")
    tag = "InkWords"

    view: rx.Var[str]
    editable: rx.Var[bool]
    on_cut: rx.EventHandler[passthrough_event_spec(list, bool)]
    on_split: rx.EventHandler[passthrough_event_spec(int, int, str)]
    on_file: rx.EventHandler[passthrough_event_spec(str, str)]
    on_template: rx.EventHandler[passthrough_event_spec(str, str)]


ink_words = InkWords.create
