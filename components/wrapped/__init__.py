"""React packages and small islands, wrapped for Python, one file each."""
