"""What all routes share: the shape of answers and errors, the session cookie, files with ranges, repeated requests."""
