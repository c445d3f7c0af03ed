"""timelines: templates people saved"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _words(name: str, length: int = 36, to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), *keys, nullable=False)


def upgrade() -> None:
    op.create_table('template',
    _words('id'),
    sa.Column('created_at', _MOMENT, nullable=False),
    _words('project_id', to='project.id'),
    _words('name', 200),
    _words('about', 500),
    sa.Column('seconds', sa.Float(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    _words('by_id', to='user_account.id'),
    sa.Column('deleted_at', _MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_template_project_id'), 'template', ['project_id'], unique=False)
    op.create_index(op.f('ix_template_by_id'), 'template', ['by_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('Templates cannot be taken out. Go back to the copy of the data folder made before.')
