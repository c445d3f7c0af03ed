"""A studio with people in every role, and browsers to visit it with."""

from __future__ import annotations

from collections.abc import Generator
from functools import lru_cache

import pytest
from fastapi import FastAPI

from app.api.server import api
from studio.core.settings import Settings, settings
from tests.factories.people import Cast, make_cast
from tests.support.browser import Browser, browsing

MANY = 1_000_000


def unlimited() -> FastAPI:
    """The application with its limits out of the way: built once for each of the settings it keeps, since that takes a while."""
    ours = settings()
    return _built(ours.redis_url, ours.origins, ours.secure_cookies)


@lru_cache
def _built(_redis_url: str, _origins: tuple[str, ...], _https: bool) -> FastAPI:
    return api(anonymous_a_minute=MANY, signed_in_a_minute=MANY)


@pytest.fixture
def visitor(database: str) -> Generator[Browser]:
    """Somebody without an account, before an empty studio whose limits are out of the way."""
    with browsing(unlimited()) as browser:
        yield browser


@pytest.fixture
def passer_by(home: Settings) -> Generator[Browser]:
    """Somebody at a studio without a database: enough for what never reaches one."""
    with browsing(unlimited()) as browser:
        yield browser


@pytest.fixture
def cast(database: str) -> Cast:
    """A project with its members, a stranger and an admin."""
    return make_cast()


@pytest.fixture
def editor(visitor: Browser, cast: Cast) -> Browser:
    """Somebody who may change the project of the cast."""
    return visitor.another(cast.session("editor"))
