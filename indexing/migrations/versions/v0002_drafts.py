"""Drafts of application documents, every saved state a version of its own.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("draft_id", sa.Text(), primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False, index=True),
        sa.Column("template_id", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
    )
    op.create_table(
        "draft_versions",
        sa.Column("draft_id", sa.Text(), sa.ForeignKey("drafts.draft_id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    for table in ("draft_versions", "drafts"):
        op.drop_table(table)
