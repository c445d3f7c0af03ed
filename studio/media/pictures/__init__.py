"""Pictures from outside: read in a child process, set upright, made to fit a panel."""
