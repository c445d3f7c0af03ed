"""renders: what was asked for, its report card, and what it was expected to take and took"""

import sqlalchemy as sa

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_NUMBERS = {'length_s': sa.Float(), 'estimated_s': sa.Float(), 'work_s': sa.Float(), 'made_frames': sa.Integer()}
_SIZES = ('estimated_bytes', 'size_bytes')


def upgrade() -> None:
    op.add_column('render', sa.Column('wanted', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column('render', sa.Column('report', sa.JSON(), nullable=True))
    for name, kind in _NUMBERS.items():
        op.add_column('render', sa.Column(name, kind, nullable=False, server_default='0'))
    for name in _SIZES:
        op.add_column('render', sa.Column(name, sa.BigInteger(), nullable=False, server_default='0'))


def downgrade() -> None:
    for name in (*_SIZES, *_NUMBERS, 'report', 'wanted'):
        op.drop_column('render', name)
