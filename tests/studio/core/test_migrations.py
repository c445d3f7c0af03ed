"""Databases we know and databases we do not."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from studio.core import db, migrations
from studio.core.db import unit_of_work
from studio.core.errors import Unavailable
from studio.core.settings import Settings


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_newer_database_is_refused_and_left_as_it_is() -> None:
    present = migrations.revision()
    assert present
    with unit_of_work() as uow:
        uow.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for look in (migrations.revision, migrations.migrated):
        with pytest.raises(Unavailable, match=r"made by a newer Inkreel \(revision 9999\)"):
            look()
    with unit_of_work() as uow:
        assert uow.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_looking_at_a_database_not_made_yet_does_not_make_it(home: Settings) -> None:
    assert migrations.revision() == ""
    assert not home.home_folder.exists()


def test_a_file_that_is_no_database_is_a_sentence_and_kept(home: Settings) -> None:
    home.home_folder.mkdir()
    path = home.home_folder / "inkreel.db"
    path.write_bytes(b"letters to my mother " * 300)
    with pytest.raises(Unavailable, match="The database cannot be used: file is not a database"):
        migrations.migrated()
    db.engine(home.database).dispose()
    assert path.read_bytes().startswith(b"letters")
