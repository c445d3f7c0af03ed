"""The bin of the Cut room: what it shows (files), as plain words (shelf); a file looked at before it is cut with (source)."""

from state.cut.bin.files import BinState
from state.cut.bin.source import SourceState

__all__ = ["BinState", "SourceState"]
