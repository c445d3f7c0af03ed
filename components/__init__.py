"""Looks: pure functions, state vars in, components out."""
