"""The first tables: documents, versions, clauses, originals, what became of shipped files.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("doc_id", sa.Text(), primary_key=True),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column(
            "doc_id",
            sa.Text(),
            sa.ForeignKey("documents.doc_id", ondelete="CASCADE", onupdate="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("source_sha256", sa.Text(), sa.ForeignKey("originals.sha256"), nullable=False, index=True),
        sa.Column("text_hash", sa.Text(), nullable=False, index=True),
        sa.Column("document_checksum", sa.Text(), nullable=False),
        sa.Column("clauses_checksum", sa.Text(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text()),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("offsets", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "clauses",
        sa.Column("doc_id", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("path", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text()),
        sa.Column("heading", sa.Text()),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("is_unit", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["doc_id", "version"],
            ["versions.doc_id", "versions.version"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )
    op.create_table(
        "shipped",
        sa.Column("file", sa.Text(), primary_key=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
    )
    op.create_table("removed", sa.Column("doc_id", sa.Text(), primary_key=True))
    op.create_table("milestones", sa.Column("name", sa.Text(), primary_key=True))


def downgrade() -> None:
    for table in ("milestones", "removed", "shipped", "clauses", "versions", "documents", "originals"):
        op.drop_table(table)
