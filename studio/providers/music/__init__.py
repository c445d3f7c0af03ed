"""Music: which mood a scene has, and the offline adapter that composes and plays it."""
