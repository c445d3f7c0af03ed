"""media: uploads in pieces, forms of media, and what one needs to keep them in order"""

import sqlalchemy as sa

import studio.core.db
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_WORDS = {'folder': 200, 'state': 12, 'problem': 400}
_BEGINS = {'state': 'ready'}
_MOMENTS = ('brought_at', 'removed_at')


def _row() -> tuple[sa.Column, ...]:
    return (
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('created_at', studio.core.db.UtcDateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    moment = studio.core.db.UtcDateTime(timezone=True)
    with op.batch_alter_table('media') as table:  # which nothing points at
        table.alter_column('size', existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)
    for name, length in _WORDS.items():
        op.add_column('media', sa.Column(name, sa.String(length), nullable=False, server_default=_BEGINS.get(name, '')))
    for name, length in (('origin', 64), ('run_id', 36)):
        op.add_column('media', sa.Column(name, sa.String(length), nullable=True))
    for name in _MOMENTS:
        op.add_column('media', sa.Column(name, moment, nullable=True))
    op.create_table(
        'mediaform',
        *_row(),
        sa.Column('sha256', sa.String(64), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('about', sa.JSON(), nullable=False),
        sa.UniqueConstraint('sha256', 'kind'),
    )
    op.create_index('ix_mediaform_sha256', 'mediaform', ['sha256'])
    op.create_table(
        'upload',
        *_row(),
        sa.Column('project_id', sa.String(36), sa.ForeignKey('project.id'), nullable=False),
        sa.Column('user_id', sa.String(36), sa.ForeignKey('user_account.id'), nullable=False),
        sa.Column('name', sa.String(200), nullable=False),
        sa.Column('folder', sa.String(200), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('sha256', sa.String(64), nullable=True),
        sa.Column('received', sa.BigInteger(), nullable=False),
        sa.Column('state', sa.String(12), nullable=False),
        sa.Column('problem', sa.String(400), nullable=False),
        sa.Column('run_id', sa.String(36), nullable=True),
        sa.Column('media_sha256', sa.String(64), nullable=True),
        sa.Column('expires_at', moment, nullable=False),
    )
    for column in ('project_id', 'user_id', 'expires_at'):
        op.create_index(f'ix_upload_{column}', 'upload', [column])
    op.create_table(
        'uploadpiece',
        *_row(),
        sa.Column('upload_id', sa.String(36), sa.ForeignKey('upload.id'), nullable=False),
        sa.Column('start', sa.BigInteger(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(120), nullable=False),
        sa.UniqueConstraint('upload_id', 'start'),
    )
    op.create_index('ix_uploadpiece_upload_id', 'uploadpiece', ['upload_id'])


def downgrade() -> None:
    for table in ('uploadpiece', 'upload', 'mediaform'):
        op.drop_table(table)
    for name in (*_MOMENTS, *_WORDS, 'origin', 'run_id'):
        op.drop_column('media', name)
    with op.batch_alter_table('media') as table:
        table.alter_column('size', existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=False)
