"""States of what is for sale, and the words for its visibility and its stock."""

from enum import StrEnum


class ProductState(StrEnum):
    """How far a product has come towards being sold."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    ARCHIVED = "archived"


COMPLETE = frozenset({ProductState.PROPOSED, ProductState.PUBLISHED})
"""What buyers see, or will as soon as a moderator agrees: it is complete, and stays so."""


class ProductVisibility(StrEnum):
    """Who sees a published product: everybody, buyers with a trading link, or both."""

    PUBLIC = "public"
    LINKED = "linked"
    BOTH = "both"


class ChangeRequestState(StrEnum):
    """What became of a change to published content."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class MovementKind(StrEnum):
    """Why a quantity in stock changed."""

    RECEIVED = "received"
    ADJUSTED = "adjusted"
    ALLOCATED = "allocated"
    RELEASED = "released"
    SHIPPED = "shipped"
    RETURNED = "returned"


class ReviewState(StrEnum):
    """Whether everybody can read a review."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"
