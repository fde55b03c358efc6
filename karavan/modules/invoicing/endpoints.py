"""Routes of invoicing."""

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Line
from karavan.kit.tabular import BYTE_ORDER_MARK, csv_text
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.invoicing import queries
from karavan.modules.invoicing.actions.create import create_draft, edit_draft
from karavan.modules.invoicing.actions.credit import credit
from karavan.modules.invoicing.actions.pay import record_payment
from karavan.modules.invoicing.actions.rows import find_invoice
from karavan.modules.invoicing.actions.send import send
from karavan.modules.invoicing.actions.void import void
from karavan.modules.invoicing.documents import exchangeable_xml, view_for_exchange, view_on_paper
from karavan.modules.invoicing.lifecycle import INVOICE
from karavan.modules.invoicing.permissions import INVOICE_READ, INVOICE_WRITE, PAYMENT_RECORD
from karavan.modules.invoicing.queries import INVOICE_SORTS, InvoiceFilter
from karavan.modules.invoicing.rendering import render_invoice
from karavan.modules.invoicing.schemas import (
    CreateInvoiceBody,
    CreditNoteBody,
    Day,
    EditInvoiceBody,
    InvoiceDetails,
    InvoiceListItem,
    PaymentView,
    RecordPaymentBody,
)
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState

router = make_router("/invoices", "invoices")


async def _filter(
    side: Annotated[
        Literal["issued", "received"] | None, Query(description="Both by default.")
    ] = None,
    kind: InvoiceKind | None = None,
    state: Annotated[list[InvoiceState] | None, Query()] = None,
    overdue: Annotated[bool | None, Query()] = None,
    q: Annotated[
        Line | None, Query(description="In the number, the subject or a party's name.")
    ] = None,
    issued_from: Day | None = None,
    issued_to: Day | None = None,
    subject_id: UUID | None = None,
) -> InvoiceFilter:
    return InvoiceFilter(
        side=side,
        kind=kind,
        states=state or (),
        overdue=overdue,
        text=q,
        issued_from=issued_from,
        issued_to=issued_to,
        subject_id=subject_id,
    )


Filter = Annotated[InvoiceFilter, Depends(_filter)]
Sort = Annotated[list[str], INVOICE_SORTS.parameter()]


@router.get("")
async def list_invoices(
    session: Tx,
    actor: Annotated[Actor, requires(INVOICE_READ)],
    paging: Paging,
    wanted: Filter,
    sort: Sort,
) -> Page[InvoiceListItem]:
    """Invoices and credit notes that the organisation has issued or received."""
    return await queries.list_invoices(session, actor, paging, wanted, sort)


@router.post("", status_code=201)
async def create(
    body: CreateInvoiceBody, session: Tx, actor: Annotated[Actor, requires(INVOICE_WRITE)]
) -> InvoiceDetails:
    """Write a draft to a company. It has no number until it is sent."""
    return await queries.details(session, actor, await create_draft(session, actor, body))


@router.get(".csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(
    session: Tx, actor: Annotated[Actor, requires(INVOICE_READ)], wanted: Filter, sort: Sort
) -> Response:
    """The same list as a spreadsheet, at most 10,000 rows. Amounts are in major units."""
    header = (
        "number kind state side seller buyer subject issue_date due_date overdue currency"
        " net tax total paid credited due"
    ).split()
    rows: list[list[object]] = [list(header)]
    for item in await queries.export_rows(session, actor, wanted, sort):
        amounts = (item.net, item.tax, item.total, item.paid, item.credited, item.due)
        rows.append(
            [
                item.number,
                item.kind,
                item.state,
                item.side,
                item.seller.name,
                item.buyer.name,
                item.subject_label,
                item.issue_date,
                item.due_date,
                "yes" if item.overdue else "no",
                item.total.currency,
                *(amount.money().to_decimal() for amount in amounts),
            ]
        )
    return _file(
        (BYTE_ORDER_MARK + csv_text(rows)).encode(), "text/csv; charset=utf-8", "invoices.csv"
    )


@router.get(
    "/{invoice_id}.pdf",
    dependencies=[requires(INVOICE_READ)],
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_pdf(invoice_id: UUID, session: Tx) -> Response:
    """The document on paper; a draft and a void one are marked as such."""
    invoice = await find_invoice(session, invoice_id)
    view = await view_on_paper(session, invoice)
    content = await asyncio.to_thread(render_invoice, view)
    return _file(content, "application/pdf", f"{invoice.number or 'draft'}.pdf")


@router.get(
    "/{invoice_id}.xml",
    dependencies=[requires(INVOICE_READ)],
    response_class=Response,
    responses={200: {"content": {"application/xml": {}}}},
)
async def read_xml(invoice_id: UUID, session: Tx) -> Response:
    """The document as UBL 2.1 by Peppol BIS Billing 3.0.

    409 `invoicing.incomplete_for_exchange` lists what a receiver would refuse, and where to enter what is missing.
    """
    invoice = await find_invoice(session, invoice_id)
    content = exchangeable_xml(invoice, await view_for_exchange(session, invoice))
    return _file(content, "application/xml", f"{invoice.number or 'draft'}.xml")


@router.get("/{invoice_id}")
async def read(
    invoice_id: UUID, session: Tx, actor: Annotated[Actor, requires(INVOICE_READ)]
) -> InvoiceDetails:
    """An invoice or a credit note with its lines, payments and corrections."""
    return await queries.read_invoice(session, actor, invoice_id)


@router.patch("/{invoice_id}")
async def edit(
    invoice_id: UUID,
    body: Annotated[EditInvoiceBody, versioned(EditInvoiceBody)],
    session: Tx,
    actor: Annotated[Actor, requires(INVOICE_WRITE)],
) -> InvoiceDetails:
    """Change a draft. A document that was sent is never edited."""
    return await queries.details(session, actor, await edit_draft(session, actor, invoice_id, body))


@router.post("/{invoice_id}/payments", status_code=201)
async def pay(
    invoice_id: UUID,
    body: RecordPaymentBody,
    session: Tx,
    actor: Annotated[Actor, requires(PAYMENT_RECORD)],
) -> PaymentView:
    """Record money that has reached the seller. Parts add up; more than is due is refused."""
    return queries.payment_view(await record_payment(session, actor, invoice_id, body))


@router.post("/{invoice_id}/credit-notes", status_code=201)
async def correct(
    invoice_id: UUID,
    body: CreditNoteBody,
    session: Tx,
    actor: Annotated[Actor, requires(INVOICE_WRITE)],
) -> InvoiceDetails:
    """Send a credit note for the whole invoice or for some of its lines."""
    return await queries.details(session, actor, await credit(session, actor, invoice_id, body))


add_transition_routes(
    router,
    INVOICE,
    {"send": Command(send), "void": Command(void)},
    view=queries.details,
    response_model=InvoiceDetails,
)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"content-disposition": f'inline; filename="{name}"'},
    )
