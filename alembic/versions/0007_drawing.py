"""drawing: the journal of strokes of every panel"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _id(name: str = 'id', to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=36), *keys, nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table('drawing',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('project_id', 'project.id'),
    _id('panel_id'),
    _number('last_seq'),
    _number('inked_seq'),
    _number('size'),
    sa.Column('base_sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('panel_id')
    )
    op.create_index(op.f('ix_drawing_project_id'), 'drawing', ['project_id'], unique=False)

    op.create_table('strokebatch',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('panel_id'),
    _id('actor_id', 'user_account.id'),
    _number('seq'),
    _number('count'),
    _id('client'),
    _number('client_seq'),
    _number('size'),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('panel_id', 'seq'),
    sa.UniqueConstraint('panel_id', 'client', 'client_seq')
    )
    op.create_index(op.f('ix_strokebatch_panel_id'), 'strokebatch', ['panel_id'], unique=False)
    op.create_index(op.f('ix_strokebatch_actor_id'), 'strokebatch', ['actor_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('What was drawn cannot be taken out. Go back to the copy of the data folder made before.')
