"""The end of each organisation's chain. The entries themselves belong to `karavan.kit.audit`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base


class AuditHead(Base):
    """How many entries are sealed and the hash of the last: without it, cutting off the end would go unseen."""

    __tablename__ = "audit_heads"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    entry_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime] = mapped_column(server_default=func.now())
