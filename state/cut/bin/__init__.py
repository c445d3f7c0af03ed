"""The bin of the Cut room: what it shows (files), as plain words (shelf); a file looked at before it is cut with (source); what a
file is and where it is used (about); what the open cut lacks (missing)."""

from state.cut.bin.about import AboutState
from state.cut.bin.files import BinState
from state.cut.bin.missing import MissingState
from state.cut.bin.source import SourceState

__all__ = ["AboutState", "BinState", "MissingState", "SourceState"]
