"""Use cases of runs: start and stop them (submit), work on them (work), keep them honest (upkeep)."""

from studio.runs.service.submit import (
    cancel_run,
    get_run,
    list_children,
    list_present,
    list_runs,
    list_transitions,
    submit_run,
)
from studio.runs.service.upkeep import abandon_children, sweep
from studio.runs.service.work import (
    beat,
    claim_run,
    complete_run,
    fail_lost_run,
    fail_run,
    give_back,
    hold_fence,
    report_progress,
    wait_for_children,
)

__all__ = [
    "abandon_children",
    "beat",
    "cancel_run",
    "claim_run",
    "complete_run",
    "fail_lost_run",
    "fail_run",
    "get_run",
    "give_back",
    "hold_fence",
    "list_children",
    "list_present",
    "list_runs",
    "list_transitions",
    "report_progress",
    "submit_run",
    "sweep",
    "wait_for_children",
]
