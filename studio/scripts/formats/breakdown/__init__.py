"""A breakdown as files: CSV, Excel and PDF."""
