"""A state that reads its page anew sends only what is different."""

from __future__ import annotations

import reflex as rx

from state.sparing import Sparing


class SparingProbe(Sparing, rx.State):
    """Stands in for a room's state."""

    words: tuple[str, ...] = ()
    count: int = 0
    _kept: int = 0


def test_what_is_set_to_what_it_was_is_not_sent() -> None:
    state = rx.State(_reflex_internal_init=True)
    probe = state.get_substate(SparingProbe.get_full_name().split(".")[1:])
    assert isinstance(probe, SparingProbe)
    probe.words, probe.count = ("a",), 2
    state._clean()
    probe.words, probe.count, probe._kept = ("a",), 2, 1
    assert probe.dirty_vars == {"_kept"}
    probe.words = ("a", "b")
    assert "words" in probe.dirty_vars
    assert probe.words == ("a", "b")
