"""A complaint is opened."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.ids import new_id
from karavan.kit.money import Money
from karavan.kit.numbering import next_number
from karavan.modules.conversations.public import Participant, open_thread
from karavan.modules.media.public import attach
from karavan.modules.support.actions.clock import ANSWER_MINUTES, start_clock
from karavan.modules.support.actions.people import people_for
from karavan.modules.support.actions.rows import facts, new_move
from karavan.modules.support.errors import AlreadyOpenError
from karavan.modules.support.lifecycle import BUYER, COMPLAINT
from karavan.modules.support.models import Complaint, Evidence
from karavan.modules.support.states import RUNNING, ComplaintKind, Wanted

SERIES = "CMP"


class NewComplaint(Struct, frozen=True, kw_only=True):
    """What is complained about, as its order tells.

    Attributes:
        cost: of the line or the whole order, without tax.
        order_amount: of the whole order in minor units, without tax.
        representative_id: who deals with the buyer, by the link's terms.
        line: its id, SKU and name; nothing for the whole order.
    """

    order_id: UUID
    order_number: str
    seller_id: UUID
    seller_name: str
    buyer_name: str
    cost: Money
    order_amount: int
    representative_id: UUID | None
    line: tuple[UUID, str, str] | None
    kind: ComplaintKind
    wanted: Wanted
    text: str
    attachment_ids: Sequence[UUID]


async def open_complaint(session: AsyncSession, actor: Actor, new: NewComplaint) -> Complaint:
    """Open a complaint with its thread and first evidence. Whoever calls holds the order's row, and has checked that the
    actor's organisation is its buyer.

    Raises:
        AlreadyOpenError: there is one about the same thing.
        ValidationError: a file is not the actor's.
    """
    await _refuse_second(session, new)
    attachments = await attach(session, actor, new.attachment_ids)
    now = await database_now(session)
    complaint = _complaint(actor, new)
    await start_clock(session, actor, complaint, now, ANSWER_MINUTES)
    # Numbers are the supplier's, and so are the people who will answer.
    async with as_system(session):
        answers, decides = await people_for(session, new.seller_id, new.representative_id)
        complaint.assignee_user_id, complaint.assignee_name = answers or (None, None)
        complaint.manager_user_id, complaint.manager_name = decides or (None, None)
        complaint.number = await next_number(session, new.seller_id, series=SERIES, year=now.year)
        session.add(complaint)
    session.add(new_move(complaint, "open", actor, text=new.text))
    if attachments:
        session.add(
            Evidence(
                complaint_id=complaint.id,
                organisation_id=complaint.organisation_id,
                buyer_organisation_id=complaint.buyer_organisation_id,
                side=BUYER,
                author_user_id=actor.user_id,
                author_name=actor.display_name,
                attachments=[dict(one) for one in attachments],
            )
        )
    await open_thread(
        session,
        subject_type=COMPLAINT.name,
        subject_id=complaint.id,
        title=f"{complaint.number} · {complaint.order_number}",
        participants=[
            Participant(complaint.buyer_organisation_id, complaint.buyer_organisation_name),
            Participant(complaint.organisation_id, complaint.organisation_name),
        ],
    )
    record_audit(
        session,
        actor,
        "complaint.open",
        target_type=COMPLAINT.name,
        target_id=complaint.id,
        target_label=complaint.number,
        after={"state": complaint.state, "order": complaint.order_number, "kind": complaint.kind},
    )
    COMPLAINT.record(session, complaint, "opened", actor, data=facts(complaint))
    return complaint


def _complaint(actor: Actor, new: NewComplaint) -> Complaint:
    line_id, sku, name = new.line or (None, None, None)
    return Complaint(
        id=new_id(),
        version=1,
        state=COMPLAINT.initial,
        kind=new.kind,
        wanted=new.wanted,
        organisation_id=new.seller_id,
        organisation_name=new.seller_name,
        buyer_organisation_id=actor.organisation_id,
        buyer_organisation_name=new.buyer_name,
        order_id=new.order_id,
        order_number=new.order_number,
        line_id=line_id,
        line_sku=sku,
        line_name=name,
        currency=new.cost.currency,
        cost_amount=new.cost.amount,
        order_amount=new.order_amount,
        text=new.text,
        opened_by=actor.user_id,
        opened_by_name=actor.display_name,
        credited_amount=0,
    )


async def _refuse_second(session: AsyncSession, new: NewComplaint) -> None:
    same = Complaint.line_id.is_(None) if new.line is None else Complaint.line_id == new.line[0]
    running = await session.scalar(
        select(Complaint).where(
            Complaint.order_id == new.order_id, same, Complaint.state.in_(RUNNING)
        )
    )
    if running is not None:
        raise AlreadyOpenError(complaint_id=str(running.id), number=running.number)
