"""The parts every room is built from."""
