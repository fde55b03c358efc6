"""States of the three entities of procurement."""

from enum import StrEnum


class RequestState(StrEnum):
    """How far a request for quotation has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SHORTLIST = "shortlist"
    AWARDED = "awarded"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Visibility(StrEnum):
    """Who may quote."""

    PUBLIC = "public"
    INVITED = "invited"


class QuoteState(StrEnum):
    """How far a quote has come."""

    SUBMITTED = "submitted"
    UPDATED = "updated"
    STANDBY = "standby"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"


OPEN_QUOTE = frozenset({QuoteState.SUBMITTED, QuoteState.UPDATED})
WAITING_QUOTE = frozenset({*OPEN_QUOTE, QuoteState.STANDBY})


class LineKind(StrEnum):
    """What a vendor says to a requested line."""

    OFFERED = "offered"
    ALTERNATIVE = "alternative"
    NOT_AVAILABLE = "not_available"


class DealState(StrEnum):
    """How far a deal has come."""

    NEGOTIATION = "negotiation"
    CONTRACT = "contract"
    INVOICED = "invoiced"
    PAID = "paid"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class ApprovalPurpose(StrEnum):
    """What spending an approval is about."""

    PUBLISH = "publish"
    AWARD = "award"


class ApprovalState(StrEnum):
    """How an approval stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"


class CriterionKind(StrEnum):
    """Where a criterion's score comes from: a formula over the quote, or people."""

    PRICE = "price"
    LEAD_TIME = "lead_time"
    PAYMENT_DAYS = "payment_days"
    MANUAL = "manual"
