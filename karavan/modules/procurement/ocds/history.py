"""The parties, bids, awards and contracts of a compiled release as rows of history."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.ids import new_id
from karavan.kit.money import AMOUNT_MAX, Money
from karavan.modules.procurement.models import ExternalParty, ExternalRecord, OcdsProcess
from karavan.modules.procurement.ocds.reading import IDENTIFIER_MAX
from karavan.modules.procurement.ocds.values import (
    Notes,
    entries,
    moment_of,
    money_of,
    plain_text,
    section,
)

QUOTE, AWARD, CONTRACT = "quote", "award", "contract"


async def write_history(
    session: AsyncSession, process: OcdsProcess, compiled: dict[str, Any], notes: Notes
) -> None:
    """Make the rows of a process say what `compiled` says."""
    for table in (ExternalParty, ExternalRecord):
        await session.execute(delete(table).where(table.process_id == process.id))
    session.add_all(_parties(process, compiled, notes))
    bids = entries(section(compiled, "bids"), "details")
    session.add_all(_records(process, QUOTE, bids, "/bids/details", "tenderers", notes))
    awards = entries(compiled, "awards")
    session.add_all(_records(process, AWARD, awards, "/awards", "suppliers", notes))
    suppliers = {str(award.get("id")): award.get("suppliers") for award in awards}
    # A contract's suppliers are those of the award that it follows from.
    contracts = [
        {**one, "suppliers": suppliers.get(str(one.get("awardID")))}
        for one in entries(compiled, "contracts")
    ]
    session.add_all(_records(process, CONTRACT, contracts, "/contracts", "suppliers", notes))
    await session.flush()


def _key(entry: dict[str, Any], seen: set[str], notes: Notes, path: str) -> str | None:
    """The identifier of an entry, once: what cannot be told apart is left out."""
    key = str(entry.get("id") or "")
    if not key or len(key) > IDENTIFIER_MAX or key in seen:
        notes.add(f"{path}/id", "duplicate", "Left out: it has no identifier of its own.")
        return None
    seen.add(key)
    return key


def _parties(process: OcdsProcess, compiled: dict[str, Any], notes: Notes) -> list[ExternalParty]:
    rows, seen = [], set[str]()
    for index, party in enumerate(entries(compiled, "parties")):
        path = f"/parties/{index}"
        if (key := _key(party, seen, notes, path)) is None:
            continue
        identifier = section(party, "identifier")
        parts = [identifier.get("scheme"), identifier.get("id")]
        roles = party.get("roles")
        rows.append(
            ExternalParty(
                id=new_id(),
                process_id=process.id,
                organisation_id=process.organisation_id,
                position=index,
                external_id=key,
                name=plain_text(party.get("name"), 300, notes, f"{path}/name") or key,
                roles=[
                    plain_text(one, 80, notes, path) for one in roles[:20] if isinstance(one, str)
                ]
                if isinstance(roles, list)
                else [],
                identifier=plain_text(
                    " ".join(str(one) for one in parts if one), 200, notes, f"{path}/identifier"
                ),
                country=plain_text(
                    section(party, "address").get("countryName"), 100, notes, f"{path}/address"
                ),
            )
        )
    return rows


def _records(
    process: OcdsProcess,
    kind: str,
    values: list[dict[str, Any]],
    base: str,
    names: str,
    notes: Notes,
) -> list[ExternalRecord]:
    rows, seen = [], set[str]()
    for index, value in enumerate(values):
        path = f"{base}/{index}"
        if (key := _key(value, seen, notes, path)) is None:
            continue
        money = money_of(value.get("value"), notes, f"{path}/value")
        paid = _paid(value, notes, path)
        if money is not None and paid is not None and paid.currency != money.currency:
            notes.add(f"{path}/implementation", "currency", "Payments in another currency.")
            paid = None
        known = money or paid
        dated = value.get("dateSigned") if kind == CONTRACT else value.get("date")
        dated_path = f"{path}/{'dateSigned' if kind == CONTRACT else 'date'}"
        rows.append(
            ExternalRecord(
                id=new_id(),
                process_id=process.id,
                organisation_id=process.organisation_id,
                position=index,
                kind=kind,
                external_id=key,
                award_id=str(value.get("awardID") or "")[:IDENTIFIER_MAX] or None,
                title=plain_text(value.get("title"), 300, notes, f"{path}/title"),
                status=plain_text(value.get("status"), 40, notes, f"{path}/status"),
                party_names=_names(value, names, notes, path),
                amount=money.amount if money else None,
                paid_amount=paid.amount if paid else None,
                currency=known.currency if known else None,
                dated_at=moment_of(dated, notes, dated_path),
                details=_details(value, notes, path),
            )
        )
    return rows


def _names(value: dict[str, Any], field: str, notes: Notes, path: str) -> list[str]:
    texts = [
        plain_text(one.get("name"), 300, notes, f"{path}/{field}") or str(one.get("id") or "")
        for one in entries(value, field)[:100]
    ]
    return [text for text in texts if text]


def _details(value: dict[str, Any], notes: Notes, path: str) -> dict[str, Any]:
    description = plain_text(
        value.get("description"), 4_000, notes, f"{path}/description", lines=True
    )
    period = section(value, "period") or section(value, "contractPeriod")
    return {
        "description": description,
        "starts_at": period.get("startDate"),
        "ends_at": period.get("endDate"),
    }


def _paid(contract: dict[str, Any], notes: Notes, path: str) -> Money | None:
    """The sum of a contract's transactions; nothing when there are none, or when they are in several currencies."""
    total: Money | None = None
    for index, one in enumerate(entries(section(contract, "implementation"), "transactions")):
        at = f"{path}/implementation/transactions/{index}"
        money = money_of(one.get("value") or one.get("amount"), notes, at)
        if money is None:
            continue
        if total is not None and total.currency != money.currency:
            notes.add(at, "currency", "Payments in several currencies were not added up.")
            return None
        total = money if total is None else total + money
        if abs(total.amount) > AMOUNT_MAX:
            notes.add(at, "too_large", "The payments add up to more than can be recorded.")
            return None
    return total
