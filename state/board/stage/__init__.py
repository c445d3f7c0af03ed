"""The stage of the chosen shot and the people of its board: what is placed, and how everybody looks."""
