"""Reading a vendor's offer against the request, and writing it as an immutable version."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import write
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.rows import built
from karavan.modules.media.public import attach
from karavan.modules.procurement.models import (
    Quote,
    QuoteLine,
    QuoteVersion,
)
from karavan.modules.procurement.queries.asked import AskedLine, AskedRequest
from karavan.modules.procurement.schemas.quotes import OfferBody, QuoteLineBody
from karavan.modules.procurement.states import LineKind
from karavan.modules.procurement.totals import OfferedLine, offer_totals


class ReadLine(Struct, frozen=True):
    """An answer together with the line that it answers."""

    asked: AskedLine
    answer: QuoteLineBody

    @property
    def available(self) -> bool:
        """Whether it is offered in some form."""
        return self.answer.kind != LineKind.NOT_AVAILABLE

    @property
    def quantity(self) -> Decimal:
        """The quantity offered, which is what was asked for unless said otherwise."""
        return self.answer.quantity or self.asked.quantity

    @property
    def price(self) -> int:
        """Minor units for one; 0 for a line that is not available."""
        price = self.answer.unit_price
        return price.amount if price is not None and self.available else 0

    @property
    def offered(self) -> OfferedLine:
        """What the arithmetic needs."""
        return OfferedLine(self.quantity, self.price, self.answer.tax_rate)


def read_offer(request: AskedRequest, offer: OfferBody, now: datetime) -> list[ReadLine]:
    """The answers in the order of the request's lines.

    Raises:
        ValidationError: with the pointer of everything that is wrong: a line unanswered, answered twice or unknown, a price
            missing or in another currency, an alternative without a name, nothing offered at all, or a validity that
            ends before the buyer can choose.
    """
    errors = [*_validity(request, offer, now), *_delivery(offer)]
    by_id = {line.id: line for line in request.lines}
    answers: dict[UUID, ReadLine] = {}
    for index, answer in enumerate(offer.lines):
        pointer = f"#/lines/{index}"
        line = by_id.get(answer.request_line_id)
        if line is None:
            errors.append(
                _error(
                    f"{pointer}/request_line_id", "unknown_line", "The request has no such line."
                )
            )
        elif line.id in answers:
            errors.append(
                _error(
                    f"{pointer}/request_line_id", "repeated_line", "This line is answered twice."
                )
            )
        else:
            answers[line.id] = ReadLine(line, answer)
            errors.extend(_line(pointer, answer, offer.currency))
    errors.extend(
        _error(
            "#/lines",
            "unanswered_line",
            f"“{line.name}” is not answered: price it or mark it not available.",
        )
        for line in request.lines
        if line.id not in answers
    )
    if not errors and not any(read.available for read in answers.values()):
        errors.append(_error("#/lines", "nothing_offered", "A quote offers at least one line."))
    if errors:
        raise ValidationError(errors=errors)
    return [answers[line.id] for line in request.lines]


def _error(pointer: str, code: str, detail: str) -> FieldError:
    return FieldError(pointer=pointer, code=code, detail=detail)


def _validity(request: AskedRequest, offer: OfferBody, now: datetime) -> list[FieldError]:
    earliest = max(now, request.quotes_due_at or now)
    if offer.valid_until > earliest:
        return []
    detail = "The quote must stay valid beyond the deadline, or the buyer could never accept it."
    return [_error("#/valid_until", "too_early", detail)]


def _delivery(offer: OfferBody) -> list[FieldError]:
    if offer.delivery is None or offer.delivery.currency == offer.currency:
        return []
    return [_error("#/delivery/currency", "currency", f"The quote is in {offer.currency}.")]


def _line(pointer: str, answer: QuoteLineBody, currency: str) -> list[FieldError]:
    errors = []
    if answer.kind == LineKind.NOT_AVAILABLE:
        if answer.unit_price is not None and answer.unit_price.amount:
            errors.append(
                _error(
                    f"{pointer}/unit_price",
                    "not_available",
                    "A line that is not available has no price.",
                )
            )
        return errors
    if answer.unit_price is None:
        errors.append(
            _error(
                f"{pointer}/unit_price",
                "required",
                "Enter a price, or mark the line not available.",
            )
        )
    elif answer.unit_price.currency != currency:
        errors.append(
            _error(f"{pointer}/unit_price/currency", "currency", f"The quote is in {currency}.")
        )
    if answer.kind == LineKind.ALTERNATIVE and not answer.name:
        errors.append(_error(f"{pointer}/name", "required", "Name what is offered instead."))
    return errors


async def write_version(
    session: AsyncSession,
    actor: Actor,
    quote: Quote,
    offer: OfferBody,
    answers: Sequence[ReadLine],
    *,
    first: bool = False,
) -> tuple[QuoteVersion, list[QuoteLine]]:
    """Write the offer as the quote's next version and make it the present one.

    Args:
        first: the quote is new and is written with it.

    Raises:
        ValidationError: a total that cannot be stored, or a file that is not the vendor's.
    """
    delivery = offer.delivery.amount if offer.delivery else 0
    available = [read for read in answers if read.available]
    totals = offer_totals(
        (read.offered for read in available), offer.currency, delivery_amount=delivery
    )
    nets = dict(zip((read.asked.id for read in available), totals.line_nets, strict=False))
    version = built(
        QuoteVersion,
        id=new_id(),
        quote_id=quote.id,
        request_id=quote.request_id,
        organisation_id=quote.organisation_id,
        buyer_organisation_id=quote.buyer_organisation_id,
        number=quote.current_version,
        currency=offer.currency,
        valid_until=offer.valid_until,
        lead_time_days=offer.lead_time_days,
        payment_days=offer.payment_days,
        payment_terms=offer.payment_terms,
        delivery_terms=offer.delivery_terms,
        delivery_amount=delivery,
        note=offer.note,
        attachments=await attach(session, actor, offer.attachment_ids),
        net_amount=totals.tax_exclusive.amount,
        tax_amount=totals.tax.amount,
        total_amount=totals.tax_inclusive.amount,
        submitted_by=actor.user_id,
        submitted_by_name=actor.display_name,
    )
    lines = [
        built(
            QuoteLine,
            version_id=version.id,
            request_line_id=read.asked.id,
            request_id=quote.request_id,
            organisation_id=quote.organisation_id,
            buyer_organisation_id=quote.buyer_organisation_id,
            position=position,
            kind=read.answer.kind,
            name=read.answer.name or read.asked.name,
            quantity=read.quantity,
            unit=read.answer.unit or read.asked.unit,
            unit_price_amount=read.price,
            tax_rate=read.answer.tax_rate if read.available else Decimal(0),
            lead_time_days=read.answer.lead_time_days,
            comment=read.answer.comment,
            net_amount=nets[read.asked.id].amount if read.available else 0,
        )
        for position, read in enumerate(answers, start=1)
    ]
    quote.valid_until = offer.valid_until
    await write(session, *((quote,) if first else ()), version, *lines)
    return version, lines
