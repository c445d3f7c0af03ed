"""The printed page: where words stand on it, how they are drawn, and how a page that was printed is understood."""
