"""Refusals of procurement."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class DeadlinePassedError(DomainError):
    """The time for quotes is over, by the database's clock."""

    status = HTTPStatus.CONFLICT
    code = "procurement.deadline_passed"
    title = "The deadline for quotes has passed."


class StillSealedError(DomainError):
    """Sealed quotes cannot be chosen from before the deadline."""

    status = HTTPStatus.CONFLICT
    code = "procurement.still_sealed"
    title = "The quotes are sealed until the deadline."


class QuoteExpiredError(DomainError):
    """The quote is no longer valid at this second."""

    status = HTTPStatus.CONFLICT
    code = "procurement.quote_expired"
    title = "The quote has expired. Ask the vendor for a new one."


class NothingToReconfirmError(DomainError):
    """The request has not changed since the quote."""

    status = HTTPStatus.CONFLICT
    code = "procurement.nothing_to_reconfirm"
    title = "The request has not changed since this quote."


class OfferOutdatedError(DomainError):
    """The offer answers other lines or quantities than are asked for now."""

    status = HTTPStatus.CONFLICT
    code = "procurement.offer_outdated"
    title = "The lines have changed since this offer. Send a new one."


class NeedsReconfirmError(DomainError):
    """The request was amended after the quote."""

    status = HTTPStatus.CONFLICT
    code = "procurement.needs_reconfirm"
    title = "The request was amended: the vendor must reconfirm the quote first."


class DuplicateQuoteError(DomainError):
    """One live quote per vendor and request."""

    status = HTTPStatus.CONFLICT
    code = "procurement.duplicate_quote"
    title = "Your organisation already has a live quote for this request. Update that one."


class OwnRequestError(DomainError):
    """Nobody quotes to themselves."""

    status = HTTPStatus.CONFLICT
    code = "procurement.own_request"
    title = "An organisation cannot quote for its own request."


class ApprovalRequiredError(DomainError):
    """A spending limit asks for somebody's agreement first."""

    status = HTTPStatus.CONFLICT
    code = "procurement.approval_required"
    title = "This amount needs approval first."


class SpendingLimitError(DomainError):
    """An amendment would let a request cost more than the actor may spend: a colleague has to make it."""

    status = HTTPStatus.CONFLICT
    code = "procurement.spending_limit"
    title = "This is past your spending limit. A colleague with the role that `meta.role` names can do it."


class AllocationError(DomainError):
    """The award's split does not fit the request or the quotes."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "procurement.allocation"
    title = "The split of the award does not fit the request."


class NoExchangeRateError(DomainError):
    """Two currencies cannot be compared without a rate."""

    status = HTTPStatus.CONFLICT
    code = "procurement.no_exchange_rate"
    title = "There is no exchange rate for these currencies. Enter one first."


class AlreadySignedError(DomainError):
    """A side signs a version once."""

    status = HTTPStatus.CONFLICT
    code = "procurement.already_signed"
    title = "Your side has already signed these terms."


class OtherTermsError(DomainError):
    """Newer terms were proposed since the caller read them."""

    status = HTTPStatus.CONFLICT
    code = "procurement.other_terms"
    title = "Newer terms were proposed. Read them before you sign."


class AlreadyAskedError(DomainError):
    """A side asks to cancel once."""

    status = HTTPStatus.CONFLICT
    code = "procurement.already_asked"
    title = "Your side has already asked to cancel. The other side must agree."


class ApprovalNotNeededError(DomainError):
    """No rule asks for anybody's agreement."""

    status = HTTPStatus.CONFLICT
    code = "procurement.approval_not_needed"
    title = "No spending limit asks for approval of this."


class NotYourApprovalError(DomainError):
    """Somebody else must decide this step."""

    status = HTTPStatus.FORBIDDEN
    code = "procurement.not_your_approval"
    title = "Somebody else must decide this."


class TemplateNameTakenError(DomainError):
    """Templates are chosen by their names."""

    status = HTTPStatus.CONFLICT
    code = "procurement.template_name_taken"
    title = "Your organisation already has a template of this name."


class AlreadyAnsweredError(DomainError):
    """Bidders rely on the answer that they have read."""

    status = HTTPStatus.CONFLICT
    code = "procurement.already_answered"
    title = "This question has been answered. Amend the request to say something else."


class AlreadyQuotedError(DomainError):
    """A live quote says that the vendor takes part."""

    status = HTTPStatus.CONFLICT
    code = "procurement.already_quoted"
    title = "Withdraw your quote before you decline the request."


class NotOpenError(DomainError):
    """The request takes no quotes, and so no questions or invitations either."""

    status = HTTPStatus.CONFLICT
    code = "procurement.not_open"
    title = "This request is not open for quotes."


class TermsLapsedError(DomainError):
    """The terms were to be signed by a day that has passed."""

    status = HTTPStatus.CONFLICT
    code = "procurement.terms_lapsed"
    title = "These terms were valid until a day that has passed. Propose new ones."


class ContractDamagedError(DomainError):
    """The stored file is not the one that was signed."""

    status = HTTPStatus.CONFLICT
    code = "procurement.contract_damaged"
    title = "The stored contract no longer matches the hash that was signed."
