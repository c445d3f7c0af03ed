"""What keys do: the table of acts, the names of keys, and tables for people who come from other programs."""
