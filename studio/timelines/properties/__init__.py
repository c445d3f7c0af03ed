"""What can be set on clips by hand: one table of it (table), what clips have (reading), the edits that set it (setting)."""
