"""Drills: the engine is driven where it could break, and what comes out is held against what was asked.

    python -m benchmarks.drills [preview] [joins] [fuzz] [edits] [--seed N] [--count N] [--whole] [--media FOLDER]

preview  200 random frames and every cut of films A and B: the preview's frame, the export's raw frame and the encoded one.
joins    a film of over 100 segments whose frames carry their numbers and whose sound is one tone: no hole, no seam.
fuzz     random films are rendered and random damage is done to documents; `--count` of each.
edits    one text changed in A, one trim and one ripple in C, on a warm cache.

One line a drill; the exit code is 1 when a bound is broken.
"""
