"""Music: composed as a score, written as MIDI, played into a file. Mixing and measuring sound lives one folder up."""
