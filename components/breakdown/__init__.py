"""The breakdown room: sheets on paper, the strip board, the chart of the cast."""
