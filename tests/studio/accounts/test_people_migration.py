"""The second migration: what was there before it is there after it, and the tables are those of the models."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from studio.accounts import service as accounts
from studio.core import db
from studio.core.db import reading
from studio.core.settings import ROOT, Settings, settings
from studio.projects import service as projects
from studio.tables import metadata

pytestmark = pytest.mark.services

MADE_AT = datetime(2025, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def first_form(request: pytest.FixtureRequest, home: Settings, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A database as the first migration leaves it, with the command line's owner, a project and a run in it."""
    if request.param == "postgresql":
        from tests.support.postgres import fresh_database

        monkeypatch.setenv("INKREEL_DATABASE_URL", fresh_database(request.getfixturevalue("postgres")))
        settings.cache_clear()
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    command.upgrade(config, "0001")
    moment = "'2025-03-01 12:00:00.250000'" if request.param == "sqlite" else "'2025-03-01 12:00:00.25+00'"
    with db.unit_of_work() as uow:
        for row in (
            "INSERT INTO user_account (id, created_at, email, username, display_name, role, is_active)"
            f" VALUES ('u', {moment}, 'owner@inkreel.invalid', 'owner', 'Owner', 'admin', true)",
            "INSERT INTO project (id, created_at, owner_id, name, rate, width, height)"
            f" VALUES ('p', {moment}, 'u', 'A film', '24', 1920, 1080)",
            f"INSERT INTO member (id, created_at, project_id, user_id, role) VALUES ('m', {moment}, 'p', 'u', 'owner')",
        ):
            uow.session.execute(text(row))
    return config


def test_owner_and_projects_survive_and_are_dated_by_their_making(first_form: Config) -> None:
    command.upgrade(first_form, "head")
    with db.unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        project = projects.list_projects(uow, actor).items[0]
        assert (actor.user_id, project.id, project.name) == ("u", "p", "A film")
        assert (project.changed_at, project.changed_by_id, project.away) == (MADE_AT, "u", False)
        assert not accounts.any_account(uow)
        projects.mark_changed(uow, actor, "p")
    db.engine(settings().database).dispose()


def test_the_migrated_tables_are_those_of_the_models(first_form: Config) -> None:
    command.upgrade(first_form, "head")
    with db.engine(settings().database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    with reading() as uow:
        assert uow.session.execute(text("SELECT count(*) FROM member")).scalar_one() == 1
    db.engine(settings().database).dispose()
