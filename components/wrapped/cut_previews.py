"""What of the cut is played as it was rendered: its line over the ruler, and the films the player shows instead of clips."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class InkPreviews(rx.NoSSRComponent):
    """Draws #cut-made over the ruler, fills #cut-left, shows #cut-heavy where there is something, and reads #cut-idle.

    With another `turn` it asks the studio anew. `on_begin` says that the room rests and something heavy is not rendered.
    """

    library = island("cut_previews.jsx")
    tag = "InkPreviews"

    turn: rx.Var[int]
    on_begin: rx.EventHandler[passthrough_event_spec(bool)]


cut_previews = InkPreviews.create
