"""Trading links under concurrency: two people act at the same moment, and one state of affairs comes out."""

import asyncio

from tests.factories.accounts import register, sign_in
from tests.factories.links import API, ask, make_link, move, read

ROUNDS = 4


def post(account, path, **body):
    return account.client.post(f"{API}/{path}", json=body)


async def test_two_requests_at_once_are_one(app, pair, owner):
    colleague = await sign_in(pair.buyer)
    for _ in range(ROUNDS):
        supplier = await register(app, role="vendor")
        body = {"supplier_organisation_id": str(supplier.organisation_id)}
        answers = await asyncio.gather(
            *(post(one, "requests", **body) for one in (pair.buyer, colleague) * 2)
        )
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
        refused = {one.json()["code"] for one in answers if one.status_code == 409}
        assert refused == {"links.already_linked"}
    assert await owner.fetchval("select count(*) from links_links") == ROUNDS


async def test_an_acceptance_and_a_withdrawal_at_once(pair):
    for _ in range(ROUNDS):
        link = await ask(pair.buyer, pair.vendor)
        accepted, withdrawn = await asyncio.gather(
            post(pair.vendor, f"{link['id']}/accept"), post(pair.buyer, f"{link['id']}/withdraw")
        )
        assert sorted((accepted.status_code, withdrawn.status_code)) == [200, 409]
        state = (await read(pair.buyer, link))["state"]
        assert state == ("accepted" if accepted.status_code == 200 else "withdrawn")
        if state == "accepted":
            await move(pair.buyer, link, "leave")


async def test_a_denial_and_another_request_at_once(pair, owner):
    for _ in range(ROUNDS):
        link = await ask(pair.buyer, pair.vendor)
        body = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
        denied, asked = await asyncio.gather(
            post(pair.vendor, f"{link['id']}/deny"), post(pair.buyer, "requests", **body)
        )
        assert (denied.status_code, asked.status_code) == (200, 409)
        assert asked.json()["code"] in {"links.already_linked", "links.cooling_period"}
        await owner.execute("update links_links set retry_at = now()")


async def test_a_block_of_a_denied_one_and_a_new_request_at_once(pair, owner):
    for _ in range(ROUNDS):
        link = await ask(pair.buyer, pair.vendor)
        await move(pair.vendor, link, "deny")
        await owner.execute("update links_links set retry_at = now() where state = 'denied'")
        body = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
        blocked, asked = await asyncio.gather(
            post(pair.vendor, f"{link['id']}/block"), post(pair.buyer, "requests", **body)
        )
        assert sorted((blocked.status_code, asked.status_code // 100)) in ([2, 409], [4, 200])
        live = await owner.fetchval(
            "select count(*) from links_links where state in ('pending', 'accepted', 'blocked')"
        )
        assert live == 1
        await owner.execute("update links_links set state = 'left'")


async def test_terms_that_change_at_once_follow_one_another(pair):
    link = await make_link(pair.buyer, pair.vendor)
    answers = await asyncio.gather(
        *(
            pair.vendor.client.put(
                f"{API}/{link['id']}/terms", json={"terms": {"payment_days": days}}
            )
            for days in (1, 2, 3)
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 3
    versions = (await read(pair.vendor, link))["terms_versions"]
    assert [one["number"] for one in versions] == [4, 3, 2, 1]
