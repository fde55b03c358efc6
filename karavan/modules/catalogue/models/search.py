"""What a search looks through, and the words it knows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Index,
    SmallInteger,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned

TIERS = 9


class SearchDocument(Base):
    """A product that is shown, or a family of variants, as a search sees it. Made of other tables and of nothing else."""

    __tablename__ = "catalogue_search"

    # By quality: the first holds the best few thousand, each that follows about as many as all before it.
    tier: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    in_stock: Mapped[bool]
    name_length: Mapped[int] = mapped_column(SmallInteger)
    # What speaks for a product whatever the words are, from nought to one.
    quality: Mapped[float] = mapped_column(REAL)
    # The mean of one to five; nought without reviews.
    rating: Mapped[float] = mapped_column(REAL)
    price_amount: Mapped[int]
    published_at: Mapped[datetime]
    # No foreign key: when a product goes, its words must first be taken back from the vocabulary.
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    category_id: Mapped[UUID | None]
    currency: Mapped[str]
    visibility: Mapped[str]
    organisation_name: Mapped[str]
    # `colour=red`: values of attributes that can be filtered by, and of the variants' options.
    facets: Mapped[list[str]] = mapped_column(ARRAY(Text))
    # Words, codes and marks.
    lexemes: Mapped[Any] = mapped_column(TSVECTOR)
    # Words of the names; what the vocabulary counts, so that it can be taken back.
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))

    __table_args__ = (
        *(
            Index(
                f"ix_catalogue_search_lexemes_{tier}",
                "lexemes",
                postgresql_using="gin",
                postgresql_where=text(f"tier = {tier}"),
                postgresql_with={"fastupdate": "off"},
            )
            for tier in range(TIERS)
        ),
        Index("ix_catalogue_search_quality", text("quality desc"), "product_id"),
        Index("ix_catalogue_search_price", "price_amount", "product_id"),
        Index("ix_catalogue_search_rating", text("rating desc"), "product_id"),
        Index("ix_catalogue_search_newest", text("published_at desc"), "product_id"),
        Index("ix_catalogue_search_category_price", "category_id", "price_amount", "product_id"),
        Index(
            "ix_catalogue_search_category_rating", "category_id", text("rating desc"), "product_id"
        ),
        Index(
            "ix_catalogue_search_category_newest",
            "category_id",
            text("published_at desc"),
            "product_id",
        ),
        Index("ix_catalogue_search_organisation", "organisation_id", "price_amount", "product_id"),
    )


class SearchTier(Base):
    """Down to which quality a tier goes; the last tier has no such row, and has the rest."""

    __tablename__ = "catalogue_search_tiers"

    tier: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    quality_from: Mapped[float] = mapped_column(REAL)


class SearchQueued(Base):
    """A product whose document is out of date."""

    __tablename__ = "catalogue_search_queue"

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    queued_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_catalogue_search_queue_queued_at", "queued_at"),)


class SearchWord(Base):
    """A word of the names of publicly shown products; nobody's hidden goods are guessed from it.

    `deletions` are of its skeleton, for those who mistype it.
    """

    __tablename__ = "catalogue_search_words"

    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    lexeme: Mapped[str]
    skeleton: Mapped[str] = mapped_column(Text(collation="C"))
    frequency: Mapped[int]
    deletions: Mapped[list[str]] = mapped_column(ARRAY(Text))

    __table_args__ = (
        Index("ix_catalogue_search_words_lexeme", "lexeme"),
        Index("ix_catalogue_search_words_skeleton", "skeleton"),
        Index("ix_catalogue_search_words_deletions", "deletions", postgresql_using="gin"),
    )


class Synonym(Base, Identified, Timestamped, Versioned):
    """Words that mean the same (`replacements` is empty), or words that shall find others as well.

    `keys` are the terms as their lexemes, which is how a query finds the entry.
    """

    __tablename__ = "catalogue_synonyms"

    language: Mapped[str]
    terms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    replacements: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_by: Mapped[UUID | None]

    __table_args__ = (
        CheckConstraint("language in ('en', 'ru', 'kk')", name="language"),
        CheckConstraint("cardinality(terms) > 0", name="terms"),
        Index("ix_catalogue_synonyms_keys", "keys", postgresql_using="gin"),
        Index("ix_catalogue_synonyms_language", "language", "created_at", "id"),
    )
