"""Voices: who sounds how, and the offline adapter that speaks."""
