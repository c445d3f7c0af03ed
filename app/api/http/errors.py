"""From errors to responses: the status of each, one JSON shape, and a sentence instead of a traceback."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.api.http import pages
from app.api.http.answers import FieldProblem, Problem, ProblemBody
from studio.core import log
from studio.core.errors import HTTP_STATUS, Invalid, LimitReached, StudioError, Unavailable

_log = log.logger("app.api")
_RETRY_S = 5
_BY_STATUS = {
    400: ("bad_request", "This request cannot be read. Check its form and its Content-Type."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not do that. Look at the Allow header."),
    413: ("too_large", "This is larger than allowed: 1 MB, 12 MB for a script, 8 MB for a piece of an upload."),
}
INTERNAL = "Something went wrong inside Inkreel. The log has the details under this request's id."


def status_of(error: StudioError) -> int:
    """The HTTP status of an error: that of its code, else that of its kind."""
    kinds = (str(vars(kind).get("code", "")) for kind in type(error).__mro__)
    return next((HTTP_STATUS[code] for code in (error.code, *kinds) if code in HTTP_STATUS), 500)


def retry_after(error: StudioError) -> Mapping[str, str]:
    """The Retry-After header of errors that waiting mends."""
    if isinstance(error, LimitReached):
        return {"Retry-After": str(max(1, error.retry_after_s))} if error.retry_after_s else {}
    return {"Retry-After": str(_RETRY_S)} if isinstance(error, Unavailable) else {}


def problem(
    status: int,
    code: str,
    message: str,
    *,
    details: tuple[FieldProblem, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error in our shape."""
    body = Problem(error=ProblemBody(code=code, message=message, details=list(details)))
    return JSONResponse(body.model_dump(), status, headers=dict(headers or {}))


def told(error: StudioError, *, path: str = "") -> Response:
    """The response of an error raised on purpose; where `path` takes plain forms, the form's page with the sentence."""
    if path in pages.FORMS:
        return pages.back(pages.FORMS[path], error.code, error.message)
    details: tuple[FieldProblem, ...] = ()
    if isinstance(error, Invalid) and error.field:
        details = (FieldProblem(field=error.field, message=error.message),)
    return problem(status_of(error), error.code, error.message, details=details, headers=retry_after(error))


def refused(status: int, headers: Mapping[str, str] | None = None, detail: str = "", *, path: str = "") -> Response:
    """The response for what HTTP itself refuses: no such address, method, or too large a body; `path` as in `told`."""
    code, message = _BY_STATUS.get(status, ("refused", detail))
    if path in pages.FORMS:
        return pages.back(pages.FORMS[path], code, message)
    return problem(status, code, message, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every error of this app in our shape."""
    app.add_exception_handler(StudioError, _studio_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)


def _studio_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, StudioError)
    if status_of(error) >= 500:
        _log.warning("refused", code=error.code, error=error.message, exc_info=error.__cause__)
    return told(error)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    details = tuple(
        FieldProblem(field=".".join(str(part) for part in e["loc"][1:]) or str(e["loc"][0]), message=str(e["msg"]))
        for e in error.errors()[:20]
    )
    first = f"{details[0].field}: {details[0].message}" if details else "The input is wrong."
    return problem(422, "invalid", f"Some of this cannot be accepted. {first}.", details=details)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(error.status_code, error.headers, str(error.detail), path=request.scope["path"])
