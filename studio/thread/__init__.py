"""The thread: one project seen across script, board, cut and film, and how a film starts from words. No tables."""
