"""The form of the database: bringing it to the present one, and knowing one that we do not know."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from studio.core import db
from studio.core.errors import Unavailable
from studio.core.settings import ROOT, settings

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory


def migrated() -> None:
    """Bring the database's tables to the present form.

    Raises:
        Unavailable: it was made by a newer Inkreel, it cannot be read, or it does not answer.
    """
    if revision() == _known().get_current_head():
        return
    from alembic import command

    try:
        command.upgrade(_migrations(), "head")
    except SQLAlchemyError as e:
        raise _unusable(e) from e


def revision() -> str:
    """The revision of the database's tables, "" before they are made.

    Raises:
        Unavailable: we do not know that revision, or the database cannot be read.
    """
    from alembic.runtime.migration import MigrationContext

    s = settings()
    if s.database.startswith("sqlite") and not Path(s.database.removeprefix("sqlite:///")).exists():
        return ""
    try:
        with db.engine(s.database).connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision() or ""
    except SQLAlchemyError as e:
        raise _unusable(e) from e
    if present and present not in {script.revision for script in _known().walk_revisions()}:
        raise Unavailable(
            f"The database was made by a newer Inkreel (revision {present}). "
            "Update this one, or choose another data folder with INKREEL_HOME.",
            service="database",
            retryable=False,
        )
    return present


@lru_cache(maxsize=1)
def _known() -> ScriptDirectory:
    """The revisions there are."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_migrations())


def _migrations() -> Config:
    from alembic.config import Config

    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    return config


def _unusable(e: SQLAlchemyError) -> Unavailable:
    why = str(getattr(e, "orig", None) or e).strip().splitlines()[0]
    return Unavailable(
        f"The database cannot be used: {why}. Mend it, bring back a copy, or choose another data folder with INKREEL_HOME.",
        service="database",
        retryable=False,
    )
