"""The picture of a timeline: what is seen when (layers), in which pieces (plan, keys), drawn (film) and encoded (segments)."""
