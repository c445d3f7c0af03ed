"""What the panes beside a cut ask for (listing), as edits of the cut they showed: of properties, joins, captions, words."""

from studio.timelines.wishes import captions, joins, properties, words
from studio.timelines.wishes.listing import Seen, Wish, Wished, granted, names, told

__all__ = ["Seen", "Wish", "Wished", "captions", "granted", "joins", "names", "properties", "told", "words"]
