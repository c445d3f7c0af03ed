"""The script of a tab: its pages, in parts, and what stands beside them."""
