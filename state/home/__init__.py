"""The home of a project: how far the film has come, and what to do next."""
