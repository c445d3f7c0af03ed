"""timelines: what a cut has besides its board"""

import sqlalchemy as sa

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, empty in (('score', '{}'), ('by_hand', '{}'), ('steps', '[]')):
        op.add_column('timeline', sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text(f"'{empty}'")))


def downgrade() -> None:
    for name in ('steps', 'by_hand', 'score'):
        op.drop_column('timeline', name)
