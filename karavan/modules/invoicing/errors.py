"""Refusals of invoicing."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class NoTradeError(DomainError):
    """Invoices go to companies with whom one has a trading link, a deal or an order."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.no_trade"
    title = "You have no trading link, deal or order with this company."


class PaymentTooLargeError(DomainError):
    """Nobody can pay more than is due: `meta.due` says how much that is."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.payment_too_large"
    title = "The payment is larger than the amount due."


class DuplicatePaymentError(DomainError):
    """The reference names a payment that is recorded already."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.duplicate_payment"
    title = "A payment with this reference is already recorded for this invoice."


class NotPayableError(DomainError):
    """Only an invoice that was sent and is not settled takes payments."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.not_payable"
    title = "Nothing is due on this document."


class AlreadySettledError(DomainError):
    """What has been paid or credited cannot be undone by voiding."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.already_settled"
    title = "There are payments or credit notes on this invoice. Correct it with a credit note."


class CreditTooLargeError(DomainError):
    """A credit note gives back no more than the invoice charged."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.credit_too_large"
    title = "This is more than remains to be credited."


class NotCreditableError(DomainError):
    """Only an invoice that was sent can be corrected."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.not_creditable"
    title = "Only an invoice that was sent can be corrected by a credit note."


class NotEditableError(DomainError):
    """A document that was sent is never edited."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.not_editable"
    title = "Only a draft can be edited. Correct a sent invoice with a credit note."


class IncompleteForExchangeError(DomainError):
    """The electronic document would be refused by its receiver; `errors` says what is missing and where to enter it."""

    status = HTTPStatus.CONFLICT
    code = "invoicing.incomplete_for_exchange"
    title = "The electronic invoice lacks what the exchange rules ask for."
