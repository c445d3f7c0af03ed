"""The inspector of the Cut room: what is chosen and everything about it that can be set."""

from components.cut.inspector.pane import inspector_pane

__all__ = ["inspector_pane"]
