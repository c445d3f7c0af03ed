"""Use cases of runs: start and stop them (submit), see them (look), work on them (work), keep them honest (upkeep)."""

from studio.runs.service.look import (
    children_of,
    get_record,
    get_run,
    list_asked,
    list_children,
    list_jobs,
    list_live,
    list_present,
    list_runs,
    list_transitions,
)
from studio.runs.service.submit import cancel_run, find_live, oldest_live, retry_run, submit_many, submit_run
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
    "children_of",
    "claim_run",
    "complete_run",
    "fail_lost_run",
    "fail_run",
    "find_live",
    "get_record",
    "get_run",
    "give_back",
    "hold_fence",
    "list_asked",
    "list_children",
    "list_jobs",
    "list_live",
    "list_present",
    "list_runs",
    "list_transitions",
    "oldest_live",
    "report_progress",
    "retry_run",
    "submit_many",
    "submit_run",
    "sweep",
    "wait_for_children",
]
