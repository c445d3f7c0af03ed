"""Looks of the Cut room."""
