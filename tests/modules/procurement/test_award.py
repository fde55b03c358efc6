"""Awards: whole, split by line, once only, and again after a refusal."""

import asyncio
from uuid import UUID

from tests.factories.accounts import register
from tests.factories.procurement import (
    events_of,
    line,
    make_published,
    ok,
    problem,
    submit_quote,
)


async def field(app, vendors: int = 3, **overrides):
    """A buyer's request with a quote of every vendor, all shortlisted."""
    buyer = await register(app)
    request = await make_published(
        buyer, lines=[line(quantity="10"), line("Sand", "20")], **overrides
    )
    accounts = [
        await register(app, role="vendor", organisation_name=f"Vendor {n}") for n in range(vendors)
    ]
    quotes = [await submit_quote(account, request) for account in accounts]
    path = f"/api/v1/requests/{request['id']}"
    ok(
        await buyer.client.post(
            f"{path}/shortlist", json={"quote_ids": [one["id"] for one in quotes]}
        )
    )
    return buyer, accounts, request, quotes, path


async def states(owner) -> list[str]:
    found = await owner.fetch("select state from procurement_quotes order by organisation_name")
    return [row["state"] for row in found]


async def test_the_winner_gets_a_deal_and_the_others_wait(app, owner):
    buyer, accounts, request, quotes, path = await field(app)
    body = {"allocations": [{"quote_id": quotes[1]["id"]}], "reason": "Best terms"}
    awarded = ok(await buyer.client.post(f"{path}/award", json=body))
    assert (awarded["state"], awarded["deals_count"]) == ("awarded", 1)
    assert await states(owner) == ["standby", "accepted", "standby"]
    (deal,) = ok(await accounts[1].client.get("/api/v1/deals"))["items"]
    # 30 tonnes at 1,000.00 and 12 %
    assert (deal["net"]["amount"], deal["tax"]["amount"], deal["total"]["amount"]) == (
        3_000_000,
        360_000,
        3_360_000,
    )
    assert deal["state"] == "negotiation"
    (event,) = await events_of(owner, request["id"], "request.awarded")
    assert event["payload"]["data"]["deal_ids"] == [deal["id"]]
    assert ok(await accounts[0].client.get("/api/v1/deals"))["total"] == 0


async def test_two_managers_award_two_quotes_and_one_wins(app, owner):
    buyer, _, request, quotes, path = await field(app)
    answers = await asyncio.gather(
        *(
            buyer.client.post(f"{path}/award", json={"allocations": [{"quote_id": quote["id"]}]})
            for quote in quotes
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"invalid_transition"}
    assert await owner.fetchval("select count(*) from procurement_deals") == 1
    assert sorted(await states(owner)) == ["accepted", "standby", "standby"]
    assert len(await events_of(owner, request["id"], "request.awarded")) == 1


async def test_one_key_awards_once(app, owner):
    buyer, _, _, quotes, path = await field(app)
    body = {"allocations": [{"quote_id": quotes[0]["id"]}]}
    headers = {"Idempotency-Key": '"award-1"'}
    answers = await asyncio.gather(
        *(buyer.client.post(f"{path}/award", json=body, headers=headers) for _ in range(4))
    )
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.text for answer in answers}) == 1
    assert await owner.fetchval("select count(*) from procurement_deals") == 1
    other = {"allocations": [{"quote_id": quotes[1]["id"]}]}
    problem(
        await buyer.client.post(f"{path}/award", json=other, headers=headers),
        422,
        "idempotency.mismatch",
    )


async def test_a_split_gives_each_vendor_their_lines(app, owner):
    buyer, accounts, request, quotes, path = await field(app)
    first, second = (one["id"] for one in request["lines"])
    allocations = [
        {
            "quote_id": quotes[0]["id"],
            "lines": [{"request_line_id": first}, {"request_line_id": second, "quantity": "5"}],
        },
        {"quote_id": quotes[2]["id"], "lines": [{"request_line_id": second}]},
    ]
    ok(await buyer.client.post(f"{path}/award", json={"allocations": allocations}))
    shares = {}
    for account in (accounts[0], accounts[2]):
        (deal,) = ok(await account.client.get("/api/v1/deals"))["items"]
        shown = ok(await account.client.get(f"/api/v1/deals/{deal['id']}"))
        shares[account.organisation_name] = [
            (one["request_line_id"], one["quantity"]) for one in shown["terms"]["lines"]
        ]
    assert shares == {"Vendor 0": [(first, "10"), (second, "5")], "Vendor 2": [(second, "15")]}
    assert await states(owner) == ["accepted", "standby", "accepted"]


async def test_a_split_that_does_not_fit_changes_nothing(app, owner):
    buyer, _, request, quotes, path = await field(app)
    first, second = (one["id"] for one in request["lines"])
    one, two = quotes[0]["id"], quotes[1]["id"]
    cases = [
        (
            [{"quote_id": one, "lines": [{"request_line_id": first, "quantity": "11"}]}],
            "#/allocations/0/lines/0/quantity",
        ),
        (
            [{"quote_id": one}, {"quote_id": two, "lines": [{"request_line_id": second}]}],
            "#/allocations/1/lines/0/quantity",
        ),
        ([{"quote_id": one}, {"quote_id": one}], "#/allocations/1/quote_id"),
        ([{"quote_id": request["id"]}], "#/allocations/0/quote_id"),
        (
            [{"quote_id": one, "lines": [{"request_line_id": first}, {"request_line_id": first}]}],
            "#/allocations/0/lines/1/request_line_id",
        ),
        (
            [{"quote_id": one, "lines": [{"request_line_id": one}]}],
            "#/allocations/0/lines/0/request_line_id",
        ),
        ([{"quote_id": one}, {"quote_id": two}], "#/allocations/1"),
    ]
    for allocations, pointer in cases:
        answer = await buyer.client.post(f"{path}/award", json={"allocations": allocations})
        body = problem(answer, 422, "procurement.allocation")
        assert [error["pointer"] for error in body["errors"]] == [pointer]
    assert await states(owner) == ["submitted"] * 3
    assert await owner.fetchval("select count(*) from procurement_deals") == 0


async def test_an_expired_or_unconfirmed_quote_cannot_win(app, owner):
    buyer, _, _, quotes, path = await field(app)
    await owner.execute(
        "update procurement_quotes set valid_until = now() where id = $1", UUID(quotes[0]["id"])
    )
    await owner.execute(
        "update procurement_quotes set needs_reconfirm = true where id = $1", UUID(quotes[1]["id"])
    )
    for quote, code in ((quotes[0], "quote_expired"), (quotes[1], "needs_reconfirm")):
        answer = await buyer.client.post(
            f"{path}/award", json={"allocations": [{"quote_id": quote["id"]}]}
        )
        problem(answer, 409, f"procurement.{code}")
    assert await owner.fetchval("select count(*) from procurement_deals") == 0


async def test_withdrawal_and_award_at_once_leave_one_truth(app, owner):
    buyer, accounts, _, quotes, path = await field(app, vendors=1)
    award, withdrawal = await asyncio.gather(
        buyer.client.post(f"{path}/award", json={"allocations": [{"quote_id": quotes[0]["id"]}]}),
        accounts[0].client.post(f"/api/v1/quotes/{quotes[0]['id']}/withdraw", json={}),
    )
    deals = await owner.fetchval("select count(*) from procurement_deals")
    (state,) = await states(owner)
    if award.status_code == 200:
        assert (withdrawal.status_code, deals, state) == (409, 1, "accepted")
    else:
        assert (award.status_code, withdrawal.status_code, deals, state) == (
            422,
            200,
            0,
            "withdrawn",
        )


async def test_after_a_refusal_the_next_vendor_gets_it_in_one_step(app, owner):
    buyer, accounts, _, quotes, path = await field(app)
    ok(
        await buyer.client.post(
            f"{path}/award", json={"allocations": [{"quote_id": quotes[0]["id"]}]}
        )
    )
    taken = {"allocations": [{"quote_id": quotes[1]["id"]}]}
    problem(await buyer.client.post(f"{path}/reaward", json=taken), 422, "procurement.allocation")
    for index in (0, 1):
        (deal,) = ok(
            await accounts[index].client.get("/api/v1/deals", params={"state": "negotiation"})
        )["items"]
        ok(
            await accounts[index].client.post(
                f"/api/v1/deals/{deal['id']}/refuse", json={"reason": "No capacity"}
            )
        )
        following = {"allocations": [{"quote_id": quotes[index + 1]["id"]}]}
        again = ok(await buyer.client.post(f"{path}/reaward", json=following))
        assert again["state"] == "awarded"
    assert await states(owner) == ["accepted", "accepted", "accepted"]
    live = await owner.fetch(
        "select vendor_organisation_name from procurement_deals where state <> 'cancelled'"
    )
    assert [row["vendor_organisation_name"] for row in live] == ["Vendor 2"]


async def test_awarding_again_is_offered_while_something_is_free(app, owner):
    buyer, _, request, quotes, path = await field(app, vendors=2)

    async def offers_it():
        return "reaward" in {one["name"] for one in ok(await buyer.client.get(path))["actions"]}

    first, second = (one["id"] for one in request["lines"])
    part = [{"request_line_id": first}, {"request_line_id": second, "quantity": "5"}]
    body = {"allocations": [{"quote_id": quotes[0]["id"], "lines": part}]}
    ok(await buyer.client.post(f"{path}/award", json=body))
    assert await offers_it()
    rest = {"allocations": [{"quote_id": quotes[1]["id"]}]}
    ok(await buyer.client.post(f"{path}/reaward", json=rest))
    assert not await offers_it()


async def test_awarding_again_is_offered_after_a_refusal_to_whoever_waits(app, owner):
    buyer, accounts, _, quotes, path = await field(app, vendors=2)

    async def offers_it():
        return "reaward" in {one["name"] for one in ok(await buyer.client.get(path))["actions"]}

    body = {"allocations": [{"quote_id": quotes[0]["id"]}]}
    ok(await buyer.client.post(f"{path}/award", json=body))
    assert not await offers_it()
    (deal,) = ok(await accounts[0].client.get("/api/v1/deals"))["items"]
    refusal = {"reason": "No capacity"}
    ok(await accounts[0].client.post(f"/api/v1/deals/{deal['id']}/refuse", json=refusal))
    assert await offers_it()
    matrix = ok(await buyer.client.get(f"{path}/comparison"))
    # Both quotes cost the same; what was refused is not the best that can be had.
    best = {one["id"]: one["best_total"] for one in matrix["quotes"]}
    assert best == {quotes[0]["id"]: False, quotes[1]["id"]: True}
    withdrawn = await accounts[1].client.post(f"/api/v1/quotes/{quotes[1]['id']}/withdraw", json={})
    ok(withdrawn)
    assert not await offers_it()


async def test_a_stranger_awards_nothing(app, owner):
    buyer, accounts, _, quotes, path = await field(app)
    body = {"allocations": [{"quote_id": quotes[0]["id"]}]}
    problem(await accounts[0].client.post(f"{path}/award", json=body), 404, "not_found")
    assert await states(owner) == ["submitted"] * 3
    assert buyer.organisation_id
