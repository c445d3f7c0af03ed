"""A person's keys: as every page has them, and the page on which they are changed."""
