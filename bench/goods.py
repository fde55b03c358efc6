"""Products for measures of the search: names as a trade has them, with common and rare words, deterministic.

Words are drawn with the skew of a natural language (Zipf 1949): the first of a list is many times as common as the last.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

COLUMNS = (
    "id organisation_id organisation_name sku state visibility names name descriptions category_id attributes "
    "price_amount currency available has_image rating_sum rating_count published_at created_at version"
).split()

_THINGS = (
    "кофе чай сахар мука рис масло сок вода печенье шоколад кабель лампа дрель молоток краска клей цемент плитка "
    "доска труба кран насос фильтр мотор ремень шина аккумулятор фара зеркало сиденье ноутбук монитор клавиатура мышь "
    "принтер картридж бумага тетрадь ручка маркер папка степлер стул стол шкаф полка диван кровать матрас одеяло "
    "подушка полотенце мыло шампунь крем паста щетка порошок салфетки пакет коробка лента футболка рубашка куртка "
    "брюки ботинки кроссовки шапка перчатки носки сумка рюкзак чемодан мяч гантель коврик велосипед палатка фонарь"
).split()
_QUALITIES = (
    "новый белый черный большой малый красный синий мягкий прочный зимний летний детский женский мужской складной "
    "электрический стальной деревянный стеклянный натуральный универсальный профессиональный беспроводной светодиодный "
    "водостойкий кухонный садовый офисный дорожный спортивный"
).split()


def _made_up(count: int) -> list[str]:
    """Names of makers and models: pronounceable, all different."""
    chance = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = (chance.choice("bcdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3))
        found["".join(parts) + chance.choice(["", "x", "n", "r", "s"])] = None
    return list(found)


MAKERS = _made_up(4_000)


def _skewed(chance: random.Random, words: Sequence[str]) -> str:
    """The n-th word about n times as seldom as the first."""
    return words[int(len(words) ** chance.random()) - 1]


def products(
    count: int,
    organisations: Sequence[UUID],
    categories: Sequence[UUID],
    now: datetime,
    *,
    start: int = 0,
) -> Iterator[tuple[Any, ...]]:
    """Rows for COPY in the order of `COLUMNS`; the n-th is the same in every run."""
    for number in range(start, start + count):
        chance = random.Random(number)
        thing, quality = _skewed(chance, _THINGS), _skewed(chance, _QUALITIES)
        maker = _skewed(chance, MAKERS)
        size = chance.choice((100, 200, 250, 500, 750, 1000))
        name = f"{thing} {quality} {maker.title()} {size} г"
        company = number % len(organisations)
        reviews = chance.randrange(30) if chance.random() < 0.3 else 0
        yield (
            UUID(bytes=hashlib.blake2b(f"product {number}".encode(), digest_size=16).digest()),
            organisations[company],
            f"Company {company}",
            f"P-{number:08d}",
            "published",
            "both" if chance.random() < 0.95 else "linked",
            json.dumps({"ru": name.capitalize()}, ensure_ascii=False),
            name.capitalize(),
            json.dumps(
                {"ru": f"{name}, {_skewed(chance, _QUALITIES)} вариант"}, ensure_ascii=False
            ),
            _skewed_of(chance, categories),
            "{}",
            100 * (1 + int(10 ** (5 * chance.random()))),
            "KZT",
            Decimal(chance.randrange(100) if chance.random() < 0.8 else 0),
            chance.random() < 0.9,
            reviews * chance.choice((3, 4, 5)),
            reviews,
            now - timedelta(seconds=number * 13 % 31_000_000),
            now,
            1,
        )


def _skewed_of(chance: random.Random, categories: Sequence[UUID]) -> UUID:
    return categories[int(len(categories) ** chance.random()) - 1]


async def copy_products(connection: asyncpg.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    """Load rows past the application; whoever calls indexes them."""
    await connection.copy_records_to_table("catalogue_products", columns=COLUMNS, records=rows)
