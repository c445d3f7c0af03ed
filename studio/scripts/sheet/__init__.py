"""The breakdown sheet: what every scene needs, suggested from its words, and the day of the story it plays on."""
