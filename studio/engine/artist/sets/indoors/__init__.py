"""Rooms: sets with a floor, walls and what stands in them."""
