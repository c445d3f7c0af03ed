"""Runs what we do not trust where it can reach nothing: `run.py` asks, `ladder.py` says how far this machine can keep it apart.

A job is started by `starting.py`, or forked by `zygote.py`, which `warm.py` hands the orders. `inside.py` is the child either
way: `tree.py` gives it files of its own, `walls.py` its limits, `calls.py` the kernel calls it may make.
"""
