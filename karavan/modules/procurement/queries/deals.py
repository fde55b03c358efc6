"""Every read of deals. Row-level security leaves a reader the deals of which their organisation is a side."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.money import MoneyBody
from karavan.kit.pagination import Page, PageParameters, Sorting, count_rows
from karavan.modules.conversations.public import thread_and_unread
from karavan.modules.invoicing.public import invoice_summary
from karavan.modules.procurement.actions.deals.rows import terms_of, visible_deal
from karavan.modules.procurement.actions.deals.terms import hash_of_terms, terms_totals
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal, DealSignature, DealTerms
from karavan.modules.procurement.schemas.deals import (
    DealContract,
    DealListItem,
    DealParty,
    DealView,
    SignatureView,
    TermsBody,
    TermsLineView,
    TermsSummary,
    TermsTaxGroup,
    TermsView,
    ThreadSummary,
)
from karavan.modules.procurement.states import DealState

DEAL_SORTS = Sorting(
    "DealSort",
    {
        "created_at": Deal.created_at,
        "updated_at": Deal.updated_at,
        "number": Deal.number,
        "total": Deal.total_amount,
        "state": Deal.state,
    },
    default="-created_at",
)
Side = Literal["buyer", "vendor"]


async def list_deals(
    session: AsyncSession,
    actor: Actor,
    paging: PageParameters,
    sort: Sequence[str],
    *,
    side: Side | None = None,
    states: Sequence[DealState] = (),
    text: str | None = None,
    request_id: UUID | None = None,
) -> Page[DealListItem]:
    """A page of the organisation's deals on one side or on both."""
    buys = Deal.organisation_id == actor.organisation_id
    sells = Deal.vendor_organisation_id == actor.organisation_id
    statement = select(Deal).where({"buyer": buys, "vendor": sells, None: or_(buys, sells)}[side])
    if states:
        statement = statement.where(Deal.state.in_(states))
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        columns = (
            Deal.number,
            Deal.title,
            Deal.organisation_name,
            Deal.vendor_organisation_name,
            Deal.request_number,
        )
        statement = statement.where(or_(*(column.ilike(f"%{escaped}%") for column in columns)))
    if request_id is not None:
        statement = statement.where(Deal.request_id == request_id)
    total = await count_rows(session, statement)
    rows = await session.execute(
        statement.order_by(*DEAL_SORTS.clauses(sort, Deal.id))
        .offset(paging.offset)
        .limit(paging.size)
    )
    now = await database_now(session)
    return paging.answer(
        [DealListItem(**_item_values(deal, actor, now)) for deal in rows.scalars()], total
    )


def _item_values(deal: Deal, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "id": deal.id,
        "number": deal.number,
        "state": deal.state,
        "version": deal.version,
        "title": deal.title,
        "side": "buyer" if deal.organisation_id == actor.organisation_id else "vendor",
        "buyer": DealParty(organisation_id=deal.organisation_id, name=deal.organisation_name),
        "vendor": DealParty(
            organisation_id=deal.vendor_organisation_id, name=deal.vendor_organisation_name
        ),
        "request_id": deal.request_id,
        "request_number": deal.request_number,
        "net": MoneyBody.of(deal.net_amount, deal.currency),
        "tax": MoneyBody.of(deal.tax_amount, deal.currency),
        "total": MoneyBody.of(deal.total_amount, deal.currency),
        "terms_number": deal.terms_number,
        "signed_by": deal.signed_by,
        "cancel_asked_by": deal.cancel_asked_by,
        "invoice_id": deal.invoice_id,
        "created_at": deal.created_at,
        "updated_at": deal.updated_at,
        "actions": DEAL.actions(deal, actor, now),
    }


async def read_deal(session: AsyncSession, actor: Actor, deal_id: UUID) -> DealView:
    """A deal with everything that belongs to it.

    Raises:
        NotFoundError: the actor's organisation is no side of such a deal.
    """
    return await details(session, actor, await visible_deal(session, deal_id))


async def details(session: AsyncSession, actor: Actor, deal: Deal) -> DealView:
    """The full view of a deal that the transaction has read or moved."""
    await session.flush()
    await session.refresh(deal, ["updated_at"])
    versions = (
        await session.scalars(
            select(DealTerms).where(DealTerms.deal_id == deal.id).order_by(DealTerms.number)
        )
    ).all()
    signatures = await session.scalars(
        select(DealSignature)
        .where(DealSignature.deal_id == deal.id)
        .order_by(DealSignature.created_at, DealSignature.id)
    )
    present = next(terms for terms in versions if terms.number == deal.terms_number)
    thread = await thread_and_unread(session, actor, "deal", deal.id)
    assert thread is not None
    return DealView(
        **_item_values(deal, actor, await database_now(session)),
        quote_id=deal.quote_id,
        quote_number=deal.quote_number,
        terms=terms_view(present, deal.currency),
        terms_versions=[
            TermsSummary(**_summary_values(terms, deal.currency)) for terms in versions
        ],
        signatures=[
            SignatureView(
                side=row.side,
                terms_number=row.terms_number,
                signed_by_name=row.signed_by_name,
                signed_by_role=row.signed_by_role,
                content_sha256=row.content_sha256,
                signed_at=row.created_at,
            )
            for row in signatures
        ],
        contract=DealContract(
            url=f"/api/v1/deals/{deal.id}/contract.pdf",
            signed=deal.contract_sha256 is not None,
            sha256=deal.contract_sha256,
        ),
        invoice=await invoice_summary(session, deal.invoice_id) if deal.invoice_id else None,
        thread=ThreadSummary(
            id=thread.id, last_sequence=thread.last_sequence, unread=thread.unread
        ),
        signed_at=deal.signed_at,
        paid_at=deal.paid_at,
        archived_at=deal.archived_at,
    )


async def read_terms(session: AsyncSession, deal_id: UUID, number: int) -> TermsView:
    """One version of the terms in full.

    Raises:
        NotFoundError: no such deal of the reader's, or no such version.
    """
    deal = await visible_deal(session, deal_id)
    return terms_view(await terms_of(session, deal_id, number), deal.currency)


def _summary_values(terms: DealTerms, currency: str) -> dict[str, Any]:
    return {
        "number": terms.number,
        "net": MoneyBody.of(terms.net_amount, currency),
        "tax": MoneyBody.of(terms.tax_amount, currency),
        "total": MoneyBody.of(terms.total_amount, currency),
        "note": terms.note,
        "proposed_by_name": terms.proposed_by_name,
        "proposed_by_side": terms.proposed_by_side,
        "content_sha256": hash_of_terms(terms),
        "created_at": terms.created_at,
    }


def terms_view(terms: DealTerms, currency: str) -> TermsView:
    """A version of the terms with what its lines and taxes come to."""
    body = TermsBody.model_validate(terms.body)
    totals = terms_totals(body, currency)
    clauses = {name: getattr(body, name) for name in TermsBody.model_fields if name != "lines"}
    return TermsView(
        **_summary_values(terms, currency),
        **clauses,
        lines=[
            TermsLineView(**dict(line), net=MoneyBody.of(net.amount, currency))
            for line, net in zip(body.lines, totals.line_nets, strict=True)
        ],
        tax_groups=[
            TermsTaxGroup(
                rate=group.treatment.rate_percent,
                taxable=MoneyBody.of(group.taxable.amount, currency),
                tax=MoneyBody.of(group.tax.amount, currency),
            )
            for group in totals.tax_groups
        ],
    )
