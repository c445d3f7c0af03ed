"""timelines: cuts edited by hand, with the journal of their edits and the versions people named"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _words(name: str, length: int = 36, to: str = '') -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), *keys, nullable=False)


def _json(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def upgrade() -> None:
    op.add_column(
        'timeline',
        sa.Column(
            'parent_id',
            sqlmodel.sql.sqltypes.AutoString(length=36),
            sa.ForeignKey('timeline.id', name='timeline_parent_id_fkey'),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f('ix_timeline_parent_id'), 'timeline', ['parent_id'], unique=False)
    op.add_column('timeline', _json('base', nullable=True))
    op.add_column('timeline', sa.Column('changed_at', _MOMENT, nullable=True))
    op.add_column('timeline', sa.Column('deleted_at', _MOMENT, nullable=True))

    op.create_table('timeline_edit',
    _words('id'),
    sa.Column('created_at', _MOMENT, nullable=False),
    _words('timeline_id', to='timeline.id'),
    sa.Column('revision', sa.Integer(), nullable=False),
    _words('actor_id', to='user_account.id'),
    _words('kind', 12),
    _words('label', 200),
    _json('edit'),
    _json('patch'),
    _json('inverse'),
    sa.Column('of', sa.Integer(), nullable=True),
    _json('document', nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('timeline_id', 'revision')
    )
    op.create_index(op.f('ix_timeline_edit_timeline_id'), 'timeline_edit', ['timeline_id'], unique=False)
    op.create_index(op.f('ix_timeline_edit_actor_id'), 'timeline_edit', ['actor_id'], unique=False)

    op.create_table('timeline_version',
    _words('id'),
    sa.Column('created_at', _MOMENT, nullable=False),
    _words('timeline_id', to='timeline.id'),
    _words('name', 200),
    sa.Column('revision', sa.Integer(), nullable=False),
    _json('document'),
    _words('by_id', to='user_account.id'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_timeline_version_timeline_id'), 'timeline_version', ['timeline_id'], unique=False)
    op.create_index(op.f('ix_timeline_version_by_id'), 'timeline_version', ['by_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('Cuts by hand cannot be taken out. Go back to the copy of the data folder made before.')
