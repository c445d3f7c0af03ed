"""The renders room of a tab: its films, and the cut they are made of."""
