"""What the readers of foreign scripts share: hostile files held off, words with their emphasis, and paragraphs put in order."""
