"""Boards of other programs: projects of Storyboarder (wonderunit), written and read."""
