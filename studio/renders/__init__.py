"""Renders: a timeline made into a file, in segments kept under a hash of what went into them."""
