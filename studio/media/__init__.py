"""Files of a project, each kept once under the hash of its content."""
