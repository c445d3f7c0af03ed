"""Who is here, in any web process: in the rooms of a project (rooms), at work in one cut (together)."""

from jobs.presence.rooms import Person, enter, leave, people, still_here

__all__ = ["Person", "enter", "leave", "people", "still_here"]
