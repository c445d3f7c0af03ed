"""Migrations run on the database of the settings, over our own engine."""

from alembic import context

from studio.core import db
from studio.core.settings import prepared_home, settings
from studio.tables import metadata

prepared_home(settings())
with db.engine(settings().database).connect() as connection:
    context.configure(
        connection=connection.execution_options(writes=True),
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
