"""What the studio costs in the browser, measured on the whole studio started as people start it: `python -m benchmarks.web`."""
