"""INSERT shots: one thing fills 60% of the picture's width. One small file for each family of things."""
