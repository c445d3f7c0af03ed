"""Two people's changes of one timeline as one: an act laid on another state (rebasing), and two cuts of one origin (merging)."""

from studio.engine.editing.merging.merging import Merged, Note, merged
from studio.engine.editing.merging.rebasing import rebased

__all__ = ["Merged", "Note", "merged", "rebased"]
