"""Media decoded apart from us: of footage what is wanted (reel), how it is found in a file (decoding), filters on the way
(filters); of stills their pixels (pictures)."""
