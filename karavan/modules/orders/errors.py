"""Refusals of orders."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class MinimumOrderError(DomainError):
    """The supplier sells from an amount on: `meta` has it and what the order comes to, both without tax."""

    status = HTTPStatus.CONFLICT
    code = "order.below_minimum"
    title = "The order is smaller than this supplier accepts."


class MinimumCurrencyError(DomainError):
    """The supplier sells from an amount on that is in another currency than the goods: `meta` has both currencies."""

    status = HTTPStatus.CONFLICT
    code = "order.minimum_currency"
    title = "The goods are priced in another currency than this supplier's minimum order."


class CreditLimitError(DomainError):
    """The order would exceed what the supplier gives on credit: `meta` has limit, reserved, used, available and order."""

    status = HTTPStatus.CONFLICT
    code = "order.credit_limit"
    title = "The order exceeds the credit that this supplier gives you."


class CreditCurrencyError(DomainError):
    """The credit limit is in another currency than the goods, so nobody can tell whether it is kept."""

    status = HTTPStatus.CONFLICT
    code = "order.credit_currency"
    title = "The goods are priced in another currency than your credit limit."


class OverdueInvoicesError(DomainError):
    """Invoices of earlier orders are overdue: `meta.invoices` names each with its day and what is due."""

    status = HTTPStatus.CONFLICT
    code = "order.overdue_invoices"
    title = "There are overdue invoices. Pay them before you order again."


class TotalChangedError(DomainError):
    """The total is not what the buyer has seen: `meta.total` is what it would be now."""

    status = HTTPStatus.CONFLICT
    code = "order.total_changed"
    title = "Prices have changed since you looked. Look at the new total and order again."


class CancelAskedError(DomainError):
    """The buyer has asked to cancel, and the seller has not answered yet."""

    status = HTTPStatus.CONFLICT
    code = "order.cancel_asked"
    title = "The buyer has asked to cancel this order. Answer that first."


class CancelNotAskedError(DomainError):
    """There is no wish to cancel to be answered."""

    status = HTTPStatus.CONFLICT
    code = "order.cancel_not_asked"
    title = "Nobody has asked to cancel this order."


class AlreadyInvoicedError(DomainError):
    """The order has an invoice, which says what it comes to: `meta` names it."""

    status = HTTPStatus.CONFLICT
    code = "order.invoiced"
    title = "The order is invoiced. Void the invoice or write a credit note first."


class NotInvoiceableError(DomainError):
    """Only what the seller has confirmed can be invoiced."""

    status = HTTPStatus.CONFLICT
    code = "order.not_invoiceable"
    title = "An order can be invoiced once it is confirmed and not cancelled."


class ChatClosedError(DomainError):
    """The supplier has blocked the trading link: what was said can still be read."""

    status = HTTPStatus.CONFLICT
    code = "order.chat_closed"
    title = "The trading link is blocked, so nothing more can be said here."


class NothingToOrderError(DomainError):
    """None of the lines can be ordered any more: `meta.lines` says why for each."""

    status = HTTPStatus.CONFLICT
    code = "order.nothing_left"
    title = "Nothing of this can be ordered any more."


class CartFullError(DomainError):
    """A cart holds a limited number of lines."""

    status = HTTPStatus.CONFLICT
    code = "cart.full"
    title = "The cart is full. Place an order before you add more."


class NotStandingError(DomainError):
    """The standing order is over, or already stands as asked: `meta.state` says how it stands."""

    status = HTTPStatus.CONFLICT
    code = "standing_order.state"
    title = "This is not possible in the present state of the standing order."


class StandingGoodsError(DomainError):
    """Goods of a standing order cannot be ordered as they stand there: `meta.goods` names each and says why."""

    status = HTTPStatus.CONFLICT
    code = "standing_order.goods"
    title = "Some of its goods can no longer be ordered so. Change the standing order."


class StandingRightsError(DomainError):
    """Whoever set the standing order up, or changed it last, has left or no longer orders."""

    status = HTTPStatus.CONFLICT
    code = "standing_order.no_rights"
    title = (
        "Whoever set this up may no longer order. Let a colleague change it and so take it over."
    )


class TemplateNameTakenError(DomainError):
    """An organisation's templates have different names: `meta.template_id` is the one that has this name."""

    status = HTTPStatus.CONFLICT
    code = "order_template.name_taken"
    title = "There is a template of this name already."


class UnreadableTableError(DomainError):
    """The uploaded file is no table that can be read: `meta.reason` says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "cart.unreadable_table"
    title = "The file could not be read as a table."
