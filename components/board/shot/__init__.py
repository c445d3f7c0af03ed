"""One shot beside the board: its fields, its pictures, where they come from."""
