"""Export of procurement as OCDS 1.1: row-level security leaves out what the reader may not know."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import NotFoundError
from karavan.modules.invoicing.public import invoice_summary
from karavan.modules.organisations.public import organisation_cards
from karavan.modules.procurement.models import Deal, DealTerms, Quote, Request, RequestRevision
from karavan.modules.procurement.ocds import sections
from karavan.modules.procurement.ocds.organisations import Parties
from karavan.modules.procurement.ocds.reading import canonical, parse
from karavan.modules.procurement.ocds.reports import process_of
from karavan.modules.procurement.ocds.tidying import tidy
from karavan.modules.procurement.ocds.vocabulary import OCDS_VERSION
from karavan.modules.procurement.queries.offers import present_versions
from karavan.modules.procurement.queries.rows import live_lines, visible_request
from karavan.modules.procurement.states import QuoteState
from karavan.settings import Settings

BID_EXTENSION = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/"
    "v1.1.5/extension.json"
)


async def export_request(
    session: AsyncSession, actor: Actor, settings: Settings, request_id: UUID
) -> dict[str, Any]:
    """A release package about one request.

    Raises:
        NotFoundError: there is none that the actor may read.
    """
    request = await visible_request(session, request_id)
    release, extensions = await _release(session, actor, settings, request)
    path = f"/api/v1/requests/{request.id}/ocds"
    return await _package(session, actor, settings, path, [release], extensions)


async def export_organisation(
    session: AsyncSession,
    actor: Actor,
    settings: Settings,
    *,
    page: int,
    size: int,
    updated_from: datetime | None,
) -> dict[str, Any]:
    """A release package about the organisation's own requests, the latest changed first.

    Raises:
        NotFoundError: the page is empty; a package has at least one release.
    """
    statement = select(Request).where(Request.organisation_id == actor.organisation_id)
    if updated_from is not None:
        statement = statement.where(Request.updated_at >= updated_from)
    found = await session.scalars(
        statement.order_by(Request.updated_at.desc(), Request.id)
        .offset((page - 1) * size)
        .limit(size)
    )
    releases: list[dict[str, Any]] = []
    extensions: dict[str, None] = {}
    for request in list(found):
        release, needed = await _release(session, actor, settings, request)
        releases.append(release)
        extensions.update(dict.fromkeys(needed))
    if not releases:
        raise NotFoundError("There are no requests on this page.")
    path = f"/api/v1/ocds/releases?page={page}&size={size}"
    return await _package(session, actor, settings, path, releases, list(extensions))


async def _package(
    session: AsyncSession,
    actor: Actor,
    settings: Settings,
    path: str,
    releases: list[dict[str, Any]],
    extensions: list[str],
) -> dict[str, Any]:
    package = {
        "uri": f"{settings.base_url}{path}",
        "version": OCDS_VERSION,
        "publishedDate": sections.moment(await database_now(session)),
        "publisher": {"name": actor.organisation_name or "Karavan", "uri": settings.base_url},
        "releases": releases,
    }
    return {**package, "extensions": extensions} if extensions else package


async def _release(
    session: AsyncSession, actor: Actor, settings: Settings, request: Request
) -> tuple[dict[str, Any], list[str]]:
    """A release, and the extensions that it uses."""
    process = await process_of(session, actor.organisation_id, request.id)
    if process is not None and request.published_at is None:
        # Nothing has happened here: what is known is what was imported.
        compiled = {**parse(process.compiled), "id": "-", "initiationType": "tender"}
        compiled["tag"] = _tags(compiled)
        return _with_id(tidy(compiled)), process.extensions
    release = await _own_release(session, actor, settings, request)
    return release, [BID_EXTENSION] if "bids" in release else []


async def _own_release(
    session: AsyncSession, actor: Actor, settings: Settings, request: Request
) -> dict[str, Any]:
    quotes = await _quotes(session, actor, request)
    deals = await _deals(session, request)
    concerned = {request.organisation_id}
    concerned |= {quote.organisation_id for quote in quotes}
    concerned |= {deal.vendor_organisation_id for deal in deals}
    parties = Parties(await organisation_cards(session, concerned))
    buyer = parties.refer(request.organisation_id, request.organisation_name, "buyer")
    versions = await present_versions(session, quotes)
    bids = [sections.bid(quote, versions.get(quote.id), parties) for quote in quotes]
    live = [quote for quote in quotes if quote.state != QuoteState.WITHDRAWN]
    tenderers = {
        quote.organisation_id: parties.refer(
            quote.organisation_id, quote.organisation_name, "tenderer"
        )
        for quote in live
    }
    revisions = await session.scalars(
        select(RequestRevision)
        .where(RequestRevision.request_id == request.id)
        .order_by(RequestRevision.revision)
    )
    # A vendor sees only its own quote, which says nothing of how many there are.
    own = request.organisation_id == actor.organisation_id
    tender = sections.tender_section(
        request,
        await live_lines(session, request.id),
        list(revisions),
        parties,
        list(tenderers.values()) if own else None,
    )
    release: dict[str, Any] = {
        "ocid": request.ocid or f"{settings.ocds_prefix}-{request.id}",
        "id": "",
        "date": sections.moment(_changed_at(request, quotes, deals)),
        "tag": [],
        "initiationType": "tender",
        "buyer": buyer,
        "tender": tender,
        "bids": {"details": bids} if bids else None,
    }
    if request.budget_amount is not None:
        value = sections.value_of(request.budget_amount, request.currency)
        release["planning"] = {"budget": {"amount": value}}
    release["awards"], release["contracts"] = await _outcome(session, deals, parties)
    release["parties"] = parties.as_list()
    release = sections.without_nothing(release)
    release["tag"] = _tags(release)
    return _with_id(release)


async def _quotes(session: AsyncSession, actor: Actor, request: Request) -> list[Quote]:
    """Quotes that the reader may know of: while a request is sealed, its buyer knows of none."""
    now = await database_now(session)
    sealed = request.sealed and request.quotes_due_at is not None and request.quotes_due_at > now
    statement = select(Quote).where(Quote.request_id == request.id)
    if sealed:
        statement = statement.where(Quote.organisation_id == actor.organisation_id)
    return list(await session.scalars(statement.order_by(Quote.created_at, Quote.id)))


async def _deals(session: AsyncSession, request: Request) -> list[Deal]:
    found = await session.scalars(
        select(Deal).where(Deal.request_id == request.id).order_by(Deal.number)
    )
    return list(found)


async def _outcome(
    session: AsyncSession, deals: Sequence[Deal], parties: Parties
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Awards and contracts."""
    numbers = {deal.id: deal.terms_number for deal in deals}
    found = await session.scalars(select(DealTerms).where(DealTerms.deal_id.in_(numbers)))
    terms = {one.deal_id: one for one in found if one.number == numbers[one.deal_id]}
    awards = [sections.award(deal, terms[deal.id], parties) for deal in deals]
    contracts = []
    for deal in deals:
        if deal.signed_at is None:
            continue
        invoice = await invoice_summary(session, deal.invoice_id) if deal.invoice_id else None
        contracts.append(sections.contract(deal, terms[deal.id], invoice, parties))
    return awards, contracts


def _changed_at(request: Request, quotes: Sequence[Quote], deals: Sequence[Deal]) -> datetime:
    changes = [request.updated_at, *(quote.updated_at for quote in quotes)]
    return max([*changes, *(deal.updated_at for deal in deals)])


def _tags(release: dict[str, Any]) -> list[str]:
    """What the release tells of. A draft is planning: nobody has been asked yet."""
    tags = []
    status = (release.get("tender") or {}).get("status")
    if status in {"planning", "planned", None}:
        tags.append("planning")
    elif status in {"cancelled", "withdrawn"}:
        tags.append("tenderCancellation")
    else:
        tags.append("tender")
    if release.get("awards"):
        tags.append("award")
    if release.get("contracts"):
        tags.append("contract")
    if any((one.get("implementation") or {}) for one in release.get("contracts") or []):
        tags.append("implementation")
    return tags


def _with_id(release: dict[str, Any]) -> dict[str, Any]:
    """The release under an identifier made of its content: what says the same is the same release."""
    content = {name: value for name, value in release.items() if name != "id"}
    digest = hashlib.sha256(canonical(content)).hexdigest()[:16]
    ocid = str(release["ocid"]).replace("#", "-")
    return {**release, "id": f"{ocid}-{digest}"}
