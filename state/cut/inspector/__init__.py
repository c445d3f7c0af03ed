"""The inspector of the Cut room: what is chosen (chosen), transitions and the whole cut (joins), what is printed of it (shown)."""

from state.cut.inspector.chosen import InspectorState

__all__ = ["InspectorState"]
