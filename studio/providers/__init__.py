"""Ports to the kinds of AI a film needs, each with a built-in offline adapter that does honest work."""
