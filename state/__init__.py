"""What one browser session knows: no SQL, no business rules."""
