"""Several credit notes of one invoice give back exactly what was invoiced, to the last minor unit."""

import pytest

from tests.factories.invoices import credit, invoice_line, make_sent
from tests.factories.procurement import ok


@pytest.mark.parametrize(
    ("prices", "rate", "tax"),
    [
        # Each tax alone rounds down, and a unit would stay due for ever.
        ((4, 4, 4), "12", 1),
        ((1005, 1005, 1005), "5.5", 166),
        # Each rounds up, and the last note would be more than remains.
        ((5, 5, 5, 5), "12", 2),
        ((10013, 10013, 10013), "20", 6008),
        ((777, 777), "0", 0),
    ],
)
async def test_the_last_line_takes_what_remains(pair, prices, rate, tax):
    lines = [invoice_line(f"Line {n}", "1", price, rate) for n, price in enumerate(prices)]
    invoice = await make_sent(pair, lines=lines)
    assert invoice["tax"]["amount"] == tax
    taxes = []
    for one in invoice["lines"]:
        wanted = [{"line_id": one["id"], "quantity": "1"}]
        note = ok(await credit(pair, invoice, reason="Broken", lines=wanted), 201)
        shown = sum(group["tax"]["amount"] for group in note["tax_groups"])
        assert shown == note["tax"]["amount"] >= 0
        assert note["net"]["amount"] + shown == note["total"]["amount"]
        taxes.append((note, shown))
    assert sum(shown for _, shown in taxes) == tax
    path = f"/api/v1/invoices/{invoice['id']}"
    settled = ok(await pair.vendor.client.get(path))
    assert settled["due"]["amount"] == 0
    assert settled["credited"] == settled["total"]
    for note, shown in taxes:
        # What was fixed by the order of the notes is read as it was written.
        again = ok(await pair.buyer.client.get(f"/api/v1/invoices/{note['id']}"))
        assert again["tax_groups"] == note["tax_groups"]
        xml = await pair.vendor.client.get(f"/api/v1/invoices/{note['id']}.xml")
        assert xml.status_code == 200, xml.text
        assert f">{shown / 100:.2f}</cbc:TaxAmount>" in xml.text
