"""The panel artist: draws a storyboard panel from a shot's real lens, angle, size, cast and light. No AI, no pictures as input."""
