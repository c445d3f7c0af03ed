"""Slow work: thin, idempotent jobs; ids in, nothing out. The database is the truth, the queue a hint."""
