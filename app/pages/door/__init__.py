"""Pages for those who are outside: the front, signing in and up, and what is not there."""
