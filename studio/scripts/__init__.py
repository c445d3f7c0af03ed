"""Screenplays: read, kept byte for byte, and understood as scenes, people and places."""
