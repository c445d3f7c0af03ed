"""A board on paper and as files: PDF in many layouts, shot lists, the pictures themselves. Pure: no database, no network."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Hears what was done last ("page 3 of 12"), how many steps are done, and of how many; what it raises ends the work."""
