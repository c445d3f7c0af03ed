"""A studio with people in every role, and browsers to visit it with."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from app.api.server import api
from studio.core.settings import Settings
from tests.factories.people import Cast, make_cast
from tests.support.browser import Browser, browsing

MANY = 1_000_000


@pytest.fixture
def visitor(database: str) -> Generator[Browser]:
    """Somebody without an account, before an empty studio whose limits are out of the way."""
    with browsing(api(anonymous_a_minute=MANY, signed_in_a_minute=MANY)) as browser:
        yield browser


@pytest.fixture
def passer_by(home: Settings) -> Generator[Browser]:
    """Somebody at a studio without a database: enough for what never reaches one."""
    with browsing(api(anonymous_a_minute=MANY, signed_in_a_minute=MANY)) as browser:
        yield browser


@pytest.fixture
def cast(database: str) -> Cast:
    """A project with its members, a stranger and an admin."""
    return make_cast()


@pytest.fixture
def editor(visitor: Browser, cast: Cast) -> Browser:
    """Somebody who may change the project of the cast."""
    return visitor.another(cast.session("editor"))
