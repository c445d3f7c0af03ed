"""The places of the panel artist, one small file a kind. No people, no camera choice."""
