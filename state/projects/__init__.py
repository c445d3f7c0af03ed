"""The projects page, and what a new film is told in."""
