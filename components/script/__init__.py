"""The script as a page, with its scenes, cast and coverage."""
