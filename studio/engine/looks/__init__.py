"""The leaves of a picture: what a file is, how it is brought to the film's frames, letters and shapes, colours, effects."""
