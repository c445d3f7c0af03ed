"""The bin of the Cut room: its tabs and cards (pane), the sheet of one file (sheet)."""

from components.cut.bin.pane import bin_pane

__all__ = ["bin_pane"]
