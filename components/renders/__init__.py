"""The renders room."""
