"""Pictures that an import has named and a job fetches."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base


class ImportPicture(Base):
    """One picture of one product: an address, or `zip:` and the name of an entry of the archive.

    `state` is waiting, done or failed; `failure` is a code.
    """

    __tablename__ = "catalogue_import_pictures"

    sequence: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("kit_imports.id", ondelete="CASCADE"))
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    source: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    failure: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index(
            "ix_catalogue_import_pictures_waiting",
            "import_id",
            "sequence",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_catalogue_import_pictures_product_id", "product_id"),
    )
