"""The settings of a project: its name, its people and their roles."""
