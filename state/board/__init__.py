"""The board of a tab: what it shows, in parts, and what arrives while it is open."""
