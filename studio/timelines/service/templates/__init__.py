"""Use cases of templates: those there are, kept and named (keeping), and laid into cuts and filled anew there (using)."""
