"""The stage of a panel: its floor plan, what a person places on it, and how people look."""
