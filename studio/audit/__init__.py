"""Audit: what people changed, in a chain of hashes, with what undoes it."""
