"""Alembic's entry point. The connection comes from `karavan.kit.migrate`; nothing is read from a file."""

from alembic import context

import karavan.tables  # noqa: F401  # every module's tables, so that models and migrations can be compared
from karavan.kit.db import Base

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    compare_server_default=False,
    include_object=lambda _, name, kind, reflected, compare_to: (
        not (
            kind == "table"
            and reflected
            and compare_to is None
            and str(name).startswith("procrastinate_")
        )
    ),
)
with context.begin_transaction():
    context.run_migrations()
