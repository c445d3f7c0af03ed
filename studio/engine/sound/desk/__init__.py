"""The mixing desk: clips placed to the sample, their buses and strips, and the levels of the whole."""
