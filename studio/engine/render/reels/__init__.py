"""Footage decoded apart from us: what is wanted (reel), how it is found in a file (decoding), and filters on the way (filters)."""
