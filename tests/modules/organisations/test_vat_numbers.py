"""VAT numbers: kept as their country writes them, refused when they cannot be one, printed on documents."""

import pytest

from karavan.kit.errors import ValidationError
from karavan.modules.organisations.vat_numbers import written_vat_number
from tests.factories.accounts import register
from tests.factories.deals import make_invoice, make_pair
from tests.factories.procurement import ok, pointers


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("KZ", "1234 5678 9012", "123456789012"),
        ("KZ", "KZ123456789012", "123456789012"),
        ("RU", "7707083893", "7707083893"),
        ("RU", "500100732259", "500100732259"),
        ("DE", "136695976", "DE136695976"),
        ("DE", "de 136.695.976", "DE136695976"),
        ("AT", "ATU13585627", "ATU13585627"),
        ("AT", "U13585627", "ATU13585627"),
        ("GR", "EL123456789", "EL123456789"),
        ("NL", "NL123456789B01", "NL123456789B01"),
        ("FR", "FR 40 303265045", "FR40303265045"),
        ("GB", "gb 980 7806 84", "GB980780684"),
        ("CH", "CHE-116.281.710 MWST", "CHE116281710MWST"),
        ("UZ", "301234567", "301234567"),
        ("KZ", "  ", ""),
    ],
)
def test_is_kept_as_its_country_writes_it(country, typed, kept):
    assert written_vat_number(country, typed) == kept
    assert written_vat_number(country, kept) == kept


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        ("KZ", "12345678901"),
        ("KZ", "1234567890123"),
        ("KZ", "١٢٣٤٥٦٧٨٩٠١٢"),
        ("RU", "12345678901"),
        ("DE", "DE12345678"),
        ("DE", "FR40303265045"),
        ("GR", "GR123456789"),
        ("UZ", "1"),
        ("UZ", "1" * 21),
        ("CH", "CHE<script>"),
        ("CH", "№ 15"),
    ],
)
def test_what_cannot_be_one_is_refused(country, typed):
    with pytest.raises(ValidationError) as caught:
        written_vat_number(country, typed)
    assert [(e.pointer, e.code) for e in caught.value.errors] == [("#/vat_number", "vat_number")]


class TestOrganisation:
    async def test_is_told_and_cleared(self, app):
        person = await register(app)
        path = f"/api/v1/organisations/{person.organisation_id}"
        changed = ok(await person.client.patch(path, json={"vat_number": "KZ 123456789012"}))
        assert changed["vat_number"] == "123456789012"
        assert ok(await person.client.patch(path, json={"vat_number": ""}))["vat_number"] == ""

    async def test_must_fit_the_country_that_it_comes_with_or_that_is_left(self, app):
        person = await register(app)
        path = f"/api/v1/organisations/{person.organisation_id}"
        wrong = {"city": "Almaty", "vat_number": "DE136695976"}
        refused = [("#/vat_number", "vat_number")]
        assert pointers(await person.client.patch(path, json=wrong)) == refused
        assert ok(await person.client.get(path))["city"] == ""
        both = {"country": "DE", "vat_number": "136695976"}
        assert ok(await person.client.patch(path, json=both))["vat_number"] == "DE136695976"
        assert pointers(await person.client.patch(path, json={"country": "KZ"})) == refused
        assert ok(await person.client.get(path))["country"] == "DE"
        same = ok(await person.client.patch(path, json={"vat_number": "DE136695976"}))
        assert (same["vat_number"], same["details"]["version"]) == ("DE136695976", 2)


async def test_stands_on_invoices(app):
    pair = await make_pair(app)
    numbers = {"vendor": "600900123456", "buyer": "600900654321"}
    for side, number in numbers.items():
        account = getattr(pair, side)
        path = f"/api/v1/organisations/{account.organisation_id}"
        ok(await account.client.patch(path, json={"vat_number": number}))
    _, invoice = await make_invoice(pair)
    answer = await pair.buyer.client.get(f"/api/v1/invoices/{invoice['id']}.xml")
    scheme = "<cac:PartyTaxScheme>"
    told = [part.split("CompanyID>")[1].split("<")[0] for part in answer.text.split(scheme)[1:]]
    assert told == ["KZ600900123456", "KZ600900654321"]
