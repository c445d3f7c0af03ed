"""The board: scenes, panels and the inspector of a shot."""
