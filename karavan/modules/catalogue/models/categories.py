"""The platform's tree of categories, and what a product of each is asked for."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned


class CategoryTree(Base):
    """The tree as a whole: one row.

    Whoever changes the tree locks it, so that two moves cannot make a circle together; its revision counts the
    changes and tells readers whether what they keep is still fresh.
    """

    __tablename__ = "catalogue_category_tree"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class Category(Base, Identified, Timestamped, Versioned):
    """A node of the tree. It knows its parent and nothing else about its place, so a move changes one row."""

    __tablename__ = "catalogue_categories"

    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_categories.id"))
    code: Mapped[str]
    names: Mapped[dict[str, str]]
    icon: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int] = mapped_column(server_default="0")
    archived_at: Mapped[datetime | None]
    # Where the products of an archived category belong now.
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_categories.id"))

    __table_args__ = (
        UniqueConstraint("code"),
        Index("ix_catalogue_categories_parent_id", "parent_id", "position"),
        Index(
            "ix_catalogue_categories_replaced_by_id",
            "replaced_by_id",
            postgresql_where=text("replaced_by_id is not null"),
        ),
    )


class CategoryAttribute(Base, Identified, Timestamped):
    """What a product of a category, or of one below it, is asked for.

    A category below may say it again with other words or limits, but never with another type or unit.
    """

    __tablename__ = "catalogue_category_attributes"

    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_categories.id", ondelete="CASCADE")
    )
    code: Mapped[str]
    kind: Mapped[str]
    names: Mapped[dict[str, str]]
    # UN/ECE Recommendation 20; numbers alone have one.
    unit: Mapped[str | None]
    options: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    required: Mapped[bool] = mapped_column(server_default=text("false"))
    filterable: Mapped[bool] = mapped_column(server_default=text("false"))
    position: Mapped[int] = mapped_column(server_default="0")
    number_min: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    number_max: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))

    __table_args__ = (
        UniqueConstraint("category_id", "code"),
        Index("ix_catalogue_category_attributes_code_created_at", "code", "created_at", "id"),
    )


class RemovedAttribute(Base):
    """What an attribute meant that a category no longer asks for.

    Products keep what they have said, and whoever asks for the code again must not make watts kilowatts.
    """

    __tablename__ = "catalogue_removed_attributes"

    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_categories.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    unit: Mapped[str | None]
