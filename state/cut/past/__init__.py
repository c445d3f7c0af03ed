"""What a cut was and is to be: its history, versions, two of them compared, and what the board has new for it."""
