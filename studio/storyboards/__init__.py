"""Storyboards: shots by rule, the panels drawn for them and the voices that speak in them."""
