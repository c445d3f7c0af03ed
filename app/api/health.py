"""Whether the studio lives and can work, for supervisors and balancers; and which version it is."""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel
from redis.exceptions import RedisError

from app.api.http.answers import Answer, Problem, problems
from jobs import queues
from studio.core.db import database_time, reading
from studio.core.errors import StudioError

router = APIRouter(tags=["health"])
versions = APIRouter(tags=["health"])


class Live(BaseModel):
    status: Literal["live"] = "live"


class Readiness(BaseModel):
    """`ready`, or what each part lacks in a sentence ("" = nothing)."""

    ready: bool
    database: str
    redis: str


class Version(BaseModel):
    name: str
    version: str


@router.get("/health", responses={500: {"model": Problem}})
def health() -> Answer[Live]:
    """The web process answers."""
    return Answer(data=Live())


@router.get(
    "/ready", responses={500: {"model": Problem}, 503: {"model": Answer[Readiness], "description": "What is missing"}}
)
def ready(response: Response) -> Answer[Readiness]:
    """Database and Redis answer too; 503 and the reason otherwise."""
    database, redis = _database(), _redis()
    if database or redis:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return Answer(data=Readiness(ready=not (database or redis), database=database, redis=redis))


@versions.get("/version", responses=problems(signed=False))
def get_version() -> Answer[Version]:
    """Which Inkreel this is."""
    return Answer(data=Version(name="inkreel", version=version("inkreel")))


def _database() -> str:
    try:
        with reading() as uow:
            database_time(uow)
    except StudioError as e:
        return e.message
    return ""


def _redis() -> str:
    try:
        queues.redis(queues.TELLING_S).ping()
    except (RedisError, OSError):
        return "Redis does not answer: work waits in the database until it does."
    return ""
