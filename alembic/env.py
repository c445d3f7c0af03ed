"""Migrations run on the database of the settings, over our own engine."""

from alembic import context
from sqlmodel import SQLModel

import studio.tables  # noqa: F401
from studio.core import db
from studio.core.settings import prepared_home, settings

prepared_home(settings())
with db.engine(settings().database).connect() as connection:
    context.configure(
        connection=connection.execution_options(writes=True),
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
