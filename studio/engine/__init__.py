"""Pure work on words, pictures and sound: no database, no network."""
