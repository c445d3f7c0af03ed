"""The people of the panel artist: who they are, how they stand, and how they are drawn. No sets, no composition."""
