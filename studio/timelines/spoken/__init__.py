"""The sentences of a cut, and one of them said anew. Pure."""
