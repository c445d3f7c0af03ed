"""renders: when a kept segment was last used"""

import sqlalchemy as sa

from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('segment', sa.Column('used_at', sa.Float(), nullable=False, server_default='0'))
    op.create_index('ix_segment_used_at', 'segment', ['used_at'])


def downgrade() -> None:
    op.drop_index('ix_segment_used_at', table_name='segment')
    op.drop_column('segment', 'used_at')
