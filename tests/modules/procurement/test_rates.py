"""Exchange rates: own before the platform's, the latest that applies, inverse and crossed."""

from datetime import date
from decimal import Decimal

import pytest

from karavan.kit.money import Money
from karavan.modules.procurement.errors import NoExchangeRateError
from karavan.modules.procurement.rates import Rate, RateBook
from tests.factories.accounts import add_member, register
from tests.factories.procurement import ok, pointers, problem

DAY = date(2026, 11, 21)


def book(**pairs: str) -> RateBook:
    return RateBook(
        (Rate(pair[:3], pair[3:], Decimal(rate), DAY, "test") for pair, rate in pairs.items()), DAY
    )


def test_direct_inverse_and_crossed() -> None:
    rates = book(USDKZT="500", EURKZT="550", JPYKZT="3.5", KWDKZT="1600")
    assert rates.convert(Money(100, "USD"), "KZT") == 50_000
    assert rates.convert(Money(50_000, "KZT"), "USD") == 100
    assert rates.convert(Money(100, "EUR"), "USD") == 110
    assert rates.find("EUR", "USD").via == "KZT"
    assert rates.convert(Money(7, "KZT"), "KZT") == 7
    # Ten yen have no minor units, one dinar has a thousand.
    assert rates.convert(Money(10, "JPY"), "KZT") == 3_500
    assert rates.convert(Money(1_000, "KWD"), "KZT") == 160_000
    with pytest.raises(NoExchangeRateError):
        rates.find("USD", "CHF")


async def test_own_rates_come_first_and_others_never_see_them(app, owner):
    company, other = await register(app), await register(app)
    await owner.execute(
        "insert into procurement_exchange_rates (id, base_currency, quote_currency, rate, effective_on, source)"
        " values (gen_random_uuid(), 'USD', 'KZT', 500, '2026-01-01', 'Platform')"
    )
    body = {"base": "USD", "quote": "KZT", "rate": "510.25", "effective_on": "2025-12-01"}
    ok(await company.client.put("/api/v1/exchange-rates", json={"rates": [body]}))

    async def rate(account, **query):
        shown = ok(await account.client.get("/api/v1/exchange-rates", params=query))["rates"]
        return [(one["rate"], one["own"]) for one in shown]

    assert await rate(company) == [("510.25", True)]
    assert await rate(other) == [("500", False)]
    assert await rate(company, on="2025-06-01") == []
    ok(
        await company.client.put(
            "/api/v1/exchange-rates", json={"rates": [{**body, "rate": "511"}]}
        )
    )
    assert await rate(company) == [("511", True)]
    same = {**body, "quote": "USD"}
    answer = await company.client.put("/api/v1/exchange-rates", json={"rates": [same]})
    assert pointers(answer) == [("#/rates/0/quote", "same_currency")]
    buyer = await add_member(company, "buyer")
    problem(
        await buyer.client.put("/api/v1/exchange-rates", json={"rates": [body]}), 403, "forbidden"
    )
    assert await owner.fetchval("select count(*) from procurement_exchange_rates") == 2


async def test_an_own_rate_is_taken_away_and_what_stood_before_applies_again(app, owner):
    company, other = await register(app), await register(app)
    await owner.execute(
        "insert into procurement_exchange_rates (id, base_currency, quote_currency, rate, effective_on)"
        " values (gen_random_uuid(), 'USD', 'KZT', 500, '2026-01-01')"
    )
    body = {"base": "USD", "quote": "KZT", "rate": "510.25", "effective_on": "2026-02-01"}
    path = "/api/v1/exchange-rates"
    for account in (company, other):
        ok(await account.client.put(path, json={"rates": [body]}))
    own = f"{path}/USD/KZT/2026-02-01"
    buyer = await add_member(company, "buyer")
    problem(await buyer.client.delete(own), 403, "forbidden")
    # The platform's is nobody's own.
    problem(await company.client.delete(f"{path}/USD/KZT/2026-01-01"), 404, "not_found")
    assert (await company.client.delete(f"{path}/USD/KZT/yesterday")).status_code == 422
    assert (await company.client.delete(own)).status_code == 204
    problem(await company.client.delete(own), 404, "not_found")

    async def rate(account):
        (shown,) = ok(await account.client.get(path))["rates"]
        return shown["rate"], shown["own"]

    assert await rate(company) == ("500", False)
    assert await rate(other) == ("510.25", True)
    entry = await owner.fetchval(
        "select before->>'USD/KZT 2026-02-01' from kit_audit_entries"
        " where action = 'exchange_rates.delete'"
    )
    assert entry == "510.25"
