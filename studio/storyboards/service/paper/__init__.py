"""What a board looks like on paper: the book, and the files made of it."""
