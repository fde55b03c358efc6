"""Groups of buyers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import FieldError, NotFoundError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.prices.rows import flush_named, locked_lists, record_group
from karavan.modules.catalogue.actions.prices.told import refuse_faults
from karavan.modules.catalogue.errors import CustomerGroupNameTakenError
from karavan.modules.catalogue.models import CustomerGroup, CustomerGroupMember, PriceAssignment
from karavan.modules.catalogue.schemas.prices import GroupBody, GroupPatch
from karavan.modules.links.public import consumers_linked_to


async def own_group(session: AsyncSession, group_id: UUID, *, lock: bool = False) -> CustomerGroup:
    """A group of the caller's.

    Raises:
        NotFoundError: there is none.
    """
    wanted = select(CustomerGroup).where(
        CustomerGroup.id == group_id, caller_is(CustomerGroup.organisation_id)
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    group = await session.scalar(wanted)
    if group is None:
        raise NotFoundError("There is no such group.")
    return group


async def create_group(session: AsyncSession, actor: Actor, body: GroupBody) -> CustomerGroup:
    """A new group.

    Raises:
        CustomerGroupNameTakenError: there is one of this name.
        ValidationError: a member has no accepted link with the actor's organisation.
    """
    group = CustomerGroup(
        id=new_id(), organisation_id=actor.organisation_id, name=body.name, version=1
    )
    session.add(group)
    await flush_named(session, CustomerGroupNameTakenError)
    await _set_members(session, actor, group, body.member_ids)
    record_group(session, actor, group.id, group.name, "create", "created")
    return group


async def edit_group(
    session: AsyncSession, actor: Actor, group_id: UUID, body: GroupPatch
) -> CustomerGroup:
    """Rename a group, or say who is in it.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        CustomerGroupNameTakenError: there is another one of this name.
        ValidationError: a member has no accepted link with the actor's organisation.
        MorePiecesDearerError: a new member would pay more for each piece by buying more.
    """
    lists = await locked_lists(session, actor.organisation_id)
    group = await own_group(session, group_id, lock=True)
    refuse_stale(group, body.version)
    if "name" in body.model_fields_set:
        group.name = body.name
    group.version += 1
    await flush_named(session, CustomerGroupNameTakenError)
    if "member_ids" in body.model_fields_set:
        await _set_members(session, actor, group, body.member_ids)
        now = await database_now(session)
        for list_id in await _lists_for(session, group.id):
            await refuse_faults(session, lists[list_id], lists, now)
    record_group(session, actor, group.id, group.name, "edit", "changed")
    return group


async def remove_group(
    session: AsyncSession, actor: Actor, group_id: UUID, *, version: int | None = None
) -> None:
    """Dissolve a group: lists that were for it are no longer for its members.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
    """
    await locked_lists(session, actor.organisation_id)
    group = await own_group(session, group_id, lock=True)
    refuse_stale(group, version)
    await session.execute(
        delete(PriceAssignment).where(
            PriceAssignment.kind == "group",
            PriceAssignment.target_id == group.id,
            caller_is(PriceAssignment.organisation_id),
        )
    )
    record_group(session, actor, group.id, group.name, "delete", "removed")
    await session.flush()
    await session.delete(group)
    await session.flush()


async def _set_members(
    session: AsyncSession, actor: Actor, group: CustomerGroup, ids: Sequence[UUID]
) -> None:
    linked = await consumers_linked_to(session, actor.organisation_id, ids)
    kept = {
        row.member_organisation_id: row.member_name
        for row in await session.scalars(
            select(CustomerGroupMember).where(
                CustomerGroupMember.group_id == group.id,
                caller_is(CustomerGroupMember.organisation_id),
            )
        )
    }
    errors = [
        FieldError(
            pointer=f"#/member_ids/{index}",
            code="unknown",
            detail="You have no accepted trading link with this organisation.",
        )
        for index, one in enumerate(ids)
        if one not in linked and one not in kept
    ]
    if errors:
        raise ValidationError(errors=errors)
    wanted = set(ids)
    await session.execute(
        delete(CustomerGroupMember).where(
            CustomerGroupMember.group_id == group.id,
            CustomerGroupMember.member_organisation_id.not_in(wanted),
            caller_is(CustomerGroupMember.organisation_id),
        )
    )
    for one in sorted(wanted - kept.keys()):
        session.add(
            CustomerGroupMember(
                group_id=group.id,
                member_organisation_id=one,
                organisation_id=actor.organisation_id,
                member_name=linked[one],
            )
        )
    await session.flush()


async def _lists_for(session: AsyncSession, group_id: UUID) -> list[UUID]:
    found = await session.scalars(
        select(PriceAssignment.list_id).where(
            PriceAssignment.kind == "group",
            PriceAssignment.target_id == group_id,
            caller_is(PriceAssignment.organisation_id),
        )
    )
    return sorted(found)
