"""The lifecycle of an order, whatever its kind."""

from uuid import UUID

from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.orders.errors import (
    AlreadyInvoicedError,
    CancelAskedError,
    CancelNotAskedError,
)
from karavan.modules.orders.models import Order
from karavan.modules.orders.permissions import ORDER_CANCEL, ORDER_PLACE, ORDER_SELL
from karavan.modules.orders.states import OrderState as S

BUYER, SELLER = "buyer", "seller"
_BUYER = frozenset({BUYER})
_SELLER = frozenset({SELLER})


def party_of(order: Order, organisation_id: UUID) -> str | None:
    """Which side of the order an organisation is; nothing for a stranger."""
    if order.organisation_id == organisation_id:
        return SELLER
    return BUYER if order.buyer_organisation_id == organisation_id else None


def _not_invoiced(order: Order, _: Situation) -> DomainError | None:
    if order.invoice_id is None:
        return None
    return AlreadyInvoicedError(invoice_id=str(order.invoice_id), number=order.invoice_number)


def _no_wish(order: Order, _: Situation) -> DomainError | None:
    return None if order.cancel_asked_at is None else CancelAskedError()


def _wish(order: Order, _: Situation) -> DomainError | None:
    return CancelNotAskedError() if order.cancel_asked_at is None else None


def _granted(order: Order, situation: Situation) -> DomainError | None:
    return _wish(order, situation) or _not_invoiced(order, situation)


ORDER: Lifecycle[Order] = Lifecycle(
    name="order",
    states=S,
    initial=S.PENDING,
    party_of=party_of,
    parties_of=lambda order: {
        SELLER: order.organisation_id,
        BUYER: order.buyer_organisation_id,
    },
    label_of=lambda order: order.number,
    transitions=(
        Transition(
            name="confirm",
            event="confirmed",
            sources=frozenset({S.PENDING}),
            targets=(S.CONFIRMED,),
            parties=_SELLER,
            permission=ORDER_SELL,
        ),
        Transition(
            name="reject",
            event="rejected",
            sources=frozenset({S.PENDING}),
            targets=(S.REJECTED,),
            parties=_SELLER,
            permission=ORDER_SELL,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="process",
            event="processed",
            sources=frozenset({S.CONFIRMED}),
            targets=(S.PROCESSING,),
            parties=_SELLER,
            permission=ORDER_SELL,
        ),
        # What is not shipped with a part stays in processing.
        Transition(
            name="ship",
            event="shipped",
            sources=frozenset({S.PROCESSING}),
            targets=(S.SHIPPED, S.PROCESSING),
            parties=_SELLER,
            permission=ORDER_SELL,
            guard=_no_wish,
        ),
        Transition(
            name="deliver",
            event="delivered",
            sources=frozenset({S.SHIPPED}),
            targets=(S.DELIVERED,),
            parties=_SELLER,
            permission=ORDER_SELL,
        ),
        Transition(
            name="complete",
            event="completed",
            sources=frozenset({S.DELIVERED}),
            targets=(S.COMPLETED,),
            parties=_BUYER,
            permission=ORDER_PLACE,
        ),
        # The action asks the seller for a reason; the buyer, whose order it is, need not give one.
        Transition(
            name="cancel",
            event="cancelled",
            sources=frozenset({S.PENDING, S.CONFIRMED}),
            targets=(S.CANCELLED,),
            parties=_BUYER | _SELLER,
            permission=ORDER_CANCEL,
            reason=Reason.OPTIONAL,
            guard=_not_invoiced,
        ),
        Transition(
            name="request-cancel",
            event="cancel_asked",
            sources=frozenset({S.PROCESSING}),
            targets=(S.PROCESSING,),
            parties=_BUYER,
            permission=ORDER_PLACE,
            reason=Reason.OPTIONAL,
            guard=_no_wish,
        ),
        # What has left already is delivered all the same: then only the rest is cancelled.
        Transition(
            name="agree-cancel",
            event="cancelled",
            sources=frozenset({S.PROCESSING}),
            targets=(S.CANCELLED, S.SHIPPED),
            parties=_SELLER,
            permission=ORDER_SELL,
            guard=_granted,
        ),
        Transition(
            name="refuse-cancel",
            event="cancel_refused",
            sources=frozenset({S.PROCESSING}),
            targets=(S.PROCESSING,),
            parties=_SELLER,
            permission=ORDER_SELL,
            reason=Reason.OPTIONAL,
            guard=_wish,
        ),
        # Money that was paid on the platform goes back by the ledger, which tells the order so.
        Transition(
            name="refund",
            event="refunded",
            sources=frozenset({S.DELIVERED, S.COMPLETED, S.CANCELLED}),
            targets=(S.REFUNDED,),
            parties=frozenset({"system"}),
            permission=None,
        ),
    ),
)
