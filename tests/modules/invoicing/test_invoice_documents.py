"""The files of an invoice: what is on paper is frozen, and what goes out as XML is acceptable to its receiver."""

from lxml import etree

from tests.factories.accounts import register
from tests.factories.deals import Pair, make_invoice
from tests.factories.invoices import credit, invoice_line, make_draft, make_sent, pay
from tests.factories.procurement import ok, problem

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def values(xml: bytes, name: str) -> list[str]:
    return [element.text for element in etree.fromstring(xml).iter(f"{CBC}{name}")]


class TestXml:
    async def test_both_sides_get_the_same_acceptable_file(self, pair):
        sent = await make_sent(pair, buyer_reference="PO-77")
        mine = await pair.vendor.client.get(sent["xml_url"])
        theirs = await pair.buyer.client.get(sent["xml_url"])
        assert mine.status_code == 200, mine.text
        assert mine.content == theirs.content
        assert mine.headers["content-type"] == "application/xml"
        assert mine.headers["content-disposition"] == f'inline; filename="{sent["number"]}.xml"'
        assert values(mine.content, "ID")[0] == sent["number"]
        assert values(mine.content, "BuyerReference") == ["PO-77"]
        assert values(mine.content, "PayableAmount") == ["155.99"]
        assert values(mine.content, "TaxAmount") == ["26.00", "26.00"]
        assert values(mine.content, "EndpointID") == [
            "billing@silk.example",
            "accounts@steppe.example",
        ]
        assert "KZ123456789012" in values(mine.content, "CompanyID")

    async def test_a_credit_note_names_what_it_corrects(self, pair):
        sent = await make_sent(pair, buyer_reference="PO-77")
        ok(await pay(pair, sent, 1, "A"), 201)
        part = [{"line_id": sent["lines"][0]["id"], "quantity": "1"}]
        note = ok(await credit(pair, sent, lines=part), 201)
        xml = await pair.buyer.client.get(note["xml_url"])
        assert xml.status_code == 200, xml.text
        assert etree.QName(etree.fromstring(xml.content)).localname == "CreditNote"
        assert sent["number"] in values(xml.content, "ID")
        assert values(xml.content, "PayableAmount") == ["12.00"]

    async def test_a_seller_outside_vat(self, pair):
        sent = await make_sent(
            pair, buyer_reference="PO-77", lines=[invoice_line(tax_rate="0")], language="ru"
        )
        xml = await pair.buyer.client.get(sent["xml_url"])
        assert xml.status_code == 200, xml.text
        assert values(xml.content, "TaxExemptionReason") == ["НДС не облагается"]

    async def test_what_is_missing_is_said_and_can_be_entered_later(self, app):
        buyer = await register(app, role="buyer", organisation_name="Bare Buyer")
        vendor = await register(app, role="vendor", organisation_name="Bare Vendor")
        bare = Pair(buyer, vendor)
        sent = await make_sent(bare, buyer_reference="PO-77")
        before = await vendor.client.get(sent["pdf_url"])
        answer = await vendor.client.get(sent["xml_url"])
        body = problem(answer, 409, "invoicing.incomplete_for_exchange")
        places = {one["enter_at"] for one in body["meta"]["missing"]}
        assert places == {
            f"/organisations/{vendor.organisation_id}",
            f"/organisations/{buyer.organisation_id}",
        }
        assert {one["code"] for one in body["errors"]} >= {"PEPPOL-EN16931-R020"}
        for account, tax_id in ((buyer, "987654321098"), (vendor, "123456789012")):
            details = {
                "legal_name": "Late Details LLP",
                "tax_id": tax_id,
                "email": "a@late.example",
                "address": "1 Abay",
                "city": "Almaty",
            }
            path = f"/api/v1/organisations/{account.organisation_id}"
            ok(await account.client.patch(path, json=details))
        xml = await vendor.client.get(sent["xml_url"])
        assert xml.status_code == 200, xml.text
        # What was said when it was sent stays; only what was left out is filled in.
        assert "Bare Vendor" in values(xml.content, "RegistrationName")
        assert "a@late.example" in values(xml.content, "EndpointID")
        assert (await vendor.client.get(sent["pdf_url"])).content == before.content

    async def test_without_a_reference_it_is_routed_to_the_buyer(self, pair):
        sent = await make_sent(pair)
        xml = await pair.vendor.client.get(sent["xml_url"])
        assert xml.status_code == 200, xml.text
        assert values(xml.content, "BuyerReference") == ["Steppe Retail"]

    async def test_an_invoice_of_a_deal_quotes_the_deal(self, pair):
        deal, invoice = await make_invoice(pair)
        xml = await pair.buyer.client.get(invoice["xml_url"])
        assert xml.status_code == 200, xml.text
        assert values(xml.content, "BuyerReference") == []
        assert deal["number"] in values(xml.content, "ID")


class TestPaper:
    async def test_the_file_of_a_sent_invoice_never_changes(self, pair):
        sent = await make_sent(pair)
        first = await pair.vendor.client.get(sent["pdf_url"])
        assert (first.headers["content-type"], first.content[:5]) == ("application/pdf", b"%PDF-")
        path = f"/api/v1/organisations/{pair.vendor.organisation_id}"
        ok(await pair.vendor.client.patch(path, json={"legal_name": "Renamed", "city": "Oral"}))
        again = await pair.buyer.client.get(sent["pdf_url"])
        assert again.content == first.content

    async def test_a_draft_follows_the_present_details(self, pair):
        draft = await make_draft(pair)
        first = await pair.vendor.client.get(draft["pdf_url"])
        assert first.headers["content-disposition"] == 'inline; filename="draft.pdf"'
        path = f"/api/v1/organisations/{pair.vendor.organisation_id}"
        ok(await pair.vendor.client.patch(path, json={"legal_name": "A much longer legal name"}))
        again = await pair.vendor.client.get(draft["pdf_url"])
        assert again.status_code == 200
        assert again.content != first.content
