"""Open-contracting packages for tests, made in code: a fictional town buys school desks."""

import json
from copy import deepcopy
from typing import Any

from tests.factories.accounts import Account
from tests.factories.procurement import ok

IMPORT = "/api/v1/requests/import"
OCID = "ocds-000000-desks-1"
TOWN = {"id": "XX-TOWN", "name": "Town of Testville"}
MAKER = {"id": "XX-MAKER", "name": "Desk Makers LLP"}


def party(reference: dict[str, str], *roles: str) -> dict[str, Any]:
    return {
        **reference,
        "roles": list(roles),
        "identifier": {"scheme": "XX-REG", "id": "12345", "legalName": reference["name"]},
        "address": {"locality": "Testville", "region": "North", "countryName": "Kazakhstan"},
    }


def money(amount: float, currency: str = "EUR") -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def release(release_id: str, date: str, tag: str, **sections: Any) -> dict[str, Any]:
    return {
        "ocid": OCID,
        "id": release_id,
        "date": date,
        "tag": [tag],
        "initiationType": "tender",
        "parties": [party(TOWN, "buyer", "procuringEntity")],
        "buyer": dict(TOWN),
        **sections,
    }


def tender(**overrides: Any) -> dict[str, Any]:
    return {
        "id": "T-1",
        "title": "School desks",
        "description": "Desks for two schools.",
        "status": "active",
        "procuringEntity": dict(TOWN),
        "value": money(12345.67),
        "procurementMethod": "open",
        "mainProcurementCategory": "goods",
        "tenderPeriod": {"startDate": "2040-01-01T00:00:00Z", "endDate": "2040-02-01T12:00:00Z"},
        "contractPeriod": {"endDate": "2040-06-30T00:00:00+05:00"},
        "items": [
            {
                "id": "1",
                "description": "Desk, adjustable",
                "classification": {"scheme": "CPV", "id": "39121100-7", "description": "Desks"},
                "quantity": 120,
                "unit": {"scheme": "UNCEFACT", "id": "H87", "value": money(99.5)},
            },
            {"id": "2", "description": "Delivery", "quantity": 0.5, "unit": {"name": "lorry"}},
        ],
        **overrides,
    }


def planning_release() -> dict[str, Any]:
    return release(
        "r-1",
        "2039-11-01T10:00:00Z",
        "planning",
        planning={"rationale": "Old desks break.", "budget": {"amount": money(15000)}},
        tender={"id": "T-1", "title": "Desks, planned", "status": "planned"},
    )


def tender_release() -> dict[str, Any]:
    return release("r-2", "2040-01-01T10:00:00Z", "tender", tender=tender())


def award_release() -> dict[str, Any]:
    return release(
        "r-3",
        "2040-02-10T10:00:00Z",
        "award",
        parties=[party(TOWN, "buyer", "procuringEntity"), party(MAKER, "supplier", "tenderer")],
        tender={"id": "T-1", "status": "complete", "tenderers": [dict(MAKER)]},
        bids={
            "details": [
                {
                    "id": "B-1",
                    "date": "2040-01-20T10:00:00Z",
                    "status": "valid",
                    "tenderers": [dict(MAKER)],
                    "value": money(11000),
                }
            ]
        },
        awards=[
            {
                "id": "A-1",
                "title": "Award to Desk Makers",
                "status": "active",
                "date": "2040-02-10T10:00:00Z",
                "value": money(11000),
                "suppliers": [dict(MAKER)],
            }
        ],
    )


def contract_release() -> dict[str, Any]:
    return release(
        "r-4",
        "2040-03-01T10:00:00Z",
        "contract",
        awards=[{"id": "A-1", "status": "active", "suppliers": [dict(MAKER)]}],
        parties=[party(TOWN, "buyer", "procuringEntity"), party(MAKER, "supplier", "tenderer")],
        contracts=[
            {
                "id": "C-1",
                "awardID": "A-1",
                "title": "Desks contract",
                "status": "active",
                "value": money(10999.99),
                "dateSigned": "2040-03-01T09:00:00Z",
                "implementation": {
                    "transactions": [
                        {"id": "P-1", "date": "2040-04-01T00:00:00Z", "value": money(5000)},
                        {"id": "P-2", "date": "2040-05-01T00:00:00Z", "value": money(0.01)},
                    ]
                },
            }
        ],
    )


def package(*releases: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    return {
        "uri": "https://data.example.org/desks.json",
        "version": "1.1",
        "publishedDate": "2040-05-02T00:00:00Z",
        "publisher": {"name": "Town of Testville"},
        "releases": deepcopy(list(releases)),
        **overrides,
    }


async def import_file(account: Account, content: Any) -> dict[str, Any]:
    """The report of an upload: a package, or the bytes of a file."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    files = {"file": ("releases.json", data, "application/json")}
    return ok(await account.client.post(IMPORT, files=files))
