"""The timeline of the Cut room."""
