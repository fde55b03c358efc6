"""The assistant by API: proposals with their sources, without and with a language model."""

import asyncpg
from fastapi import FastAPI

from karavan.adapters.llm.openai_compatible import OpenAICompatibleModel
from karavan.adapters.llm.sandbox import sandbox_transport
from karavan.modules.assistant.public import LANGUAGE_MODEL
from karavan.settings import LanguageModelSettings
from tests.factories.accounts import Account, add_member, register

PATH = "/api/v1/assistant/suggest"
TEXT = "Нужно 200 кг арабики и 50 коробок стаканов до 15 декабря в Алматы, бюджет 2 млн тенге"


async def suggest(account: Account, text: str = TEXT) -> dict:
    answer = await account.client.post(PATH, json={"text": text, "locale": "ru"})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def sells(account: Account, category: str, city: str) -> None:
    answer = await account.client.patch(
        f"/api/v1/organisations/{account.organisation_id}",
        json={"categories": [category], "city": city},
    )
    assert answer.status_code == 200, answer.text


async def test_rules_draft_with_sources(app: FastAPI) -> None:
    buyer, vendor = (
        await register(app),
        await register(app, role="vendor", organisation_name="Beans"),
    )
    await sells(vendor, "beverages", "Almaty")
    body = await suggest(buyer)
    assert body["engine"] == "rules"
    assert body["fallback"] is False
    assert body["currency"] == "KZT"
    assert [(x["name"], x["quantity"], x["unit"], x["source"]["kind"]) for x in body["lines"]] == [
        ("арабики", "200", "KGM", "text"),
        ("стаканов", "50", "XBX", "text"),
    ]
    assert body["budget"]["stated"] == {"amount": 200_000_000, "currency": "KZT"}
    assert body["budget"]["sources"] == [{"kind": "text", "detail": "2 млн тенге"}]
    assert body["place"] == {
        "city": "Almaty",
        "country": "KZ",
        "source": {"kind": "text", "detail": "Алматы"},
    }
    assert body["category"]["code"] == "beverages"
    assert body["category"]["source"] == {"kind": "vocabulary", "detail": "арабики"}
    assert [(v["name"], [w["kind"] for w in v["why"]]) for v in body["vendors"]] == [
        ("Beans", ["profile", "profile"])
    ]
    assert body["missing"] == []


async def test_nothing_is_saved(app: FastAPI, owner: asyncpg.Connection) -> None:
    buyer = await register(app)
    before = await owner.fetchval("select count(*) from procurement_requests")
    await suggest(buyer)
    assert await owner.fetchval("select count(*) from procurement_requests") == before == 0


async def test_what_nobody_said_is_missing(app: FastAPI) -> None:
    body = await suggest(await register(app), "Хотим закупить нечто")
    assert body["missing"] == ["quantity", "needed_by", "place", "budget", "category"]
    assert body["vendors"] == []


async def test_refusals(app: FastAPI) -> None:
    buyer = await register(app)
    viewer = await add_member(buyer, "viewer")
    assert (await viewer.client.post(PATH, json={"text": TEXT})).status_code == 403
    for bad in (
        {},
        {"text": "ab"},
        {"text": "x" * 4001},
        {"text": "a\x00bcd"},
        {"text": TEXT, "locale": "fr"},
    ):
        assert (await buyer.client.post(PATH, json=bad)).status_code == 422, bad


def with_model(app: FastAPI) -> FastAPI:
    settings = LanguageModelSettings(base_url="http://model.test")
    app.state.services.provide(
        LANGUAGE_MODEL, OpenAICompatibleModel(settings, transport=sandbox_transport())
    )
    return app


async def test_a_language_model_drafts_and_rules_take_over_when_it_fails(app: FastAPI) -> None:
    buyer = await register(with_model(app))
    body = await suggest(buyer, "30 chairs to Astana")
    assert (body["engine"], body["fallback"]) == ("language_model", False)
    assert body["lines"][0]["source"]["kind"] == "language_model"
    assert body["place"]["city"] == "Astana"
    for wish in ("#cut", "#extra", "#text", "#deep"):
        body = await suggest(buyer, f"30 chairs {wish}")
        assert (body["engine"], body["fallback"]) == ("rules", True), wish


async def test_what_only_the_model_says_is_not_told_as_the_buyers_words(app: FastAPI) -> None:
    buyer = await register(with_model(app))
    read = await suggest(buyer, "30 chairs until 1 March 2099, budget 50000 tenge")
    assert read["needed_by"]["source"] == {"kind": "text", "detail": "until 1 March 2099"}
    assert [one["kind"] for one in read["budget"]["sources"]] == ["text"]
    guessed = await suggest(buyer, "30 chairs #guess")
    assert guessed["needed_by"]["day"] == "2099-01-31"
    assert guessed["needed_by"]["source"]["kind"] == "language_model"
    assert guessed["budget"]["stated"] == {"amount": 9_000_000, "currency": "KZT"}
    assert [one["kind"] for one in guessed["budget"]["sources"]] == ["language_model"]
