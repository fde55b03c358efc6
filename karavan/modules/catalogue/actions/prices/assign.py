"""Whom a list is for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import savepoint
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.ids import new_id
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.actions.prices.groups import own_group
from karavan.modules.catalogue.actions.prices.rows import locked_lists, one_of, record
from karavan.modules.catalogue.actions.prices.told import refuse_faults
from karavan.modules.catalogue.errors import AlreadyAssignedError
from karavan.modules.catalogue.models import PriceAssignment, PriceList
from karavan.modules.catalogue.schemas.prices import AssignmentBody
from karavan.modules.links.public import LinkState, accepted_link, link_view


async def assign(
    session: AsyncSession, actor: Actor, list_id: UUID, body: AssignmentBody
) -> PriceList:
    """Let buyers have a list.

    Raises:
        NotFoundError: it is not a list of the actor's organisation.
        ValidationError: there is no such accepted link, linked organisation or group.
        AlreadyAssignedError: they have it.
        MorePiecesDearerError: some of them would pay more for each piece by buying more.
    """
    lists = await locked_lists(session, actor.organisation_id)
    price_list = one_of(lists, list_id)
    target_id, name = await _target(session, actor, body)
    session.add(
        PriceAssignment(
            id=new_id(),
            list_id=price_list.id,
            organisation_id=actor.organisation_id,
            kind=body.kind,
            target_id=target_id,
            target_name=name,
        )
    )
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        raise AlreadyAssignedError from error
    price_list.version += 1
    await session.flush()
    await refuse_faults(session, price_list, lists, await database_now(session))
    after = {"kind": body.kind, "target": name}
    record(session, actor, price_list, "assign", "changed", after=after)
    return price_list


async def unassign(
    session: AsyncSession, actor: Actor, list_id: UUID, assignment_id: UUID
) -> PriceList:
    """Take a list away from buyers: they get what their other lists say.

    Raises:
        NotFoundError: there is no such list, or it is not assigned so.
    """
    lists = await locked_lists(session, actor.organisation_id)
    price_list = one_of(lists, list_id)
    assignment = await find_row(
        session,
        select(PriceAssignment).where(
            PriceAssignment.id == assignment_id,
            PriceAssignment.list_id == price_list.id,
            caller_is(PriceAssignment.organisation_id),
        ),
    )
    price_list.version += 1
    before = {"kind": assignment.kind, "target": assignment.target_name}
    await session.delete(assignment)
    await session.flush()
    record(session, actor, price_list, "unassign", "changed", before=before)
    return price_list


async def _target(session: AsyncSession, actor: Actor, body: AssignmentBody) -> tuple[UUID, str]:
    supplier, target = actor.organisation_id, body.target_id
    if target is None:
        return supplier, ""
    try:
        if body.kind == "group":
            group = await own_group(session, target)
            return group.id, group.name
        if body.kind == "organisation":
            link = await accepted_link(session, target, supplier)
            return target, link.consumer_organisation_name
    except NotFoundError as error:
        raise invalid(
            "#/target_id", "unknown", "There is none that you could name here."
        ) from error
    found = await link_view(session, target)
    if (
        found is None
        or found.supplier_organisation_id != supplier
        or found.state != LinkState.ACCEPTED
    ):
        raise invalid("#/target_id", "unknown", "There is no such accepted trading link.")
    return found.id, found.consumer_organisation_name
