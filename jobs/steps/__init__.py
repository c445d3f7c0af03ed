"""What the jobs do: the steps of every kind of run, one file for each room they are of."""
