"""Insides of what travels."""
