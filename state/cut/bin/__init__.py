"""The bin of the Cut room: what it shows (files), as plain words (shelf)."""

from state.cut.bin.files import BinState

__all__ = ["BinState"]
