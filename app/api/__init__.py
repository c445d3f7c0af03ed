"""The HTTP surface beside the pages: REST under /api/v1, plain form posts, files, and what guards every response."""
