"""history: the audit chain; shots that can leave the board, be timed by hand and keep their numbers; stale panels"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def _words(name: str, length: int, *keys: sa.ForeignKey) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), *keys, nullable=False)


def upgrade() -> None:
    op.add_column('shot', sa.Column('timed', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('shot', sa.Column('number_locked', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('panel', sa.Column('stale', sa.Boolean(), nullable=False, server_default=sa.false()))
    _free('shot', 'script_id', 'scene_id')
    op.create_table('auditentry',
    _words('id', 36),
    sa.Column('created_at', studio.core.db.UtcDateTime(timezone=True), nullable=False),
    _words('project_id', 36, sa.ForeignKey('project.id')),
    sa.Column('seq', sa.Integer(), nullable=False),
    _words('actor_id', 36, sa.ForeignKey('user_account.id')),
    _words('entity', 20),
    _words('entity_id', 36),
    _words('action', 20),
    _words('label', 200),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('inverse', sa.JSON(), nullable=False),
    sa.Column('reverses', sa.Integer(), nullable=True),
    _words('prev_hash', 64),
    _words('hash', 64),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('project_id', 'seq')
    )
    op.create_index(op.f('ix_auditentry_project_id'), 'auditentry', ['project_id'], unique=False)
    op.create_index(op.f('ix_auditentry_actor_id'), 'auditentry', ['actor_id'], unique=False)
    op.create_index(op.f('ix_auditentry_entity_id'), 'auditentry', ['entity_id'], unique=False)


def _free(table: str, *columns: str) -> None:
    """Let columns be empty. SQLite cannot alter a column nor rebuild a table that others point at; its documentation has
    this instead (lang_altertable.html, 7): the words NOT NULL are taken out of the stored schema."""
    if op.get_bind().dialect.name != 'sqlite':
        for column in columns:
            op.alter_column(table, column, nullable=True)
        return
    run = op.get_bind().exec_driver_sql
    version = run('PRAGMA schema_version').scalar_one()
    was = run("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    now = was
    for column in columns:
        now = now.replace(f'{column} VARCHAR(36) NOT NULL', f'{column} VARCHAR(36)')
    run('PRAGMA writable_schema = ON')
    run("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (now, table))
    run(f'PRAGMA schema_version = {version + 1}')
    run('PRAGMA writable_schema = RESET')


def downgrade() -> None:
    raise NotImplementedError('History cannot be taken out. Go back to the copy of the data folder made before.')
