"""The others in a cut: drawn on its timeline, and what is said when one of them holds a clip."""

from __future__ import annotations

import reflex as rx

from components.wrapped.cut_others import cut_others
from state.cut.together import CutTogetherState


def others() -> rx.Component:
    """Draws nothing of its own but the sentence."""
    return rx.fragment(
        cut_others(
            others=CutTogetherState.others,
            on_stand=CutTogetherState.stand,
            on_hold=CutTogetherState.hold,
            on_release=CutTogetherState.let_go,
        ),
        rx.el.p(id="cut-held", class_name="cut-held", role="status"),
    )
