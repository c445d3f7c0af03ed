"""The bin of the Cut room: its tabs and cards (pane), the sheet of one file (sheet), a file looked at (source)."""

from components.cut.bin.pane import bin_pane
from components.cut.bin.source import source_pane

__all__ = ["bin_pane", "source_pane"]
