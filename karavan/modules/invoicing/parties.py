"""Who stands on a document: taken from the organisations' own details, and frozen when the document is sent."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.documents.parties import (
    BankAccount,
    ElectronicAddress,
    Party,
    PostalAddress,
)
from karavan.kit.errors import NotFoundError
from karavan.modules.organisations.public import bank_details, organisation_card

EMAIL_SCHEME = "EM"
"""Code of the EAS list for an e-mail address, where no national scheme is known (Peppol BIS Billing 3.0)."""


async def party_snapshot(session: AsyncSession, organisation_id: UUID) -> dict[str, Any]:
    """What is known now about an organisation, as plain JSON.

    The bank account is part of it only where the transaction may see it: in the organisation's own, or as the system.

    Raises:
        NotFoundError: there is no such organisation.
    """
    card = await organisation_card(session, organisation_id)
    if card is None:
        raise NotFoundError
    bank = await bank_details(session, organisation_id)
    snapshot: dict[str, Any] = {
        "legal_name": card.legal_name,
        "trading_name": card.name if card.name != card.legal_name else "",
        "tax_id": card.tax_id,
        "vat_number": card.vat_number,
        "country": card.country,
        "city": card.city,
        "street": card.address,
        "postal_code": card.postal_code,
        "email": card.email or "",
        "phone": card.phone or "",
    }
    if bank is not None and bank.bank_account:
        snapshot["bank"] = {
            "account": bank.bank_account,
            "bank_name": bank.bank_name,
            "bank_code": bank.bank_code,
            "beneficiary_code": bank.beneficiary_code,
        }
    return snapshot


def completed(frozen: dict[str, Any], present: dict[str, Any]) -> dict[str, Any]:
    """The frozen details, with what they lack filled in from the present ones; nothing that was said changes."""
    return {**present, **{key: value for key, value in frozen.items() if value}}


def party_of(snapshot: dict[str, Any], *, charges_vat: bool = False) -> Party:
    """The party that a snapshot describes.

    Args:
        charges_vat: a seller who charges VAT without having told a VAT number is registered under the tax number;
            written with its country in front (EN 16931 BR-CO-09).
    """
    tax_id, country = snapshot.get("tax_id", ""), snapshot["country"]
    prefixed = tax_id if tax_id.upper().startswith(country) else f"{country}{tax_id}"
    email = snapshot.get("email", "")
    bank = snapshot.get("bank")
    return Party(
        legal_name=snapshot["legal_name"],
        trading_name=snapshot.get("trading_name", ""),
        address=PostalAddress(
            country=country,
            city=snapshot.get("city", ""),
            street=snapshot.get("street", ""),
            postal_code=snapshot.get("postal_code", ""),
        ),
        tax_id=tax_id,
        vat_number=snapshot.get("vat_number") or (prefixed if charges_vat and tax_id else ""),
        email=email,
        phone=snapshot.get("phone", ""),
        bank=BankAccount(**bank) if bank else None,
        electronic_address=ElectronicAddress(EMAIL_SCHEME, email) if email else None,
    )
