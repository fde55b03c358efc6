"""The imported history of a request, as its page shows it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.modules.procurement.models import (
    ExternalParty,
    ExternalRecord,
    OcdsProcess,
    OcdsRelease,
)
from karavan.modules.procurement.ocds.history import AWARD, CONTRACT, QUOTE
from karavan.modules.procurement.ocds.schemas import (
    ExternalPartyView,
    ExternalRecordView,
    ImportedHistory,
    ImportedRelease,
)


async def process_of(
    session: AsyncSession, organisation_id: UUID, request_id: UUID
) -> OcdsProcess | None:
    """The imported process behind a request of the organisation, if there is one."""
    return await session.scalar(
        select(OcdsProcess).where(
            OcdsProcess.organisation_id == organisation_id, OcdsProcess.request_id == request_id
        )
    )


async def imported_history(
    session: AsyncSession, actor: Actor, request_id: UUID
) -> ImportedHistory:
    """What was imported about a request.

    Raises:
        NotFoundError: it is no imported request of the actor's organisation.
    """
    process = await process_of(session, actor.organisation_id, request_id)
    if process is None:
        raise NotFoundError
    releases = await session.scalars(
        select(OcdsRelease)
        .where(OcdsRelease.process_id == process.id)
        .order_by(OcdsRelease.released_at, OcdsRelease.release_id)
    )
    parties = await session.scalars(
        select(ExternalParty)
        .where(ExternalParty.process_id == process.id)
        .order_by(ExternalParty.position)
    )
    records = list(
        await session.scalars(
            select(ExternalRecord)
            .where(ExternalRecord.process_id == process.id)
            .order_by(ExternalRecord.kind, ExternalRecord.position)
        )
    )
    by_kind = {
        kind: [_record_view(row) for row in records if row.kind == kind]
        for kind in (QUOTE, AWARD, CONTRACT)
    }
    return ImportedHistory(
        ocid=process.ocid,
        releases=[ImportedRelease.model_validate(row) for row in releases],
        parties=[ExternalPartyView.model_validate(row) for row in parties],
        quotes=by_kind[QUOTE],
        awards=by_kind[AWARD],
        contracts=by_kind[CONTRACT],
    )


def _record_view(row: ExternalRecord) -> ExternalRecordView:
    return ExternalRecordView(
        kind=row.kind,
        external_id=row.external_id,
        award_id=row.award_id,
        title=row.title,
        status=row.status,
        party_names=row.party_names,
        value=_money(row.amount, row.currency),
        paid=_money(row.paid_amount, row.currency),
        dated_at=row.dated_at,
    )


def _money(amount: int | None, currency: str | None) -> MoneyBody | None:
    return None if amount is None or currency is None else MoneyBody.of(amount, currency)
