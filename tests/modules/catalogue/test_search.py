"""GET /search: what is understood of the words, and in which order products are found."""

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from karavan.kit.db import Database
from tests.factories.accounts import register
from tests.factories.procurement import ok
from tests.factories.search import index_now, put_product

API = "/api/v1/search"


async def found(client: httpx.AsyncClient, **query) -> list[str]:
    return [item["name"] for item in ok(await client.get(API, params=query))["items"]]


@pytest.fixture
async def shelf(app: FastAPI, owner: asyncpg.Connection, database: Database):
    seller = await register(app, role="vendor", organisation_name="Dala Trade")
    names = [
        {"ru": "Кофе молотый Jacobs 500 г", "kk": "Ұнтақталған кофе Jacobs"},
        {"ru": "Чашка для кофе"},
        {"ru": "Кофта женская"},
        {"kk": "Ақ қант 1 кг"},
        {"ru": "Смартфон Samsung Galaxy", "en": "Smartphone Samsung Galaxy"},
        {"ru": "Бумага офисная А4"},
        {"ru": "Роутер Wi-Fi"},
        {"en": "Laptop stand"},
        {"ru": "Шоколад молочный"},
    ]
    ids = [
        await put_product(
            owner, seller.organisation_id, next(iter(one.values())), names=one, sku=f"AB-{number}/X"
        )
        for number, one in enumerate(names)
    ]
    await index_now(database, *ids)
    return seller


UNDERSTOOD = [
    ("кофе", "Кофе молотый Jacobs 500 г"),
    ("кофеге", "Кофе молотый Jacobs 500 г"),
    ("кофенің", "Кофе молотый Jacobs 500 г"),
    ("kofe", "Кофе молотый Jacobs 500 г"),
    ("rjat", "Кофе молотый Jacobs 500 г"),
    ("КОФЕ 500гр", "Кофе молотый Jacobs 500 г"),
    ("кофе 0,5 кг", "Кофе молотый Jacobs 500 г"),
    ("жакобс", "Кофе молотый Jacobs 500 г"),
    ("қанттың", "Ақ қант 1 кг"),
    ("кант", "Ақ қант 1 кг"),
    ("0fyn", "Ақ қант 1 кг"),
    ("самсунг", "Смартфон Samsung Galaxy"),
    ("samsng galxy", "Смартфон Samsung Galaxy"),
    ("бумаги", "Бумага офисная А4"),
    (",evfuf", "Бумага офисная А4"),
    ("бумага a-4", "Бумага офисная А4"),
    ("wifi", "Роутер Wi-Fi"),
    ("wi-fi", "Роутер Wi-Fi"),
    ("ab 7x", "Laptop stand"),
    ("ab-7/x", "Laptop stand"),
    ("laptops", "Laptop stand"),
    ("шокол", "Шоколад молочный"),
    ("шаколад", "Шоколад молочный"),
    ("ijrjkfl", "Шоколад молочный"),
    ('"молочный шоколад"', None),
    ('"шоколад молочный"', "Шоколад молочный"),
    ("шоколад -молочный", None),
    ("вертолет", None),
]


async def test_what_is_typed_is_understood(client, shelf) -> None:
    wrong = {}
    for typed, first in UNDERSTOOD:
        names = await found(client, q=typed)
        if (names[0] if names else None) != first:
            wrong[typed] = names
    assert wrong == {}
