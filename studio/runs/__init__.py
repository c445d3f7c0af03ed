"""Slow work: its states, leases, progress, retries. What the work is, other rooms know."""
