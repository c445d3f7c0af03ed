"""A board on paper and as files: PDF in many layouts, shot lists, the pictures themselves. Pure: no database, no network."""
