"""Timelines: the cut, kept as a document in whole frames."""
