"""media: named parts of files"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _words(name: str, length: int = 36, to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), *keys, nullable=False)


def upgrade() -> None:
    op.create_table('subclip',
    _words('id'),
    sa.Column('created_at', _MOMENT, nullable=False),
    _words('project_id', to='project.id'),
    _words('by_id', to='user_account.id'),
    _words('sha256', 64),
    _words('name', 200),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('frames', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_subclip_project_id'), 'subclip', ['project_id'], unique=False)
    op.create_index(op.f('ix_subclip_by_id'), 'subclip', ['by_id'], unique=False)
    op.create_index(op.f('ix_subclip_sha256'), 'subclip', ['sha256'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('Sub-clips cannot be taken out. Go back to the copy of the data folder made before.')
