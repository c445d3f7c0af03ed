"""A project's own page: the thread drawn from script to film, what is next, who is here, what happened."""
