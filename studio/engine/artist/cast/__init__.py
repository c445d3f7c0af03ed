"""Who and what is before the camera beside the named people: cars, machines, crowds."""
