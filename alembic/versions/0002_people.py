"""people: passwords, sessions, throttled tries; projects put away and changed"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column('user_account', sa.Column('password_hash', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True))
    op.add_column('user_account', sa.Column('password_changed_at', _MOMENT, nullable=True))

    op.create_table('session',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('seen_at', _MOMENT, nullable=False),
    sa.Column('expires_at', _MOMENT, nullable=False),
    sa.Column('revoked_at', _MOMENT, nullable=True),
    sa.Column('agent', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_session_user_id'), 'session', ['user_id'], unique=False)

    op.create_table('signinthrottle',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('counted_from', _MOMENT, nullable=False),
    sa.Column('blocked_until', _MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_index(op.f('ix_signinthrottle_counted_from'), 'signinthrottle', ['counted_from'], unique=False)

    # Columns are added in place: SQLite cannot rebuild a table that others point at while foreign keys are on.
    op.add_column('project', sa.Column('away_at', _MOMENT, nullable=True))
    op.add_column(
        'project',
        sa.Column('changed_at', _MOMENT, nullable=False, server_default=sa.text("'1970-01-01 00:00:00.000000'")),
    )
    op.add_column(
        'project',
        sa.Column(
            'changed_by_id',
            sqlmodel.sql.sqltypes.AutoString(length=36),
            sa.ForeignKey('user_account.id', name='project_changed_by_id_fkey'),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f('ix_project_changed_by_id'), 'project', ['changed_by_id'], unique=False)
    op.execute('UPDATE project SET changed_at = created_at, changed_by_id = owner_id')
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('project', 'changed_at', server_default=None)


def downgrade() -> None:
    raise NotImplementedError('People cannot be taken out again. Go back to the copy of the data folder made before.')
