"""Ink: hand-drawn strokes to pixels and to vector shapes. Pure; it knows marks and layers, no journal and no database."""
