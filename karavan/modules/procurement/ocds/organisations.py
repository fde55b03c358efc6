"""Organisations of the platform as parties of OCDS."""

from typing import Any
from uuid import UUID

from karavan.modules.organisations.public import OrganisationCard

_COUNTRY_NAMES = {
    "AE": "United Arab Emirates",
    "AM": "Armenia",
    "AZ": "Azerbaijan",
    "BY": "Belarus",
    "CN": "China",
    "DE": "Germany",
    "GB": "United Kingdom",
    "GE": "Georgia",
    "KG": "Kyrgyzstan",
    "KZ": "Kazakhstan",
    "RU": "Russia",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "TR": "Türkiye",
    "US": "United States",
    "UZ": "Uzbekistan",
}


class Parties:
    """The parties of one release, each once, with all the roles that it is named in."""

    def __init__(self, cards: dict[UUID, OrganisationCard]) -> None:
        self._cards = cards
        self._parties: dict[UUID, dict[str, Any]] = {}

    def refer(self, organisation_id: UUID, name: str, *roles: str) -> dict[str, Any]:
        """A reference to an organisation, which becomes a party with these roles.

        Args:
            name: as the document names it; the card may say another one by now.
        """
        party = self._parties.get(organisation_id)
        if party is None:
            party = self._parties[organisation_id] = _party(
                organisation_id, name, self._cards.get(organisation_id)
            )
        party["roles"] = list(dict.fromkeys([*party["roles"], *roles]))
        return {"id": party["id"], "name": party["name"]}

    def as_list(self) -> list[dict[str, Any]]:
        """The section `parties`."""
        return list(self._parties.values())


def _party(organisation_id: UUID, name: str, card: OrganisationCard | None) -> dict[str, Any]:
    party: dict[str, Any] = {"id": str(organisation_id), "name": name, "roles": []}
    if card is None:
        return party
    identifier = {"id": card.tax_id, "legalName": card.legal_name}
    address = {
        "streetAddress": card.address,
        "locality": card.city,
        "postalCode": card.postal_code,
        "countryName": _COUNTRY_NAMES.get(card.country, card.country),
    }
    for field, values in (("identifier", identifier), ("address", address)):
        if known := {key: value for key, value in values.items() if value}:
            party[field] = known
    return party
