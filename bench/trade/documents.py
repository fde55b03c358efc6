"""The search index of the market, made by the application's own code from products that are not read back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bench.goods import MAKERS
from bench.identifiers import CATEGORY, ORGANISATION, PRODUCT, identifier
from bench.trade import products
from bench.trade.sizes import BLOCK, FIRST_SINGLE, TradeSizes, category_of
from bench.trade.words import (
    COLOURS,
    QUALITIES,
    SIZES,
    THINGS,
    Words,
    bits_of,
    description_of,
)
from karavan.modules.catalogue.search.category_book import CategoryBook
from karavan.modules.catalogue.search.documents import (
    Document,
    ProductText,
    is_counted,
    words_of,
)
from karavan.modules.catalogue.search.indexing import marks_of, quality_of, row_of, text_of
from karavan.modules.catalogue.search.scripts import skeleton
from karavan.modules.catalogue.search.spelling import deletions
from karavan.modules.catalogue.search.stems import learn
from karavan.modules.catalogue.search.tiers import ends_of

DOCUMENT_COLUMNS = (
    "product_id organisation_id organisation_name visibility category_id price_amount currency in_stock rating "
    "published_at quality name_length tier facets words lexemes"
).split()
WORD_COLUMNS = "word lexeme skeleton frequency deletions".split()
_CHUNK = 4_000
_SAMPLED = 50_000


class Vocabulary:
    """Words of the documents made so far."""

    def __init__(self) -> None:
        self._counts = Counter[str]()
        self._meanings: dict[str, str] = {}

    def add(self, document: Document, words: list[str]) -> None:
        """Count the words of a document that everybody may see."""
        self._counts.update(words)
        self._meanings.update(document.words)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """In `WORD_COLUMNS`."""
        for word, count in sorted(self._counts.items()):
            bones = skeleton(word)
            yield word, self._meanings[word], bones, count, sorted(deletions(bones))


async def prepared(session: AsyncSession) -> CategoryBook:
    """The categories; the stems of all that the market's texts are made of are learnt with them."""
    book = await CategoryBook.read(session)
    await _learn(session, book)
    return book


def document_rows(book: CategoryBook, sizes: TradeSizes, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The document of every product that is shown, in `DOCUMENT_COLUMNS`, as the text of COPY."""
    now = datetime.now(UTC).replace(microsecond=0)
    ends, words = tier_ends(sizes), Words(sizes)
    rows: list[str] = []
    for supplier, block in products.blocks_of(sizes):
        rows.extend(
            _row(_product(supplier, block, place, now, words), book, vocabulary, ends)
            for place in _shown_places(block)
        )
        if len(rows) >= _CHUNK:
            yield "".join(rows).encode()
            rows.clear()
    yield "".join(rows).encode()


def tier_ends(sizes: TradeSizes) -> list[float]:
    """Where tiers of the market end, by the qualities of every so many products."""
    every, now = max(1, sizes.products // _SAMPLED), datetime.now(UTC)
    words = Words(sizes)
    drawn = (
        _product(supplier, block, place, now, words)
        for supplier, block in products.blocks_of(sizes)
        if block % every == 0
        for place in _shown_places(block)
    )
    return ends_of(sorted(map(quality_of, drawn), reverse=True), every)


def _shown_places(block: int) -> Iterator[int]:
    return (place for place in (0, *range(FIRST_SINGLE, BLOCK)) if products.is_shown(block, place))


async def _learn(session: AsyncSession, book: CategoryBook) -> None:
    texts = ["company", "g", "г", *MAKERS, *map(str, SIZES)]
    texts += [word for words in (*THINGS, *QUALITIES, *COLOURS) for word in words]
    described = [description_of(quality, 0) for quality in range(len(QUALITIES))]
    leaves = {category_of(block) for block in range(20_000)}
    shelves = [one for leaf in leaves for one in book.names(str(identifier(CATEGORY, leaf)))]
    colours = [
        text
        for _, colour, _ in COLOURS
        for text in book.values(str(identifier(CATEGORY, 0)), {"colour": colour})[0]
    ]
    text = ProductText(
        names={"ru": " ".join(texts)},
        descriptions={"ru": " ".join(described)},
        categories=[*shelves, *colours],
    )
    await learn(session, words_of(text))


def _row(
    product: dict[str, Any], book: CategoryBook, vocabulary: Vocabulary, ends: Sequence[float]
) -> str:
    text, facets = text_of(product, book)
    document = Document(text, marks_of(product, facets, book))
    public = product["visibility"] != "linked"
    words = sorted(one for one in document.words if public and is_counted(one))
    vocabulary.add(document, words)
    row = row_of(product, document, facets, words)
    row["tier"] = sum(end > row["quality"] for end in ends)
    row["facets"], row["words"] = _array(facets), _array(words)
    row["in_stock"] = "t" if row["in_stock"] else "f"
    # Lexemes hold quotes, but no tabs and no line breaks; a backslash would have to be doubled once more.
    return "\t".join(str(row[column]).replace("\\", "\\\\") for column in DOCUMENT_COLUMNS) + "\n"


def _array(texts: list[str]) -> str:
    return "{" + ",".join(f'"{one}"' for one in texts) + "}"


def _product(supplier: int, block: int, place: int, now: datetime, words: Words) -> dict[str, Any]:
    """As the index reads it from the table."""
    number = block * BLOCK + place
    bits = bits_of(number)
    count, stars = products.reviews_of(bits)
    variants = range(number + 1, number + FIRST_SINGLE) if place == 0 else ()
    return {
        "id": identifier(PRODUCT, number),
        "organisation": identifier(ORGANISATION, supplier),
        "seller": f"Company {supplier}",
        "visibility": products.visibility_of(block),
        "category": str(identifier(CATEGORY, category_of(block))),
        "price": products.price_of(bits),
        "currency": "KZT",
        "available": place == 0 or products.is_in_stock(place),
        "names": words.names_of(bits),
        "descriptions": {"ru": words.description_for(bits)},
        "attributes": words.values_of(bits),
        "sku": f"P-{number:08d}",
        "barcode": products.barcode_of(number) if place else None,
        "barcode_text": None,
        "weight": products.weight_of(bits),
        "rating_sum": stars,
        "rating_count": count,
        "has_image": products.is_pictured(bits),
        "published_at": products.published_at(number, now).isoformat(),
        "variants": [
            {
                "sku": f"P-{variant:08d}",
                "barcode": products.barcode_of(variant),
                "barcode_text": None,
                "options": {"colour": COLOURS[variant % BLOCK][1]},
            }
            for variant in variants
        ],
    }
