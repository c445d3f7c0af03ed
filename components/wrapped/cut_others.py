"""The others in a cut, drawn over its timeline; and what this page tells them."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import no_args_event_spec, passthrough_event_spec

from components.wrapped import island


class InkOthers(rx.NoSSRComponent):
    """Outlines on [data-clip] and carets over #cut-ruler for `others`: [{id, name, initials, tint, frame, clips, held, said}].

    It says where this page is (frame, clips), and that clips are held or let go. A gesture on a clip that somebody else holds is
    refused, and #cut-held says why. Fields in a [data-holds] hold what is chosen while one types in them.
    """

    library = island("cut_others.jsx")
    tag = "InkOthers"

    others: rx.Var[list[Any]]
    on_stand: rx.EventHandler[passthrough_event_spec(int, list)]
    on_hold: rx.EventHandler[passthrough_event_spec(list, str)]
    on_release: rx.EventHandler[no_args_event_spec]


cut_others = InkOthers.create
