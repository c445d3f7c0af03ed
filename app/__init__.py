"""Surfaces: what a command reaches."""
