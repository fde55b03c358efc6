"""Terms of a trading link: what is granted, in versions."""

from uuid import UUID, uuid4

import pytest

from karavan.kit.errors import NotFoundError
from karavan.kit.money import Money
from karavan.kit.scopes import SYSTEM
from karavan.modules.links import price_lists
from karavan.modules.links.public import (
    AgreedPriceList,
    accepted_link,
    link_terms_version,
    link_view,
    linked_suppliers,
    organisations_linked_to,
    use_price_lists,
)
from tests.factories.links import API, TERMS, ask, make_link, move, read
from tests.factories.procurement import kzt, ok, pointers, problem


async def put(account, link, terms, **body):
    path = f"{API}/{link['id']}/terms"
    return await account.client.put(path, json={"terms": terms, **body})


async def test_every_change_is_a_version(pair, owner):
    link = await make_link(pair.buyer, pair.vendor)
    same = ok(await put(pair.vendor, link, TERMS))
    assert (same["terms"]["number"], same["version"]) == (1, link["version"])
    changed = ok(await put(pair.vendor, link, {"payment_days": 0}, version=link["version"]))
    assert changed["terms"] == {
        "number": 2,
        "price_list_id": None,
        "price_list_name": None,
        "credit_limit": None,
        "payment_days": 0,
        "minimum_order": None,
        "delivery_days": None,
        "representative_user_id": None,
        "representative_name": None,
    }
    problem(await put(pair.vendor, link, TERMS, version=link["version"]), 409, "conflict")
    versions = (await read(pair.buyer, link))["terms_versions"]
    assert [(one["number"], one["payment_days"], one["set_by_name"]) for one in versions] == [
        (2, 0, None),
        (1, 30, None),
    ]
    assert changed["terms_versions"][0]["set_by_name"] == "Timur Akhmetov"
    audited = await owner.fetchrow(
        "select before, after from kit_audit_entries where action = 'link.change-terms'"
    )
    assert '"payment_days": 30' in audited["before"]
    assert '"payment_days": 0' in audited["after"]


async def test_only_the_supplier_and_only_while_accepted(pair, owner):
    asked = await ask(pair.buyer, pair.vendor)
    problem(await put(pair.vendor, asked, TERMS), 409, "links.not_accepted")
    problem(await put(pair.buyer, asked, TERMS), 403, "forbidden")
    await move(pair.vendor, asked, "accept", terms=TERMS)
    problem(await put(pair.buyer, asked, {}), 403, "forbidden")
    await move(pair.vendor, asked, "block")
    problem(await put(pair.vendor, asked, {}), 409, "links.not_accepted")
    assert await owner.fetchval("select count(*) from links_terms") == 1


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"credit_limit": kzt(-1)}, "#/terms/credit_limit"),
        ({"credit_limit": {"amount": 1, "currency": "XXX"}}, "#/terms/credit_limit"),
        ({"payment_days": 366}, "#/terms/payment_days"),
        ({"delivery_days": -1}, "#/terms/delivery_days"),
        ({"credit_limit": kzt(1), "minimum_order": {"amount": 1, "currency": "USD"}}, "#/terms"),
        ({"representative_user_id": str(uuid4())}, "#/terms/representative_user_id"),
        ({"price_list_id": str(uuid4())}, "#/terms/price_list_id"),
        ({"discount": 5}, "#/terms/discount"),
    ],
)
async def test_bad_terms_change_nothing(pair, owner, terms, pointer):
    asked = await ask(pair.buyer, pair.vendor)
    answer = await pair.vendor.client.post(f"{API}/{asked['id']}/accept", json={"terms": terms})
    assert [one for one, _ in pointers(answer)] == [pointer]
    assert await owner.fetchval("select state from links_links") == "pending"
    assert await owner.fetchval("select count(*) from links_terms") == 0


async def test_the_representative_is_of_the_suppliers_team(pair):
    asked = await ask(pair.buyer, pair.vendor)
    for user_id in (pair.buyer.user_id, uuid4()):
        terms = {"representative_user_id": str(user_id)}
        answer = await pair.vendor.client.post(f"{API}/{asked['id']}/accept", json={"terms": terms})
        assert pointers(answer) == [("#/terms/representative_user_id", "unknown")]


async def test_price_lists_are_known_by_whoever_keeps_them(pair, monkeypatch):
    monkeypatch.setattr(price_lists, "_finders", [])
    mine = uuid4()

    async def find(_, supplier, price_list_id):
        known = (supplier, price_list_id) == (pair.vendor.organisation_id, mine)
        return AgreedPriceList("Wholesale A", "KZT") if known else None

    use_price_lists(find)
    link = await make_link(pair.buyer, pair.vendor, price_list_id=str(mine))
    assert (link["terms"]["price_list_id"], link["terms"]["price_list_name"]) == (
        str(mine),
        "Wholesale A",
    )
    assert pointers(await put(pair.vendor, link, {"price_list_id": str(uuid4())})) == [
        ("#/terms/price_list_id", "unknown")
    ]
    # Orders at prices of the list could be compared with no amount in another currency.
    dollars = {"amount": 100, "currency": "USD"}
    for name in ("credit_limit", "minimum_order"):
        refused = await put(pair.vendor, link, {"price_list_id": str(mine), name: dollars})
        assert pointers(refused) == [(f"#/terms/{name}", "price_list_currency")]
    assert (await read(pair.vendor, link))["terms"]["number"] == 1


async def test_what_other_modules_are_told(pair, database):
    buyer, supplier = pair.buyer.organisation_id, pair.vendor.organisation_id
    link = await make_link(pair.buyer, pair.vendor)
    ok(await put(pair.vendor, link, {"credit_limit": kzt(0)}))
    async with database.transaction(SYSTEM) as session:
        view = await accepted_link(session, buyer, supplier, lock=True)
        assert (str(view.id), view.terms.number) == (link["id"], 2)
        assert (view.terms.credit_limit, view.terms.payment_days) == (Money(0, "KZT"), None)
        earlier = await link_terms_version(session, view.id, 1)
        assert earlier.minimum_order == Money(20_000_00, "KZT")
        assert list(await organisations_linked_to(session, supplier)) == [buyer]
        assert list(await linked_suppliers(session, buyer)) == [supplier]
        with pytest.raises(NotFoundError):
            await accepted_link(session, supplier, buyer)
        with pytest.raises(NotFoundError):
            await link_terms_version(session, view.id, 3)
    await move(pair.vendor, link, "block")
    async with database.transaction(SYSTEM) as session:
        with pytest.raises(NotFoundError):
            await accepted_link(session, buyer, supplier)
        assert (await link_view(session, UUID(link["id"]))).state == "blocked"
        assert list(await organisations_linked_to(session, supplier)) == []
