"""Proforma, packing slip, conversation and credit: for both sides, and for nobody else."""

import io

from pypdf import PdfReader

from tests.factories.accounts import register
from tests.factories.links import move as move_link
from tests.factories.orders import ORDERS, make_trade, move, place
from tests.factories.procurement import kzt, ok, problem


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


async def test_papers_say_what_was_ordered_and_what_left(app, trade):
    order = await place(trade, "3", "2", buyer_reference="PO-9", delivery_address="5 Mangilik El")
    path = f"{ORDERS}/{order['id']}"
    for account in (trade.buyer, trade.seller):
        answer = await account.client.get(f"{path}/proforma.pdf")
        assert answer.headers["content-type"] == "application/pdf"
        text = text_of(answer.content)
        for words in (order["number"], "PO-9", "Arabica beans", "COFFEE-1", "KZ86125KZT5004100100"):
            assert words in text
        assert "4,480.00" in text
    await move(trade.seller, order, "confirm")
    await move(trade.seller, order, "process")
    part = [{"line_id": order["lines"][1]["id"], "quantity": "2"}]
    await move(trade.seller, order, "ship", lines=part, tracking_number="KZ-77", carrier="Kazpost")
    text = text_of((await trade.seller.client.get(f"{path}/packing-slip.pdf")).content)
    assert "KZ-77" in text
    assert "TEA-1" in text
    assert "COFFEE-1" not in text
    assert "500.00" not in text
    missing = await trade.seller.client.get(f"{path}/packing-slip.pdf", params={"shipment": 2})
    problem(missing, 404, "not_found")
    stranger = await register(app, role="vendor")
    for name in ("proforma.pdf", "packing-slip.pdf", "messages"):
        problem(await stranger.client.get(f"{path}/{name}"), 404, "not_found")


async def test_both_sides_talk_about_the_order(app, trade, drain):
    order = await place(trade, "1")
    path = f"{ORDERS}/{order['id']}/messages"
    assert ok(await trade.buyer.client.get(path))["items"] == []
    said = {"body": "When will it come?", "client_id": "c-1"}
    first = ok(await trade.buyer.client.post(path, json=said), 201)
    assert ok(await trade.buyer.client.post(path, json=said), 201)["id"] == first["id"]
    ok(await trade.seller.client.post(path, json={"body": "Tomorrow."}), 201)
    feed = ok(await trade.seller.client.get(path))["items"]
    assert [one["body"] for one in feed] == ["When will it come?", "Tomorrow."]
    seen = ok(await trade.buyer.client.get(f"{ORDERS}/{order['id']}"))
    assert seen["thread"]["unread"] == 1
    await drain()
    told = ok(await trade.seller.client.get("/api/v1/notifications"))["items"]
    assert {(one["kind"], one["link"]) for one in told} >= {
        ("order.placed", f"/app/orders/{order['id']}"),
        ("message.posted", f"/app/orders/{order['id']}"),
    }
    stranger = await register(app, role="buyer")
    problem(await stranger.client.post(path, json={"body": "Me too"}), 404, "not_found")
    await move_link(trade.seller, trade.link, "block")
    problem(await trade.buyer.client.post(path, json={"body": "Hello?"}), 409, "order.chat_closed")
    assert len(ok(await trade.buyer.client.get(path))["items"]) == 2


async def test_credit_of_a_link(app, owner):
    trade = await make_trade(app, owner, credit_limit=kzt(1_000_000))
    order = await place(trade, "2")
    other = await place(trade, "1")
    await move(trade.seller, order, "confirm")
    ok(await trade.seller.client.post(f"{ORDERS}/{order['id']}/invoice", json={}))
    path = f"/api/v1/links/{trade.link['id']}/credit"
    for account in (trade.buyer, trade.seller):
        credit = ok(await account.client.get(path))
        assert (credit["limit"], credit["available"]) == (kzt(1_000_000), kzt(664_000))
        assert (credit["reserved"], credit["used"]) == ([kzt(112_000)], [kzt(224_000)])
        assert [one["due"] for one in credit["invoices"]] == [kzt(224_000)]
        assert credit["blocked"] is False
    await move(trade.buyer, other, "cancel")
    assert ok(await trade.buyer.client.get(path))["reserved"] == []
    stranger = await register(app, role="buyer")
    problem(await stranger.client.get(path), 404, "not_found")
