"""Acts on a board: each is written into the history with its inverse, and can be undone by who did it."""
