"""Structured logs: one JSON object a line on standard error or in a file; secrets never get in."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

_SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "api_key")


def configured(level: str = "info", file: Path | None = None) -> TextIO:
    """Send this process's logs to `file` (appended), else to what standard error is at that time; the stream they go to."""
    out: TextIO = file.open("a", encoding="utf-8") if file else sys.stderr
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=lambda *_: structlog.WriteLogger(out if file else sys.stderr),
        cache_logger_on_first_use=False,
    )
    return out


def logger(name: str) -> Any:
    """A logger bound to the name of its room."""
    return structlog.get_logger(room=name)


def _without_secrets(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in entry:
        if any(word in key.lower() for word in _SECRET_WORDS):
            entry[key] = "***"
    return entry
