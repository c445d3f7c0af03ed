"""The peers: each renders the same timeline from the same description (shots.py) with the same settings."""
