"""timelines: sentences said anew"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _words(name: str, length: int = 36, to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), *keys, nullable=False)


def upgrade() -> None:
    op.create_table('take',
    _words('id'),
    sa.Column('created_at', _MOMENT, nullable=False),
    _words('project_id', to='project.id'),
    _words('sha256', 64),
    _words('speaker', 200),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('was', sa.Text(), nullable=False),
    _words('manner', 500),
    sa.Column('seconds', sa.Float(), nullable=False),
    sa.Column('sentences', sa.JSON(), nullable=False),
    _words('provider', 60),
    _words('completeness', 12),
    _words('by_id', to='user_account.id'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_take_project_id'), 'take', ['project_id'], unique=False)
    op.create_index(op.f('ix_take_by_id'), 'take', ['by_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('Sentences said anew cannot be taken out. Go back to the copy of the data folder made before.')
