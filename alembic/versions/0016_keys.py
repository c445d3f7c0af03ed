"""accounts: the keys a person chose"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('keychoice',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('created_at', studio.core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=36), sa.ForeignKey('user_account.id'), nullable=False),
    sa.Column('preset', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id')
    )


def downgrade() -> None:
    raise NotImplementedError('Keys cannot be taken out. Go back to the copy of the data folder made before.')
