"""Alembic's entry: run the revisions on the connection `indexing.sqlite` hands over."""

from __future__ import annotations

from alembic import context

from indexing.catalog_rows import TABLES


def run() -> None:
    """Migrate inside the caller's transaction, which commits or drops all of it."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES)
    context.run_migrations()


if __name__ == "env_py":  # the name Alembic executes this file under; others only import it
    run()
