"""Either side proposes other terms."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.errors import FieldError, ValidationError, invalid
from karavan.kit.units import UNITS, UNKNOWN_UNIT
from karavan.modules.procurement.actions.approvals.void import void_terms
from karavan.modules.procurement.actions.deals.rows import announce, locked_deal, terms_of
from karavan.modules.procurement.actions.deals.terms import AWARDED, add_terms
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal, DealTerms
from karavan.modules.procurement.schemas.deals import ProposeTermsBody, TermsBody


async def propose_terms(
    session: AsyncSession, actor: Actor, deal_id: UUID, body: ProposeTermsBody
) -> Deal:
    """Propose a new version of the terms. It replaces the present one, and the signatures under that no longer count:
    both sides sign the same version or none.

    Raises:
        ValidationError: the terms would have lapsed already, or name an unknown unit, or a requested line that the
            deal was not awarded.
    """
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "propose-terms", actor, now, body)
    if body.terms.valid_until is not None and body.terms.valid_until < now.date():
        raise invalid("#/terms/valid_until", "past", "The terms would have lapsed already.")
    awarded = await terms_of(session, deal.id, AWARDED)
    _refuse_strange_lines(body.terms, awarded)
    _refuse_strange_units(body.terms, awarded)
    before = {"terms_number": deal.terms_number, "total_amount": deal.total_amount}
    terms = await add_terms(
        session,
        deal,
        body.terms,
        actor,
        number=deal.terms_number + 1,
        side=move.situation.party,
        note=body.note,
    )
    # The approvals are the buyer's alone, and the vendor may be the one who proposes.
    async with as_system(session):
        await void_terms(session, deal)
    DEAL.apply(
        session,
        move,
        before=before,
        after={"terms_number": terms.number, "total_amount": terms.total_amount},
        data={"terms_number": terms.number, "side": terms.proposed_by_side, "title": deal.title},
    )
    await announce(session, actor, deal, "terms_proposed", number=terms.number)
    return deal


def _refuse_strange_lines(proposed: TermsBody, awarded: DealTerms) -> None:
    """Keep to the requested lines that this deal was awarded, each once.

    What deals have of a line is not awarded again: a side that named another line would take it from others.
    """
    free = {line["request_line_id"] for line in awarded.body["lines"]} - {None}
    errors = []
    for index, line in enumerate(proposed.lines):
        if line.request_line_id is None:
            continue
        if str(line.request_line_id) in free:
            free.remove(str(line.request_line_id))
            continue
        errors.append(
            FieldError(
                pointer=f"#/terms/lines/{index}/request_line_id",
                code="unknown_line",
                detail="This deal was not awarded that line, or it is named twice.",
            )
        )
    if errors:
        raise ValidationError(errors=errors)


def _refuse_strange_units(proposed: TermsBody, awarded: DealTerms) -> None:
    """Take the units that the platform knows, and those that this deal was awarded in before there was a list of them."""
    taken = UNITS | {line["unit"] for line in awarded.body["lines"]}
    errors = [
        FieldError(
            pointer=f"#/terms/lines/{index}/unit",
            code="unit",
            detail=UNKNOWN_UNIT,
        )
        for index, line in enumerate(proposed.lines)
        if line.unit not in taken
    ]
    if errors:
        raise ValidationError(errors=errors)
