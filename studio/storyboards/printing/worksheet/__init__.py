"""Worksheets for people who draw on paper: pages of empty frames, and the drawings read back from scans and photos of them."""
