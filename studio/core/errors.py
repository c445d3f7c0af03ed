"""Every error Inkreel raises on purpose, and what each means to a route, a page, a shell and a retry.

    StudioError
    ├── NotFound            it is not there, or not yours to know about
    ├── Conflict            it changed, or already exists
    ├── Forbidden           you may see it, not do that
    ├── SignInRequired
    ├── Invalid             the input is wrong; `field` says where
    ├── LimitReached        too much, too often, too large; `retry_after_s` when waiting helps
    ├── PaymentRequired
    ├── Unavailable         something we lean on is missing or down; `service` names it
    └── RunFailed           slow work ended badly
        ├── UnsupportedMedia
        │   └── MediaMissing
        ├── EncoderFailed
        ├── SandboxRefused
        └── Cancelled

The message is one or two sentences for a person: what happened and what to do. Details belong in the log.
"""

from __future__ import annotations


class StudioError(Exception):
    """The root. `code` is stable and machine-readable; `message` is for a person; `retryable` says whether waiting helps."""

    code = "internal"
    retryable = False

    def __init__(self, message: str, *, code: str | None = None, retryable: bool | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code
        if retryable is not None:
            self.retryable = retryable


class NotFound(StudioError):
    code = "not_found"


class Conflict(StudioError):
    code = "conflict"


class Forbidden(StudioError):
    code = "forbidden"


class SignInRequired(StudioError):
    code = "sign_in_required"


class Invalid(StudioError):
    code = "invalid"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field


class LimitReached(StudioError):
    code = "limit_reached"

    def __init__(self, message: str, *, code: str | None = None, retry_after_s: int | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s


class PaymentRequired(StudioError):
    code = "payment_required"


class Unavailable(StudioError):
    code = "unavailable"
    retryable = True

    def __init__(self, message: str, *, service: str, code: str | None = None, retryable: bool | None = None) -> None:
        super().__init__(message, code=code, retryable=retryable)
        self.service = service


class RunFailed(StudioError):
    code = "run_failed"


class UnsupportedMedia(RunFailed):
    code = "unsupported_media"


class MediaMissing(UnsupportedMedia):
    """Files of a film are not there; the rest of it can be made without them."""

    code = "media_missing"


class EncoderFailed(RunFailed):
    code = "encoder_failed"


class SandboxRefused(RunFailed):
    code = "sandbox_refused"


class Cancelled(RunFailed):
    code = "cancelled"


HTTP_STATUS = {
    "internal": 500,
    "not_found": 404,
    "conflict": 409,
    "forbidden": 403,
    "sign_in_required": 401,
    "invalid": 422,
    "limit_reached": 429,
    "payment_required": 402,
    "unavailable": 503,
    "run_failed": 500,
    "unsupported_media": 415,
    "media_missing": 415,
    "encoder_failed": 500,
    "sandbox_refused": 403,
    "cancelled": 409,
}

TOAST = {
    "internal": "error",
    "not_found": "warning",
    "conflict": "warning",
    "forbidden": "warning",
    "sign_in_required": "info",
    "invalid": "warning",
    "limit_reached": "warning",
    "payment_required": "info",
    "unavailable": "error",
    "run_failed": "error",
    "unsupported_media": "warning",
    "media_missing": "warning",
    "encoder_failed": "error",
    "sandbox_refused": "error",
    "cancelled": "info",
}

# 64-78 follow sysexits.h where it has a word for it; 130 is what a shell reports for an interrupted command.
EXIT_CODE = {
    "internal": 70,
    "not_found": 66,
    "conflict": 75,
    "forbidden": 77,
    "sign_in_required": 77,
    "invalid": 65,
    "limit_reached": 65,
    "payment_required": 77,
    "unavailable": 69,
    "run_failed": 70,
    "unsupported_media": 65,
    "media_missing": 65,
    "encoder_failed": 70,
    "sandbox_refused": 77,
    "cancelled": 130,
}

# Seconds to wait before each further attempt. Only causes outside the work itself are worth another try.
RETRY_DELAYS = {
    "unavailable": (5, 30, 120),
    "worker_lost": (0,),
    "internal": (),
}


def exit_code(code: str) -> int:
    """The process exit code for an error code."""
    return EXIT_CODE.get(code, EXIT_CODE["internal"])


def retry_delay(code: str, attempt: int) -> int | None:
    """Seconds to wait after failed attempt number `attempt` (1 is the first), or None when it must not be tried again."""
    delays = RETRY_DELAYS.get(code, ())
    return delays[attempt - 1] if 0 < attempt <= len(delays) else None
