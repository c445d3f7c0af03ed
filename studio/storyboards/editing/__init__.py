"""What editing a board does to its plans, orders and numbers. Pure: no rows here."""
