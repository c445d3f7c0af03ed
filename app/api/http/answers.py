"""The one shape of every JSON answer: data or an error, and the request's id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, Field, StringConstraints
from structlog.contextvars import get_contextvars

T = TypeVar("T")

UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
Id = Annotated[str, Path(pattern=UUID)]
"""A UUID in a path: nothing else reaches the database."""

Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]

Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Text from outside: PostgreSQL keeps no NUL."""

PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PageSize = Annotated[int, Query(ge=1, le=100)]


def request_id() -> str:
    """The id of the request being answered; empty outside of one."""
    return str(get_contextvars().get("request_id", ""))


class Meta(BaseModel):
    """What is said about every answer."""

    request_id: str = Field(default_factory=request_id)


class Answer(BaseModel, Generic[T]):
    """One thing."""

    data: T
    meta: Meta = Field(default_factory=Meta)


class Several(BaseModel, Generic[T]):
    """A list short enough to come whole."""

    data: list[T]
    meta: Meta = Field(default_factory=Meta)


class Pagination(BaseModel):
    """Where a page stands in the whole list."""

    page: int
    limit: int
    total: int
    total_pages: int


class Listing(BaseModel, Generic[T]):
    """One page of a list."""

    data: list[T]
    meta: Meta = Field(default_factory=Meta)
    pagination: Pagination


class FieldProblem(BaseModel):
    """What is wrong with one field of the input."""

    field: str
    message: str


class ProblemBody(BaseModel):
    """A stable `code` for programs, a sentence for people."""

    code: str
    message: str
    details: list[FieldProblem] = Field(default_factory=list[FieldProblem])


class Problem(BaseModel):
    """Every error."""

    error: ProblemBody
    meta: Meta = Field(default_factory=Meta)


def several(items: Iterable[T]) -> Several[T]:
    """A whole list."""
    return Several(data=list(items))


def listing(items: Sequence[T], *, page: int, limit: int, total: int) -> Listing[T]:
    """A page of a list, with where it stands."""
    pages = -(-total // limit)
    return Listing(data=list(items), pagination=Pagination(page=page, limit=limit, total=total, total_pages=pages))


_WORDS = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Seen, but not yours to do; or a request from another site",
    404: "Not there, or not yours to know about",
    405: "This address does something else",
    409: "It changed or already exists",
    413: "Larger than allowed",
    415: "Not a type we read",
    416: "No such part of the file",
    422: "The input is wrong; details say where",
    429: "Too often; Retry-After says when again",
    500: "A fault of ours, in the log under the request's id",
    503: "Something we lean on is down; Retry-After says when again",
}
_ALWAYS = (422, 429, 500, 503)
_SIGNED = (401, 403, 404)
_WRITES = (400, 409, 413)
_PROBLEM: dict[str, Any] = {"model": Problem}
_SAME: dict[str, Any] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def problems(*more: int, signed: bool = True, writes: bool = False) -> dict[int | str, dict[str, Any]]:
    """The errors a route declares: those of every route, of signed-in ones, of writing ones, and `more`.

    One of them names the model, which puts it among the document's schemas; the others point there, for FastAPI builds a
    model anew wherever it is named: half a second of every start.
    """
    codes = {*_ALWAYS, *more, *(_SIGNED if signed else ()), *((403, *_WRITES) if writes else ())}
    return {code: {"description": _WORDS[code], **(_PROBLEM if code == 500 else _SAME)} for code in sorted(codes)}
