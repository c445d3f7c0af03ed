"""scripts: revisions, versions, the drawer of cut scenes, breakdown tags; shots a person edited"""

import sqlalchemy as sa
import sqlmodel

import studio.core.db
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_MOMENT = studio.core.db.UtcDateTime(timezone=True)


def _id(name: str = 'id', to: str = '', nullable: bool = False) -> sa.Column:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=36), *keys, nullable=nullable)


def _words(name: str, length: int) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def upgrade() -> None:
    op.add_column('script', sa.Column('original_sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True))
    op.add_column(
        'script',
        sa.Column(
            'drawer_of',
            sqlmodel.sql.sqltypes.AutoString(length=36),
            sa.ForeignKey('script.id', name='script_drawer_of_fkey'),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f('ix_script_drawer_of'), 'script', ['drawer_of'], unique=False)
    op.add_column('scene', sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
    op.add_column('scene', sa.Column('script_day', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False, server_default=''))
    op.add_column('shot', sa.Column('edited', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.create_table('scriptversion',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('script_id', 'script.id'),
    sa.Column('number', sa.Integer(), nullable=False),
    _words('name', 200),
    _words('origin', 8),
    _id('by_id', 'user_account.id'),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('script_id', 'number')
    )
    op.create_index(op.f('ix_scriptversion_script_id'), 'scriptversion', ['script_id'], unique=False)
    op.create_index(op.f('ix_scriptversion_by_id'), 'scriptversion', ['by_id'], unique=False)

    op.create_table('tag',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('script_id', 'script.id'),
    _id('scene_id', 'scene.id'),
    _words('category', 20),
    _words('name', 200),
    _words('origin', 10),
    sa.Column('dismissed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('scene_id', 'category', 'name')
    )
    op.create_index(op.f('ix_tag_script_id'), 'tag', ['script_id'], unique=False)
    op.create_index(op.f('ix_tag_scene_id'), 'tag', ['scene_id'], unique=False)

    op.create_table('scriptimport',
    _id(),
    sa.Column('created_at', _MOMENT, nullable=False),
    _id('user_id', 'user_account.id'),
    _id('project_id', 'project.id', nullable=True),
    _words('name', 200),
    _words('format', 16),
    _words('encoding', 16),
    _words('bom', 16),
    _words('sha256', 64),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_scriptimport_user_id'), 'scriptimport', ['user_id'], unique=False)
    op.create_index(op.f('ix_scriptimport_project_id'), 'scriptimport', ['project_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError('Versions, tags and cut scenes cannot be taken out. Go back to the copy of the data folder made before.')
