"""Refusals of complaints."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class NotComplainableError(DomainError):
    """Nothing of the order has left yet, or it never will."""

    status = HTTPStatus.CONFLICT
    code = "complaint.order_not_shipped"
    title = "You can complain about an order once it has been shipped."


class TooLateError(DomainError):
    """The order was completed too long ago: `meta.until` says until when one could complain."""

    status = HTTPStatus.CONFLICT
    code = "complaint.too_late"
    title = "The order was completed too long ago."


class AlreadyOpenError(DomainError):
    """There is a complaint about the same thing: `meta` has its id and number."""

    status = HTTPStatus.CONFLICT
    code = "complaint.already_open"
    title = "A complaint about this is being dealt with. Write there."


class ManagerDecidesError(DomainError):
    """The complaint was escalated: a manager, administrator or owner of the supplier goes on with it."""

    status = HTTPStatus.FORBIDDEN
    code = "complaint.manager_decides"
    title = "This complaint was escalated. A manager decides about it."


class AlreadyEscalatedError(DomainError):
    """There is nobody above the manager."""

    status = HTTPStatus.CONFLICT
    code = "complaint.already_escalated"
    title = "This complaint has been escalated already."


class NothingProposedError(DomainError):
    """The answer proposes nothing that could be accepted."""

    status = HTTPStatus.CONFLICT
    code = "complaint.nothing_proposed"
    title = "There is no proposal to accept."


class FinalError(DomainError):
    """The outcome was accepted, or decided on an appeal."""

    status = HTTPStatus.CONFLICT
    code = "complaint.final"
    title = "The outcome of this complaint is final."


class AppealLateError(DomainError):
    """The days for an appeal have passed: `meta.until` says when."""

    status = HTTPStatus.CONFLICT
    code = "complaint.appeal_late"
    title = "The time for an appeal has passed."


class AmountTooLargeError(DomainError):
    """Nobody gets back more than the goods cost: `meta.most` is what remains, without tax."""

    status = HTTPStatus.CONFLICT
    code = "complaint.amount_too_large"
    title = "This is more than the goods cost."


class AlreadyCreditedError(DomainError):
    """A credit note of this complaint stands: an appeal can only add to it. `meta.credited` says how much it is."""

    status = HTTPStatus.CONFLICT
    code = "complaint.already_credited"
    title = "A credit note was already issued for this complaint. It can only be added to."


class NotDueError(DomainError):
    """The clock has come too early: somebody has acted since it looked."""

    status = HTTPStatus.CONFLICT
    code = "complaint.not_due"
    title = "This is not due yet."
