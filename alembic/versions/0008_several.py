"""storyboards: several panels a shot, each with its share of the shot's frames; panels that can leave their shot"""

import sqlalchemy as sa

from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('panel', sa.Column('share', sa.Integer(), nullable=False, server_default='1'))
    if op.get_bind().dialect.name != 'sqlite':
        op.alter_column('panel', 'position', nullable=True)
        return
    run = op.get_bind().exec_driver_sql  # as in revision 0006: SQLite cannot alter a column
    version = run('PRAGMA schema_version').scalar_one()
    was = run("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'panel'").scalar_one()
    now = was.replace('position INTEGER NOT NULL', 'position INTEGER')
    run('PRAGMA writable_schema = ON')
    run("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'panel'", (now,))
    run(f'PRAGMA schema_version = {version + 1}')
    run('PRAGMA writable_schema = RESET')


def downgrade() -> None:
    raise NotImplementedError('Panels are timed. Go back to the copy of the data folder made before.')
