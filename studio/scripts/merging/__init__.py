"""Two texts of one script: which scene became which, where each word went, and two people's changes put together. Pure."""
