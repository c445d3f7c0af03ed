"""The projects page: what begins a project, and the cards of those there are."""
