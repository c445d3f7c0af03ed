"""storyboards: panels without a vector drawing, as those brought in are"""

import sqlalchemy as sa

from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('panelversion') as table:
        table.alter_column('svg_sha256', existing_type=sa.String(length=64), nullable=True)


def downgrade() -> None:
    raise NotImplementedError('Pictures brought in have no vector drawing. Go back to the copy of the data folder made before.')
