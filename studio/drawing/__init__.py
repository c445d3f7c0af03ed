"""Drawing: what a hand draws on a panel, as a journal of strokes from which every moment of it can be shown again."""
