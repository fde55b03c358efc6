"""An embedded PostgreSQL server, supervised by the process that asked for it.

`docs/subsystems/embedded-postgres.md` tells how it works and why.
"""

from karavan.kit.embedded_postgres.address import OWNER_ROLE, PostgresAddress
from karavan.kit.embedded_postgres.binaries import MAJOR_VERSION, program_path
from karavan.kit.embedded_postgres.cluster import check_version
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError, storage_error
from karavan.kit.embedded_postgres.supervisor import EmbeddedPostgres

__all__ = [
    "MAJOR_VERSION",
    "OWNER_ROLE",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "PostgresAddress",
    "check_version",
    "program_path",
    "storage_error",
]
