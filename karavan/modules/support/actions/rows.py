"""A complaint's rows. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.conversations.public import post_system_message, thread_of
from karavan.modules.support.lifecycle import COMPLAINT, SYSTEM, party_of
from karavan.modules.support.models import Complaint, ComplaintMove
from karavan.modules.support.states import ComplaintState, Outcome

_SIDES = caller_is(Complaint.organisation_id, Complaint.buyer_organisation_id)


async def locked_complaint(session: AsyncSession, complaint_id: UUID) -> Complaint:
    """A complaint of which the caller is a side, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(
        session, select(Complaint).where(Complaint.id == complaint_id, _SIDES), lock=True
    )


async def visible_complaint(session: AsyncSession, complaint_id: UUID) -> Complaint:
    """The same, unlocked.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Complaint).where(Complaint.id == complaint_id, _SIDES))


async def locked_with_siblings(
    session: AsyncSession, complaint_id: UUID
) -> tuple[Complaint, Sequence[Complaint]]:
    """A complaint, and the others about the same order, all locked in the order of their keys: what they grant together is
    limited.

    Raises:
        NotFoundError: there is none.
    """
    seen = await visible_complaint(session, complaint_id)
    found = await session.scalars(
        select(Complaint)
        .where(Complaint.order_id == seen.order_id, _SIDES)
        .order_by(Complaint.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    rows = found.all()
    (own,) = (one for one in rows if one.id == complaint_id)
    return own, [one for one in rows if one.id != complaint_id]


def granted(complaint: Complaint) -> int:
    """What a complaint has given back or promised, without tax."""
    holds = complaint.outcome is not None and complaint.state != ComplaintState.WITHDRAWN
    promised = complaint.outcome_amount or 0 if holds else 0
    return max(promised, complaint.credited_amount)


def most(complaint: Complaint, siblings: Sequence[Complaint]) -> int:
    """The largest amount that a complaint may still give back, with what it has given already, without tax."""
    of_order = sum(granted(one) for one in siblings)
    of_line = sum(granted(one) for one in siblings if one.line_id == complaint.line_id)
    return max(0, min(complaint.cost_amount - of_line, complaint.order_amount - of_order))


def facts(complaint: Complaint, **further: Any) -> dict[str, Any]:
    """What handlers of a complaint's events are told."""
    amount = complaint.outcome_amount
    return {
        "number": complaint.number,
        "order_id": str(complaint.order_id),
        "order_number": complaint.order_number,
        "line_name": complaint.line_name,
        "kind": complaint.kind,
        "buyer_name": complaint.buyer_organisation_name,
        "seller_name": complaint.organisation_name,
        "assignee_user_id": _text(complaint.assignee_user_id),
        "manager_user_id": _text(complaint.manager_user_id),
        "outcome": complaint.outcome,
        "amount": None if amount is None else money(amount, complaint),
        **further,
    }


def money(amount: int, complaint: Complaint) -> dict[str, Any]:
    """An amount in the complaint's currency, as JSON."""
    return {"amount": amount, "currency": complaint.currency}


def offer(outcome: Outcome | None, amount: int | None, complaint: Complaint) -> dict[str, Any]:
    """An outcome and its amount, for the history."""
    told: dict[str, Any] = {} if outcome is None else {"outcome": outcome.value}
    return told if amount is None else {**told, "amount": money(amount, complaint)}


def new_move(
    complaint: Complaint,
    name: str,
    actor: Actor | None,
    *,
    text: str | None = None,
    facts: dict[str, Any] | None = None,
) -> ComplaintMove:
    """What has happened, for both sides to read; `complaint.state` is the state reached."""
    side = party_of(complaint, actor.organisation_id) if actor else SYSTEM
    return ComplaintMove(
        complaint_id=complaint.id,
        organisation_id=complaint.organisation_id,
        buyer_organisation_id=complaint.buyer_organisation_id,
        name=name,
        state=str(complaint.state),
        side=side or SYSTEM,
        actor_name=actor.display_name if actor else "",
        text=text,
        facts=facts or {},
    )


async def announce(
    session: AsyncSession, complaint: Complaint, name: str, actor: Actor | None
) -> None:
    """Note in the complaint's thread what has happened, so that the talk reads in its order."""
    await post_system_message(
        session,
        await thread_of(session, COMPLAINT.name, complaint.id),
        f"complaint.{name}",
        {
            "name": actor.display_name if actor else "",
            "organisation": actor.organisation_name if actor else "",
        },
        organisation_id=actor.organisation_id if actor else complaint.organisation_id,
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
