"""The `inkreel` command."""
