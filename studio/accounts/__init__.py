"""People: who acts."""
