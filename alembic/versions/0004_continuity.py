"""storyboards: continuity warnings somebody meant"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _id(name: str = 'id', to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=36), *keys, nullable=False)


def upgrade() -> None:
    op.create_table('dismissal',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('script_id', 'script.id'),
    sa.Column('warning', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    _id('by_id', 'user_account.id'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('script_id', 'warning')
    )
    op.create_index(op.f('ix_dismissal_script_id'), 'dismissal', ['script_id'], unique=False)
    op.create_index(op.f('ix_dismissal_by_id'), 'dismissal', ['by_id'], unique=False)


def downgrade() -> None:
    op.drop_table('dismissal')
