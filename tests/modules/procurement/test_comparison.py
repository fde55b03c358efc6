"""Comparing quotes: the arithmetic on its own, and the matrix that the buyer sees."""

from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from karavan.modules.procurement.comparison import (
    Offer,
    OfferLine,
    Weight,
    best_by_line,
    best_total,
    landed,
    score,
    split_amount,
)
from karavan.modules.procurement.states import CriterionKind, LineKind
from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    kzt,
    line,
    make_published,
    offer_body,
    ok,
    pointers,
    problem,
    submit_quote,
)

FIRST, SECOND = UUID(int=1), UUID(int=2)


def offer(
    number: int, *amounts: int | None, delivery: int = 0, lead: int = 10, days: int = 0
) -> Offer:
    """An offer of one unit a line at these amounts; none where it is not available."""
    lines = [
        OfferLine(
            request_line_id=UUID(int=index),
            kind=LineKind.NOT_AVAILABLE if amount is None else LineKind.OFFERED,
            quantity=Decimal(1),
            net_amount=amount or 0,
            lead_time_days=lead,
            whole=True,
        )
        for index, amount in enumerate(amounts, start=1)
    ]
    total = sum(amount or 0 for amount in amounts) + delivery
    return Offer(
        quote_id=UUID(int=100 + number),
        lines=lines,
        delivery_amount=delivery,
        total_amount=total,
        lead_time_days=lead,
        payment_days=days,
    )


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20),
    st.integers(0, 10**9),
)
def test_the_delivery_is_spread_without_losing_a_unit(amounts: list[int], delivery: int) -> None:
    costs = landed(offer(1, *amounts, delivery=delivery), "KZT")
    assert sum(one.amount for one in costs) == sum(amounts) + delivery
    assert all(one.amount >= one.line.net_amount for one in costs)


def test_the_best_of_a_line_counts_the_delivery() -> None:
    cheap_but_far = offer(1, 1000, 1000, delivery=500)
    near = offer(2, 1100, 1400)
    assert best_by_line([cheap_but_far, near], "KZT") == {
        FIRST: {near.quote_id},
        SECOND: {cheap_but_far.quote_id},
    }
    assert split_amount([cheap_but_far, near], [FIRST, SECOND], "KZT") == 1100 + 1250


def test_only_complete_quotes_compete_for_the_total() -> None:
    partial, complete, dearer = offer(1, 10, None), offer(2, 500, 500), offer(3, 600, 600)
    assert best_total([partial, complete, dearer], [FIRST, SECOND]) == {complete.quote_id}
    assert split_amount([partial], [FIRST, SECOND], "KZT") is None


def test_scores_are_shares_of_the_best() -> None:
    one, two = offer(1, 800, 200, lead=9, days=30), offer(2, 1000, 1000, lead=19, days=15)
    manual = uuid4()
    weights = [
        Weight(criterion_id=uuid4(), kind=CriterionKind.PRICE, weight=50),
        Weight(criterion_id=uuid4(), kind=CriterionKind.LEAD_TIME, weight=20),
        Weight(criterion_id=uuid4(), kind=CriterionKind.PAYMENT_DAYS, weight=10),
        Weight(
            criterion_id=manual,
            kind=CriterionKind.MANUAL,
            weight=20,
            manual={one.quote_id: Decimal(60)},
        ),
    ]
    scores = score([one, two], weights, [FIRST, SECOND])
    assert [part.points for part in scores[one.quote_id].parts] == [100, 100, 100, 60]
    assert scores[one.quote_id].total == Decimal("92.00")
    # price 1000/2000, lead time (9+1)/(19+1), payment 15/30; the missing score is left out, not counted as zero
    assert [part.points for part in scores[two.quote_id].parts] == [50, 50, 50, None]
    assert scores[two.quote_id].total == Decimal("50.00")
    assert scores[two.quote_id].complete is False


async def test_the_matrix_in_the_currency_of_choice(app, owner):
    buyer = await register(app)
    near, far = await register(app, role="vendor"), await register(app, role="vendor")
    request = await make_published(buyer, lines=[line(quantity="10"), line("Sand", "4")])
    first, second = (one["id"] for one in request["lines"])
    await submit_quote(near, request, lead_time_days=5)
    lines = [
        {
            "request_line_id": first,
            "unit_price": {"amount": 150, "currency": "USD"},
            "tax_rate": "12",
        },
        {"request_line_id": second, "kind": "not_available"},
    ]
    await submit_quote(far, request, currency="USD", lines=lines)
    path = f"/api/v1/requests/{request['id']}/comparison"
    body = problem(await buyer.client.get(path), 409, "procurement.no_exchange_rate")
    assert (body["meta"]["base"], body["meta"]["quote"]) == ("USD", "KZT")
    rate = {
        "base": "USD",
        "quote": "KZT",
        "rate": "500",
        "effective_on": "2026-01-01",
        "source": "Bank",
    }
    ok(await buyer.client.put("/api/v1/exchange-rates", json={"rates": [rate]}))
    matrix = ok(await buyer.client.get(path))
    assert [
        (quote["total"], quote["complete"], quote["best_total"]) for quote in matrix["quotes"]
    ] == [
        (kzt(840_000), False, False),
        (kzt(1_568_000), True, True),
    ]
    dollar, tenge = matrix["quotes"]
    assert dollar["original_total"] == {"amount": 1680, "currency": "USD"}
    assert dollar["lines"][0]["unit_price"] == kzt(75_000)
    assert [cell["best"] for cell in dollar["lines"]] == [True, False]
    assert [cell["best"] for cell in tenge["lines"]] == [False, True]
    assert matrix["best_split"] == kzt(750_000 + 400_000)
    assert [(one["base"], one["rate"], one["source"]) for one in matrix["rates"]] == [
        ("USD", "500", "Bank")
    ]
    inverse = ok(await buyer.client.get(path, params={"currency": "USD"}))
    assert inverse["quotes"][0]["total"] == {"amount": 1680, "currency": "USD"}
    table = (await buyer.client.get(f"{path}.csv")).text
    assert "750.00" in table
    problem(await near.client.get(path), 404, "not_found")
    viewer = await add_member(buyer, "viewer")
    assert ok(await viewer.client.get(path))["currency"] == "KZT"


async def test_a_part_of_the_quantity_does_not_win_by_being_a_part(app, owner):
    buyer = await register(app)
    whole, part = await register(app, role="vendor"), await register(app, role="vendor")
    boxes = await register(app, role="vendor")
    request = await make_published(buyer, lines=[line(quantity="10")])
    path = f"/api/v1/requests/{request['id']}"
    criteria = [{"name": "Price", "kind": "price", "weight": 1}]
    ok(await buyer.client.put(f"{path}/criteria", json={"criteria": criteria}))
    answer = {"request_line_id": request["lines"][0]["id"], "tax_rate": "0"}
    await submit_quote(part, request, lines=[{**answer, "unit_price": kzt(90), "quantity": "1"}])
    alone = ok(await buyer.client.get(f"{path}/comparison"))
    assert (alone["quotes"][0]["lines"][0]["best"], alone["best_split"]) == (True, None)
    await submit_quote(whole, request, lines=[{**answer, "unit_price": kzt(100)}])
    in_boxes = {"unit": "XBX", "quantity": "2", "unit_price": kzt(600)}
    await submit_quote(boxes, request, lines=[{**answer, **in_boxes}])
    matrix = ok(await buyer.client.get(f"{path}/comparison"))
    told = [
        (one["complete"], one["lines_offered"], one["best_total"], one["score"])
        for one in matrix["quotes"]
    ]
    assert told == [
        (False, 0, False, "0.00"),
        (True, 1, True, "100.00"),
        (True, 1, False, "83.33"),
    ]
    cells = [one["lines"][0] for one in matrix["quotes"]]
    assert [cell["best"] for cell in cells] == [False, True, False]
    assert [cell["whole"] for cell in cells] == [False, True, True]
    # Twelve hundred for the ten that were asked for, however many boxes they come in.
    assert cells[2]["landed_unit_amount"] == "120.00"
    assert matrix["best_split"] == kzt(1000)


async def test_criteria_and_scores_are_the_buyers_alone(app, owner):
    buyer, vendor = await register(app), await register(app, role="vendor")
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    path = f"/api/v1/requests/{request['id']}"
    criteria = [
        {"name": "Price", "kind": "price", "weight": 3},
        {"name": "Service", "kind": "manual", "weight": 1},
    ]
    shown = ok(await buyer.client.put(f"{path}/criteria", json={"criteria": criteria}))["criteria"]
    assert [one["share"] for one in shown] == ["75.0", "25.0"]
    points = {
        "criterion_id": shown[1]["id"],
        "quote_id": quote["id"],
        "value": "80",
        "note": "Near",
    }
    for value in ("70", "80"):
        ok(await buyer.client.put(f"{path}/scores", json={**points, "value": value}))
    (column,) = ok(await buyer.client.get(f"{path}/comparison"))["quotes"]
    assert (column["score"], column["parts"][1]["points"], column["parts"][1]["note"]) == (
        "95.00",
        "80",
        "Near",
    )
    calculated = {**points, "criterion_id": shown[0]["id"]}
    answer = await buyer.client.put(f"{path}/scores", json=calculated)
    assert pointers(answer) == [("#/criterion_id", "calculated")]
    assert pointers(await buyer.client.put(f"{path}/scores", json={**points, "value": "101"})) == [
        ("#/value", "less_than_equal")
    ]
    for answer in (
        await vendor.client.get(f"{path}/criteria"),
        await vendor.client.put(f"{path}/criteria", json={"criteria": []}),
        await vendor.client.put(f"{path}/scores", json=points),
    ):
        problem(answer, 404, "not_found")
    assert await owner.fetchval("select count(*) from procurement_criteria") == 2
    kept = {"criteria": [{"id": shown[1]["id"], "name": "Service", "kind": "manual", "weight": 1}]}
    ok(await buyer.client.put(f"{path}/criteria", json=kept))
    assert await owner.fetchval("select count(*) from procurement_scores") == 1
    assert offer_body(request)
