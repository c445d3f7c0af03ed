"""Looking a file over before it is kept."""
