"""Sound: files, loudness, treatment of voices, composed music and the mix."""
