"""renders: the plan every machine keeps to; media: what was read of a file"""

import sqlalchemy as sa

import studio.core.db
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('render', sa.Column('plan', sa.JSON(), nullable=True))
    op.create_table(
        'knownfacts',
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('created_at', studio.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column('sha256', sa.String(64), nullable=False),
        sa.Column('facts', sa.JSON(), nullable=False),
        sa.UniqueConstraint('sha256'),
    )


def downgrade() -> None:
    op.drop_table('knownfacts')
    op.drop_column('render', 'plan')
