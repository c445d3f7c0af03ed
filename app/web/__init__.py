"""The web process: how its pages are built, how it is started and what keeps it running."""
