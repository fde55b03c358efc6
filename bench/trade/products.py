"""Products, stock and prices of the market, as the text of COPY (PostgreSQL § COPY, text format)."""

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import NormalDist

from bench.identifiers import CATEGORY, LOCATION, ORGANISATION, PRICE_LIST, PRODUCT, prefix_of
from bench.trade.sizes import BLOCK, FIRST_SINGLE, TradeSizes, category_of
from bench.trade.words import COLOURS, Words, bits_of

PRODUCT_COLUMNS = (
    "id organisation_id organisation_name parent_id has_variants option_axes options position sku state visibility "
    "names name descriptions category_id attributes price_amount currency tax_rate available has_image images "
    "rating_sum rating_count weight_grams barcode country published_at created_at updated_at version"
).split()
LEVEL_COLUMNS = "product_id location_id organisation_id on_hand allocated version".split()
STEP_COLUMNS = "list_id product_id from_quantity organisation_id amount".split()
PLACES = 2
PLENTY = 1_000_000

_OF_PRODUCT, _OF_ORGANISATION = prefix_of(PRODUCT), prefix_of(ORGANISATION)
_OF_CATEGORY, _OF_LOCATION, _OF_LIST = (
    prefix_of(CATEGORY),
    prefix_of(LOCATION),
    prefix_of(PRICE_LIST),
)
_NORMAL = NormalDist()
_PRICES = [
    100 * round(math.exp(8.5 + 1.3 * _NORMAL.inv_cdf((n + 0.5) / 4096))) for n in range(4096)
]
_BLUR = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
_AXES = json.dumps([{"name": "colour", "values": [COLOURS[n][1] for n in range(1, FIRST_SINGLE)]}])
_CHUNK_BLOCKS = 200


def price_of(bits: int) -> int:
    """Minor units, log-normal around 4,900 tenge."""
    return _PRICES[bits >> 30 & 4095]


def is_shown(block: int, place: int) -> bool:
    """Whether lists and searches show it: variants, drafts and what was archived are not shown."""
    return place == 0 or (place >= FIRST_SINGLE and _state(block, place) == "published")


def visibility_of(block: int) -> str:
    """One block in twenty is for linked buyers alone."""
    return "linked" if block % 20 == 19 else "both"


def is_in_stock(place: int) -> bool:
    """Two products of a block are sold out."""
    return place not in (16, 17)


def reviews_of(bits: int) -> tuple[int, int]:
    """How many reviews a product has, and the sum of their stars."""
    count = (bits >> 20) % 30 if bits % 10 < 3 else 0
    return count, count * (3 + bits % 3)


def weight_of(bits: int) -> int:
    """Grams."""
    return 50 + bits % 5000


def is_pictured(bits: int) -> bool:
    """Nine products in ten."""
    return bits % 10 < 9


def barcode_of(number: int) -> str:
    """Fourteen digits. Nothing here looks at the last one, which checks the others."""
    return f"0487{number:010d}"


def published_at(number: int, now: datetime) -> datetime:
    """Over the past year, mixed over the numbers."""
    return now - timedelta(seconds=number * 7907 % 31_000_000)


def _state(block: int, place: int) -> str:
    if place == 18 and block % 5 == 0:
        return "archived"
    return "draft" if place == 19 and block % 3 == 0 else "published"


def blocks_of(sizes: TradeSizes) -> Iterator[tuple[int, int]]:
    """Each block with its supplier, in order."""
    for supplier in range(sizes.suppliers):
        for block in range(sizes.first_block(supplier), sizes.first_block(supplier + 1)):
            yield supplier, block


def _chunks(rows: list[str], each: Iterator[None]) -> Iterator[bytes]:
    for count, _ in enumerate(each, 1):
        if count % _CHUNK_BLOCKS == 0:
            yield "".join(rows).encode()
            rows.clear()
    yield "".join(rows).encode()


def product_rows(sizes: TradeSizes) -> Iterator[bytes]:
    """Every product, in `PRODUCT_COLUMNS`."""
    now, words = datetime.now(UTC).replace(microsecond=0), Words(sizes)
    rows: list[str] = []

    def each() -> Iterator[None]:
        for supplier, block in blocks_of(sizes):
            rows.extend(_product(supplier, block, place, now, words) for place in range(BLOCK))
            yield

    return _chunks(rows, each())


def _product(supplier: int, block: int, place: int, now: datetime, words: Words) -> str:
    number, head = block * BLOCK + place, block * BLOCK
    in_family, is_variant = place < FIRST_SINGLE, 0 < place < FIRST_SINGLE
    # A family shares its content and its price.
    bits = bits_of(head if in_family else number)
    names = words.names_of(bits)
    count, stars = (0, 0) if is_variant else reviews_of(bits)
    at = published_at(number, now).isoformat()
    key = f"{_OF_PRODUCT}{number:012x}"
    state = _state(block, place)
    return "\t".join(
        (
            key,
            f"{_OF_ORGANISATION}{supplier:012x}",
            f"Company {supplier}",
            f"{_OF_PRODUCT}{head:012x}" if is_variant else "\\N",
            "f" if place else "t",
            "[]" if place else _AXES,
            f'{{"colour": "{COLOURS[place][1]}"}}' if is_variant else "{}",
            str(place),
            f"P-{number:08d}",
            state,
            visibility_of(block),
            json.dumps(names, ensure_ascii=False),
            names["ru"],
            f'{{"ru": "{words.description_for(bits)}"}}',
            f"{_OF_CATEGORY}{category_of(block):012x}",
            json.dumps(words.values_of(bits)),
            str(price_of(bits)),
            "KZT",
            "12",
            str(_on_hand(place)),
            "t" if is_pictured(bits) else "f",
            _picture(key, bits) if is_pictured(bits) else "[]",
            str(stars),
            str(count),
            str(weight_of(bits)),
            "\\N" if place == 0 else barcode_of(number),
            "KZ",
            "\\N" if state == "draft" else at,
            at,
            at,
            "1\n",
        )
    )


def _picture(key: str, bits: int) -> str:
    return (
        f'[{{"id": "{key}", "key": "{bits:016x}", "width": 1600, "height": 1600, '
        f'"sizes": [160, 320, 640, 1280], "blurhash": "{_BLUR}", "alt": ""}}]'
    )


def _on_hand(place: int) -> int:
    # A head offers what its variants do.
    if place == 0:
        return PLENTY * (FIRST_SINGLE - 1)
    return PLENTY if is_in_stock(place) else 0


def level_rows(sizes: TradeSizes) -> Iterator[bytes]:
    """Stock of every product that can be sold, in `LEVEL_COLUMNS`: in the supplier's first place or its second."""
    rows: list[str] = []

    def each() -> Iterator[None]:
        for supplier, block in blocks_of(sizes):
            for place in range(1, BLOCK):
                number = block * BLOCK + place
                location = supplier * PLACES + (number % 5 == 0)
                rows.append(
                    f"{_OF_PRODUCT}{number:012x}\t{_OF_LOCATION}{location:012x}\t"
                    f"{_OF_ORGANISATION}{supplier:012x}\t{_on_hand(place)}\t0\t1\n"
                )
            yield

    return _chunks(rows, each())


def step_rows(sizes: TradeSizes) -> Iterator[bytes]:
    """Steps of the suppliers' price lists, in `STEP_COLUMNS`: from one piece and from ten, for one product in five."""
    rows: list[str] = []

    def each() -> Iterator[None]:
        for supplier, block in blocks_of(sizes):
            for place in range(FIRST_SINGLE, BLOCK, 4):
                number = block * BLOCK + place
                amount = price_of(bits_of(number))
                rows.extend(
                    f"{_OF_LIST}{supplier:012x}\t{_OF_PRODUCT}{number:012x}\t{pieces}\t"
                    f"{_OF_ORGANISATION}{supplier:012x}\t{amount * percent // 100}\n"
                    for pieces, percent in ((1, 95), (10, 90))
                )
            yield

    return _chunks(rows, each())
