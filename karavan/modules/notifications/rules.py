"""Who is told of what: one declaration for each kind of notification. To add a kind, add a line and its texts."""

from collections.abc import Callable

from msgspec import Struct

from karavan.modules.notifications import audiences as to
from karavan.modules.notifications.facts import Facts
from karavan.modules.notifications.groups import Group

SEALED = ".sealed"
"""Ends the kind of what must not say whose quote it is."""

_BOARD = "/app/board/{request_id}"
_REQUEST = "/app/requests/{request_id}"
_QUOTE = "/app/quotes/{id}"
_DEAL = "/app/deals/{id}"
_INVOICE = "/app/invoices/{id}"
_COMPLAINT = "/app/complaints/{id}"
_LINK = "/app/links/{id}"
_ORDER = "/app/orders/{id}"
_STANDING_ORDER = "/app/standing-orders/{id}"
_PRODUCT = "/app/products/{id}"
_CHANGED_PRODUCT = "/app/products/{product_id}"
_IMPORT = "/app/products/import/{id}"
_PRICE_LIST = "/app/price-lists/{list_id}"
_GOODS = "/products/{product_id}"
_WISHLIST = "/app/wishlist"
_APPROVALS = "/app/approvals"
_TEAM = "/app/team"
_SUBJECT = "/app/{subject_type}s/{subject_id}"


def _always(_: Facts) -> bool:
    return True


class Rule(Struct, frozen=True):
    """What one event means to one audience.

    Attributes:
        kind: names the texts.
        group: what people choose by.
        audience: whom to tell; who did it is not told.
        link: page of the web application; `{id}` is the event's aggregate.
        when: facts without which nobody is told.
        hides_vendor: until the seals of a request are broken, the kind ends in `.sealed`, names no vendor and leads to
            the request.
        mails: whether those who want mail get one; no for what another mail has just said.
        collapses: a key; while something of the same key is unread, it is counted up instead of told anew.
        tells_actor: whether who did it is told as well.
    """

    kind: str
    group: Group
    audience: to.Audience
    link: str
    when: Callable[[Facts], bool] = _always
    hides_vendor: bool = False
    mails: bool = True
    collapses: str | None = None
    tells_actor: bool = False


def _decided(state: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.state == state


def _complete(facts: Facts) -> bool:
    return bool(facts.data.get("complete"))


def _not_complete(facts: Facts) -> bool:
    return not _complete(facts)


def _was_sent(facts: Facts) -> bool:
    return facts.data.get("number") is not None


def _not_paid(facts: Facts) -> bool:
    return facts.state != "paid"


def _still_going(facts: Facts) -> bool:
    """The end of a request without an award is told as such, not quote by quote."""
    return facts.request is None or not facts.request.ended_without_award


def _request(verb: str, audience: to.Audience, link: str = _BOARD) -> Rule:
    return Rule(f"request.{verb}", Group.REQUESTS, audience, link)


def _offer(verb: str) -> Rule:
    return Rule(f"quote.{verb}", Group.QUOTES, to.the_buyer, _QUOTE, hides_vendor=True)


def _deal(verb: str, audience: to.Audience) -> Rule:
    return Rule(f"deal.{verb}", Group.DEALS, audience, _DEAL)


def _invoice(
    verb: str, audience: to.Audience, when: Callable[[Facts], bool] = _always
) -> tuple[Rule]:
    return (Rule(f"invoice.{verb}", Group.INVOICES, audience, _INVOICE, when),)


def _by_silence(facts: Facts) -> bool:
    return bool(facts.data.get("by_silence"))


def _by_consent(facts: Facts) -> bool:
    return bool(facts.data.get("by_consent"))


def _by_decision(facts: Facts) -> bool:
    return not _by_consent(facts) and not facts.data.get("final")


def _by_last_decision(facts: Facts) -> bool:
    """After its one appeal."""
    return not _by_consent(facts) and bool(facts.data.get("final"))


def _complaint(verb: str, audience: to.Audience, when: Callable[[Facts], bool] = _always) -> Rule:
    return Rule(f"complaint.{verb}", Group.ORDERS, audience, _COMPLAINT, when)


def _at_once(facts: Facts) -> bool:
    """The buyer came by an invitation that needs no decision."""
    return bool(facts.data.get("at_once"))


def _decided_by_hand(facts: Facts) -> bool:
    return not _at_once(facts)


def _link(verb: str, audience: to.Audience, when: Callable[[Facts], bool] = _always) -> Rule:
    return Rule(f"link.{verb}", Group.LINKS, audience, _LINK, when)


def _by_others(facts: Facts) -> bool:
    """A moderator or the checks have decided: who publishes their own product sees it happen."""
    return facts.actor_organisation_id != facts.parties.get("seller")


def _by_moderator(facts: Facts) -> bool:
    return facts.actor_user_id is not None and _by_others(facts)


def _for_the_first_time(facts: Facts) -> bool:
    return bool(facts.data.get("first"))


def _product(verb: str) -> tuple[Rule]:
    return (Rule(f"product.{verb}", Group.PRODUCTS, to.the_seller, _PRODUCT, _by_others),)


def _import(kind: str, link: str) -> tuple[Rule]:
    return (Rule(kind, Group.PRODUCTS, to.the_importer, link, tells_actor=True),)


def _change(verb: str) -> tuple[Rule]:
    return (
        Rule(
            f"change_request.{verb}",
            Group.PRODUCTS,
            to.the_seller,
            _CHANGED_PRODUCT,
            _by_moderator,
        ),
    )


def _order(verb: str, audience: to.Audience, *, mails: bool = True) -> tuple[Rule]:
    return (Rule(f"order.{verb}", Group.ORDERS, audience, _ORDER, mails=mails),)


_ASKED_TO_DECIDE = Rule("approval.requested", Group.APPROVALS, to.deciders, _APPROVALS)

RULES: dict[str, tuple[Rule, ...]] = {
    "request.published": (
        Rule("request.published", Group.OPPORTUNITIES, to.matching_vendors, _BOARD),
    ),
    "request.invited": (Rule("request.invited", Group.OPPORTUNITIES, to.invited_vendors, _BOARD),),
    "request.declined": (_request("declined", to.the_buyer, _REQUEST),),
    "request.amended": (_request("amended", to.bidders),),
    "request.extended": (_request("extended", to.bidders),),
    "request.cancelled": (_request("cancelled", to.concerned_vendors),),
    "request.closed_without_award": (_request("closed_without_award", to.concerned_vendors),),
    "request.deadline_passed": (_request("deadline_passed", to.the_buyer, _REQUEST),),
    "question.asked": (Rule("question.asked", Group.REQUESTS, to.the_buyer, _REQUEST),),
    "question.answered": (Rule("question.answered", Group.REQUESTS, to.bidders, _BOARD),),
    "quote.submitted": (_offer("submitted"),),
    "quote.updated": (_offer("updated"),),
    "quote.reconfirmed": (_offer("reconfirmed"),),
    "quote.withdrawn": (_offer("withdrawn"),),
    "quote.expired": (
        _offer("expired"),
        Rule("quote.expired_own", Group.QUOTES, to.the_vendor, _QUOTE),
    ),
    "quote.accepted": (Rule("quote.accepted", Group.QUOTES, to.the_vendor, _QUOTE),),
    "quote.held": (Rule("quote.held", Group.QUOTES, to.the_vendor, _QUOTE),),
    "quote.rejected": (Rule("quote.rejected", Group.QUOTES, to.the_vendor, _QUOTE, _still_going),),
    "approval.requested": (_ASKED_TO_DECIDE,),
    "approval.decided": (
        _ASKED_TO_DECIDE,
        Rule("approval.approved", Group.APPROVALS, to.requester, _APPROVALS, _decided("approved")),
        Rule("approval.rejected", Group.APPROVALS, to.requester, _APPROVALS, _decided("rejected")),
    ),
    "approval.voided": (Rule("approval.voided", Group.APPROVALS, to.requester, _APPROVALS),),
    # The vendor has just had a mail that their quote was accepted.
    "deal.opened": (Rule("deal.opened", Group.DEALS, to.every_side, _DEAL, mails=False),),
    "deal.terms_proposed": (_deal("terms_proposed", to.other_side),),
    "deal.signed": (
        Rule("deal.signed", Group.DEALS, to.other_side, _DEAL, _not_complete),
        Rule("deal.concluded", Group.DEALS, to.every_side, _DEAL, _complete),
    ),
    "deal.refused": (_deal("refused", to.the_buyer),),
    "deal.cancel_asked": (_deal("cancel_asked", to.other_side),),
    "deal.cancelled": (_deal("cancelled", to.every_side),),
    "deal.archived": (_deal("archived", to.other_side),),
    "order.placed": _order("placed", to.other_side),
    "order.confirmed": _order("confirmed", to.the_buyer),
    "order.rejected": _order("rejected", to.the_buyer),
    "order.processed": _order("processed", to.the_buyer, mails=False),
    "order.part_shipped": _order("part_shipped", to.the_buyer),
    "order.shipped": _order("shipped", to.the_buyer),
    "order.delivered": _order("delivered", to.the_buyer),
    "order.completed": _order("completed", to.other_side, mails=False),
    "order.cancelled": _order("cancelled", to.other_side),
    "order.rest_cancelled": _order("rest_cancelled", to.other_side),
    "order.cancel_asked": _order("cancel_asked", to.other_side),
    "order.cancel_refused": _order("cancel_refused", to.the_buyer),
    "standing_order.placed": (
        Rule("standing_order.placed", Group.ORDERS, to.the_buyer, _STANDING_ORDER, mails=False),
    ),
    "standing_order.skipped": (
        Rule("standing_order.skipped", Group.ORDERS, to.the_buyer, _STANDING_ORDER),
    ),
    "complaint.opened": (_complaint("opened", to.the_assignee),),
    "complaint.assigned": (_complaint("assigned", to.the_assignee),),
    "complaint.answered": (_complaint("answered", to.the_buyer),),
    "complaint.replied": (_complaint("replied", to.the_assignee),),
    "complaint.escalated": (
        _complaint("escalated", to.the_assignee),
        _complaint("escalated_by_silence", to.the_buyer, _by_silence),
    ),
    "complaint.overdue": (_complaint("overdue", to.leaders),),
    "complaint.resolved": (
        _complaint("resolved", to.the_buyer, _by_decision),
        _complaint("resolved_finally", to.the_buyer, _by_last_decision),
        _complaint("agreed", to.the_assignee, _by_consent),
    ),
    "complaint.withdrawn": (_complaint("withdrawn", to.the_assignee),),
    "complaint.appealed": (_complaint("appealed", to.the_assignee),),
    # What a deal's invoice goes through is told of the invoice.
    "invoice.sent": _invoice("sent", to.other_side),
    "invoice.payment_recorded": _invoice("payment_recorded", to.other_side, _not_paid),
    "invoice.paid": _invoice("paid", to.every_side),
    "invoice.voided": _invoice("voided", to.other_side, _was_sent),
    "invoice.credited": _invoice("credited", to.other_side),
    "link.requested": (_link("requested", to.the_supplier, _decided_by_hand),),
    "link.accepted": (
        _link("accepted", to.the_consumer, _decided_by_hand),
        _link("joined", to.the_supplier, _at_once),
    ),
    "link.denied": (_link("denied", to.the_consumer),),
    "link.blocked": (_link("blocked", to.the_consumer),),
    "link.unblocked": (_link("unblocked", to.the_consumer),),
    "link.terms_changed": (_link("terms_changed", to.the_consumer),),
    "link.expired": (_link("expired", to.the_consumer),),
    "link.withdrawn": (_link("withdrawn", to.the_supplier),),
    "link.left": (_link("left", to.the_supplier),),
    "product.published": _product("published"),
    "product_import.finished": _import("product_import.finished", _IMPORT),
    "product_import.failed": _import("product_import.failed", _IMPORT),
    "price_import.finished": _import("price_import.finished", _PRICE_LIST),
    "price_import.failed": _import("price_import.failed", _PRICE_LIST),
    "product.rejected": _product("rejected"),
    "change_request.approved": _change("approved"),
    "change_request.rejected": _change("rejected"),
    "review.published": (
        Rule(
            "review.published", Group.PRODUCTS, to.the_seller, _CHANGED_PRODUCT, _for_the_first_time
        ),
    ),
    "review.rejected": (Rule("review.rejected", Group.PRODUCTS, to.the_buyer, _GOODS),),
    "review.replied": (Rule("review.replied", Group.PRODUCTS, to.the_buyer, _GOODS),),
    # A wish is told to whoever made it.
    "wish.price_dropped": (Rule("wish.price_dropped", Group.PRODUCTS, to.the_wisher, _WISHLIST),),
    "wish.back_in_stock": (Rule("wish.back_in_stock", Group.PRODUCTS, to.the_wisher, _WISHLIST),),
    "message.posted": (
        Rule(
            "message.posted",
            Group.MESSAGES,
            to.participants,
            _SUBJECT,
            collapses="thread:{thread_id}",
        ),
    ),
    "member.joined": (Rule("member.joined", Group.TEAM, to.leaders, _TEAM),),
    "member.invited": (Rule("member.invited", Group.TEAM, to.leaders, _TEAM),),
    "member.role_changed": (Rule("member.role_changed", Group.TEAM, to.the_member, _TEAM),),
    "notification.requested": (
        Rule("system.test", Group.SYSTEM, to.the_member, "/app/notifications", tells_actor=True),
    ),
}
"""Rules by type of event."""


def kinds() -> dict[str, Group]:
    """Every kind of notification and its group."""
    found = {}
    for rules in RULES.values():
        for rule in rules:
            found[rule.kind] = rule.group
            if rule.hides_vendor:
                found[rule.kind + SEALED] = rule.group
    return found
