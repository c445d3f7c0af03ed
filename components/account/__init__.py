"""A person's own page."""
