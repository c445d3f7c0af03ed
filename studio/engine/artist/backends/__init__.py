"""Back ends: one display list in, pixels or SVG out. Which one draws is decided here; what is drawn is not."""
