"""Figures about drawn panels: how alike two drawings of one person are."""
