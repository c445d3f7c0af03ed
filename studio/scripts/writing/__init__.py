"""The text of a scene as a writer sees it, line by line, and the way back to Fountain."""
