"""Codes over HTTP: looked up, drawn, given, printed."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from karavan.kit.authz import Role
from karavan.kit.services import Services
from karavan.modules.catalogue import endpoints_barcodes
from karavan.modules.catalogue.barcodes.drawing import draw_png
from karavan.modules.catalogue.barcodes.retail import encode_gtin
from tests.factories.bare import BareApplication, Person
from tests.factories.procurement import ok, pointers, problem

PRODUCTS = "/api/v1/products"
EAN = "04006381333931"


@pytest.fixture
def bare(database, settings) -> BareApplication:
    return BareApplication(database, settings, Services(), endpoints_barcodes.router)


@pytest.fixture
async def firms(owner) -> list[Person]:
    """A buyer, a supplier whom it is linked to, and another supplier."""
    people = [Person(), Person(), Person()]
    for index, person in enumerate(people):
        await owner.execute(
            "insert into organisations_organisations (id, kind, interest, name, slug, country, currency, buys, sells, version)"
            " values ($1, 'company', 'seller', $2, $3, 'KZ', 'KZT', true, true, 1)",
            person.organisation_id,
            f"Firm {index}",
            f"firm-{index}",
        )
    buyer, supplier, _ = people
    await owner.execute(
        "insert into links_links (id, consumer_organisation_id, consumer_organisation_name,"
        " supplier_organisation_id, supplier_organisation_name, state, version, requested_by, requested_by_name, expires_at)"
        " values ($1, $2, 'Firm 0', $3, 'Firm 1', 'accepted', 1, $4, 'A', now())",
        uuid4(),
        buyer.organisation_id,
        supplier.organisation_id,
        buyer.user_id,
    )
    return people


@pytest.fixture
async def clients(bare, firms) -> AsyncIterator[list]:
    opened = [bare.client_of(person) for person in firms]
    yield opened
    for client in opened:
        await client.aclose()


async def make(owner, person: Person, sku: str, **facts: object) -> str:
    """A published product, written past the actions that other tests are about."""
    product_id = uuid4()
    values: dict[str, object] = {
        "id": product_id,
        "organisation_id": person.organisation_id,
        "organisation_name": "Firm",
        "sku": sku,
        "names": json.dumps({"en": f"Kettle {sku}", "ru": f"Чайник {sku}"}),
        "name": f"Kettle {sku}",
        "state": "published",
        "visibility": "both",
        "price_amount": 1_000_00,
        "currency": "KZT",
        "tax_rate": 12,
        "version": 1,
        **facts,
    }
    columns = ", ".join(values)
    places = ", ".join(f"${index}" for index in range(1, len(values) + 1))
    await owner.execute(
        f"insert into catalogue_products ({columns}) values ({places})", *values.values()
    )
    return str(product_id)


async def found(client, code: str, **query: object) -> list[tuple[str, str]]:
    body = ok(await client.get(f"{PRODUCTS}/by-barcode/{code}", params=query))
    return [(item["sku"], item["relation"]) for item in body["items"]]


async def test_one_number_in_all_its_kinds_finds_own_then_linked_then_public(
    owner, firms, clients
) -> None:
    buyer, supplier, stranger = firms
    upc = "00036000291452"
    await make(owner, stranger, "S-1", barcode=upc, price_amount=5)
    await make(owner, supplier, "L-1", barcode=upc, visibility="linked")
    await make(owner, buyer, "B-1", barcode=upc, state="draft")
    everything = [("B-1", "own"), ("L-1", "linked"), ("S-1", "public")]
    for written in ("036000291452", "0036000291452", upc, f"(01){upc}", "0-36000-29145-2"):
        assert await found(clients[0], written) == everything
    assert await found(clients[2], "036000291452") == [("S-1", "own")]
    chosen = {"supplier_id": str(supplier.organisation_id)}
    assert await found(clients[0], "036000291452", **chosen) == [("L-1", "linked")]
    own = {"supplier_id": str(buyer.organisation_id)}
    assert await found(clients[0], "036000291452", **own) == [("B-1", "own")]


async def test_what_a_stranger_hides_is_not_found(owner, firms, clients) -> None:
    _, supplier, stranger = firms
    await make(owner, stranger, "S-1", barcode=EAN, visibility="linked")
    await make(owner, stranger, "S-2", barcode=EAN, state="draft")
    await make(owner, stranger, "S-3", barcode=EAN, active=False)
    await make(owner, stranger, "S-4", barcode=EAN, has_variants=True)
    await make(owner, supplier, "L-1", barcode=EAN, visibility="public", state="archived")
    own_range = "02900000000018"
    await make(owner, stranger, "S-5", barcode=own_range)
    await make(owner, stranger, "S-6", barcode_text="SHELF/7")
    for code in (EAN, own_range, "S-1", "S-5", "4006381333932", "%20"):
        answer = await clients[0].get(f"{PRODUCTS}/by-barcode/{code}")
        assert answer.status_code in {400, 404}, code
    problem(
        await clients[0].get(f"{PRODUCTS}/by-barcode", params={"code": "SHELF/7"}), 404, "not_found"
    )
    await owner.execute(
        "update links_links set supplier_organisation_id = $1", stranger.organisation_id
    )
    assert {sku for sku, _ in await found(clients[0], EAN)} == {"S-1"}
    assert await found(clients[0], "2900000000018") == [("S-5", "linked")]
    body = ok(await clients[0].get(f"{PRODUCTS}/by-barcode", params={"code": "SHELF/7"}))
    assert (body["gtin"], [item["sku"] for item in body["items"]]) == (None, ["S-6"])
    assert await found(clients[2], "S-2") == [("S-2", "own")]
    await owner.execute("update links_links set state = 'blocked'")
    problem(await clients[0].get(f"{PRODUCTS}/by-barcode/2900000000018"), 404, "not_found")


async def test_codes_are_drawn_as_svg_and_png(owner, firms, clients) -> None:
    buyer, supplier, stranger = firms
    product = await make(owner, supplier, "L-1", barcode=EAN)
    answer = await clients[0].get(f"{PRODUCTS}/{product}/barcode.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content == draw_png(encode_gtin(EAN))
    for kind, said in (("code128", "Code 128"), ("qr", "QR Code"), ("ean", "EAN-13")):
        drawn = await clients[1].get(
            f"{PRODUCTS}/{product}/barcode.png", params={"kind": kind, "scale": 3}
        )
        (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.content)))
        assert (str(code.format), code.text) == (said, "4006381333931")
    svg = await clients[1].get(f"{PRODUCTS}/{product}/barcode.svg")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.headers["content-security-policy"] == "default-src 'none'; sandbox"
    bare_sku = await make(owner, supplier, "КОФЕ-1", state="draft")
    drawn = await clients[1].get(f"{PRODUCTS}/{bare_sku}/barcode.png")
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.content)))[0].text == "КОФЕ-1"
    refused = await clients[1].get(f"{PRODUCTS}/{bare_sku}/barcode.svg", params={"kind": "ean"})
    problem(refused, 409, "catalogue.no_barcode")
    refused = await clients[1].get(f"{PRODUCTS}/{bare_sku}/barcode.svg", params={"kind": "code128"})
    assert pointers(refused) == [("#/kind", "barcode.characters")]
    problem(await clients[0].get(f"{PRODUCTS}/{bare_sku}/barcode.svg"), 404, "not_found")
    hidden = await make(owner, stranger, "S-1", visibility="linked")
    problem(await clients[0].get(f"{PRODUCTS}/{hidden}/barcode.png"), 404, "not_found")
    assert buyer.organisation_id != stranger.organisation_id


async def test_own_codes_are_given_in_order_each_once(bare, owner, firms, clients) -> None:
    supplier = firms[1]
    await make(owner, supplier, "TYPED", barcode="02900000000025")
    products = [await make(owner, supplier, f"N-{index}") for index in range(6)]
    answers = await asyncio.gather(
        *(clients[1].post(f"{PRODUCTS}/{product}/barcode") for product in products)
    )
    codes = sorted(ok(answer, 201)["barcode"] for answer in answers)
    assert codes[:2] == ["02900000000018", "02900000000032"]
    assert len(set(codes)) == 6
    assert "02900000000025" not in codes
    row = await owner.fetchrow(
        "select barcode, version from catalogue_products where id = $1", UUID(products[0])
    )
    assert (row["barcode"] in codes, row["version"]) == (True, 2)
    event = await owner.fetchval(
        "select payload from kit_outbox_events where type = 'product.changed' and aggregate_id = $1",
        UUID(products[0]),
    )
    assert json.loads(event)["data"]["fields"] == ["barcode"]

    again = await clients[1].post(f"{PRODUCTS}/{products[0]}/barcode")
    assert problem(again, 409, "catalogue.barcode_assigned")["meta"]["barcode"] == row["barcode"]
    problem(await clients[2].post(f"{PRODUCTS}/{products[0]}/barcode"), 404, "not_found")
    head = await make(owner, supplier, "HEAD", has_variants=True)
    problem(await clients[1].post(f"{PRODUCTS}/{head}/barcode"), 409, "catalogue.head_not_sold")
    gone = await make(owner, supplier, "GONE", state="archived")
    problem(await clients[1].post(f"{PRODUCTS}/{gone}/barcode"), 409, "catalogue.product_archived")
    viewer = Person(role=Role.VIEWER, organisation_id=supplier.organisation_id)
    async with bare.client_of(viewer) as client:
        problem(await client.post(f"{PRODUCTS}/{gone}/barcode"), 403, "forbidden")
    left = await owner.fetch("select 1 from catalogue_products where barcode = '02900000000094'")
    assert left == []


async def test_labels_are_printed_for_own_products(owner, firms, clients) -> None:
    _, supplier, stranger = firms
    kettle = await make(owner, supplier, "K-1", barcode=EAN)
    cup = await make(owner, supplier, "CUP-1", options=json.dumps({"colour": "Blue"}))
    items = [{"product_id": kettle, "copies": 3}, {"product_id": cup}]
    body = {"items": items, "sheet": "a4-2x7", "start_position": 13}
    answer = await clients[1].post(f"{PRODUCTS}/labels.pdf", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    with pypdfium2.PdfDocument(answer.content) as document:
        pages = [page.render(scale=300 / 72).to_pil() for page in document]
        texts = [page.get_textpage().get_text_range() for page in document]
    # So that it is read aloud in its own language, under its own name.
    catalog = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert (catalog["/Lang"], catalog["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en", True)
    read = [sorted(code.text for code in zxingcpp.read_barcodes(page)) for page in pages]
    assert read == [["4006381333931"] * 2, ["4006381333931", "CUP-1"]]
    assert "Kettle CUP-1, Blue" in texts[1]
    assert "1,120.00\xa0KZT" in texts[1]

    async def refused(**change: object) -> list[tuple[str, str]]:
        return pointers(await clients[1].post(f"{PRODUCTS}/labels.pdf", json={**body, **change}))

    others = await make(owner, stranger, "S-1", barcode=EAN)
    assert await refused(items=[*items, {"product_id": others}]) == [
        ("#/items/2/product_id", "product.unknown")
    ]
    assert await refused(start_position=15) == [("#/start_position", "label.position")]
    long = await make(owner, supplier, "L", barcode_text="A-VERY-LONG-ARTICLE-NUMBER-0001")
    wide = {"items": [{"product_id": long}], "sheet": "roll-43x25", "kind": "code128"}
    assert await refused(**wide, start_position=1) == [
        ("#/items/0/product_id", "label.code_too_wide")
    ]
    assert await refused(items=[{"product_id": cup}], kind="ean") == [
        ("#/items/0/product_id", "catalogue.no_barcode")
    ]
    assert await refused(items=[{"product_id": cup, "copies": 2000}] * 2) == []
    fitting = {**body, **wide, "kind": "auto", "start_position": 1, "price": "none"}
    ok_answer = await clients[1].post(f"{PRODUCTS}/labels.pdf", json=fitting)
    with pypdfium2.PdfDocument(ok_answer.content) as document:
        page = document[0].render(scale=4 * 203 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    assert (str(code.format), code.text) == ("QR Code", "A-VERY-LONG-ARTICLE-NUMBER-0001")
