"""FFmpeg as a program: which one, and how it is run. What it is asked to do lives beside the callers."""
