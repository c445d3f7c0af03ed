"""What a film costs to render, ours beside its peers in one run, and what an edit costs afterwards: `python -m benchmarks.film`."""
