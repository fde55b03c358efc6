"""Reading a catalogue, searching it and ordering from it, in a market of many products and orders."""

from collections.abc import Callable, Sequence

from bench import capture, limit, load
from bench.capture import Statement
from bench.identifiers import (
    CATEGORY,
    LINK,
    LOCATION,
    ORGANISATION,
    PRICE_LIST,
    PRODUCT,
    identifier,
    in_sql,
    prefix_of,
)
from bench.report import Result
from bench.requests import READ_TARGET, WRITE_TARGET, compared, script_for
from bench.stage import Stage, say
from bench.trade.orders import link_of
from bench.trade.products import PLACES
from bench.trade.sizes import BLOCK, CATEGORIES, FIRST_SINGLE, SINGLES, TradeSizes, category_of

SEARCH_TARGET_MS = 30.0
SEARCH_CONNECTIONS = 2
"""As many as there are processors: more would be timed while they wait for one another."""
LINES = 3
_BUYER, _NTH = 7, 3
_SHOWN = in_sql(PRODUCT, ":block").partition(":")[0]
_LINE_PLACES = (FIRST_SINGLE, FIRST_SINGLE + 2, FIRST_SINGLE + 4)
"""Of the first warehouse all three, and in ascending order."""


def _first_block(supplier: str) -> str:
    """As `TradeSizes.first_block` counts, for pgbench."""
    share = f"pow({supplier} * 1.0 / :suppliers, 1.0 / 3.0)"
    return f"{supplier} + int((:blocks - :suppliers) * {share})"


# A buyer `:o` with a link `:l` to a supplier `:s`, and a `:block` of the supplier's products.
_PAIR = (
    r"\set b random(0, :buyers - 1)",
    r"\set nth random(0, :links - 1)",
    r"\set o :suppliers + :b",
    r"\set l :b * :links + :nth",
    r"\set s (:b + :nth) % :suppliers",
    rf"\set first {_first_block(':s')}",
    r"\set next :s + 1",
    rf"\set beyond {_first_block(':next')}",
    r"\set block :first + int((:beyond - :first) * pow(random(0, 999999) / 1000000.0, 2))",
)


def product_read(stage: Stage) -> Result:
    """The page of one product, read by a buyer through a trading link."""
    number = _block(stage.market) * BLOCK + FIRST_SINGLE
    variables = [*_PAIR, rf"\set n :block * {BLOCK} + {FIRST_SINGLE} + random(0, {SINGLES - 1})"]
    script = _script(stage, variables)
    script.varying[identifier(PRODUCT, number)] = in_sql(PRODUCT, ":n")
    path = f"/api/v1/products/{identifier(PRODUCT, number)}"
    for statement in capture.statements_of(stage, "GET", path, person=_person(stage.market)):
        script.add(statement)
    return compared(stage, "product-read", "product_read.lua", script, READ_TARGET)


def catalogue_page(stage: Stage) -> Result:
    """20 products of a supplier's category, the cheapest first, read by a buyer through a trading link."""
    market = stage.market
    category = identifier(CATEGORY, category_of(_block(market)))
    variables = [
        *_PAIR,
        r"\set chance (:block * 7919) % 10007 / 10007.0",
        r"\set c int(:categories * (:chance * :chance * :chance))",
    ]
    script = _script(stage, variables)
    script.varying[category] = in_sql(CATEGORY, ":c")
    path = (
        f"/api/v1/catalog?sort=price&size=20&supplier_id={identifier(ORGANISATION, _supplier(market))}"
        f"&category_id={category}"
    )
    statements = capture.statements_of(stage, "GET", path, person=_person(market))
    _vary_products(script, statements)
    for statement in statements:
        script.add(statement)
    return compared(stage, "catalogue-page", "catalogue_page.lua", script, READ_TARGET)


def order_placement(stage: Stage) -> Result:
    """A wholesale order of three products under an idempotency key; the limit has its writes alone."""
    market = stage.market
    products = [identifier(PRODUCT, _block(market) * BLOCK + place) for place in _LINE_PLACES]
    variables = [
        r"\set i :i + 1",
        rf"\set pair :base + :i * {limit.CONNECTIONS} + :client_id",
        *_PAIR,
        *(
            rf"\set {name} :first + int((:beyond - :first) * pow(random(0, 999999) / 1000000.0, 2))"
            for name in ("x", "y", "z")
        ),
        # In the order of their keys, as stock is locked by the application.
        r"\set low least(:x, :y, :z)",
        r"\set high greatest(:x, :y, :z)",
        r"\set middle :x + :y + :z - :low - :high",
        *(
            rf"\set n{nth} :{name} * {BLOCK} + {place}"
            for nth, (name, place) in enumerate(
                zip(("low", "middle", "high"), _LINE_PLACES, strict=True)
            )
        ),
    ]
    script = _script(stage, variables)
    script.varying |= {product: in_sql(PRODUCT, f":n{nth}") for nth, product in enumerate(products)}
    script.varying[identifier(LOCATION, _supplier(market) * PLACES)] = in_sql(
        LOCATION, f":s * {PLACES}"
    )
    statements = capture.statements_of(
        stage,
        "POST",
        "/api/v1/orders",
        person=_person(market),
        body={
            "supplier_organisation_id": str(identifier(ORGANISATION, _supplier(market))),
            "lines": [{"product_id": str(product), "quantity": "2"} for product in products],
        },
        headers={"idempotency-key": "captured"},
    )
    _vary_keys(script, statements)
    for statement in statements:
        if statement.writes:
            script.add(statement)
    return compared(stage, "order-placement", "order_placement.lua", script, WRITE_TARGET)


def _vary_products(script: limit.Script, statements: Sequence[Statement]) -> None:
    """What the page showed is asked about again: as many products that follow one another stand for them."""
    for statement in statements:
        for value in statement.values:
            for one in value if isinstance(value, (list, tuple)) else ():
                if str(one).startswith(prefix_of(PRODUCT)) and one not in script.varying:
                    place = sum(held.startswith(_SHOWN) for held in script.varying.values())
                    script.varying[one] = in_sql(PRODUCT, f":block * {BLOCK} + {place}")


def _vary_keys(script: limit.Script, statements: Sequence[Statement]) -> None:
    """Numbers of orders and idempotency keys are unique: another one every time."""
    for statement in statements:
        for value in statement.values:
            # The first is the key's own; what follows is of its request and of its answer.
            if isinstance(value, bytes) and "into kit_idempotency_keys" in statement.sql:
                script.varying[value] = "sha256(('key ' || :pair)::bytea)"
                break
            if isinstance(value, str) and value.startswith("ORD-"):
                script.varying[value] = "('PGBENCH-' || :pair)"


def search(stage: Stage) -> Result:
    """Two words, filters by stock and price, 20 products and all facets, two searches at a time."""
    measured = load.run(stage, "search.lua", connections=SEARCH_CONNECTIONS)
    say(f"search: p95 {measured.p95_ms:.1f} ms")
    return Result(
        "search",
        f"p95 ≤ {SEARCH_TARGET_MS:.0f} ms",
        measured.p95_ms <= SEARCH_TARGET_MS,
        measured.per_s,
        measured.p50_ms,
        measured.p95_ms,
        measured.p99_ms,
        details={"connections": SEARCH_CONNECTIONS, "products": stage.market.products},
    )


MEASURES: dict[str, Callable[[Stage], Result]] = {
    "product-read": product_read,
    "catalogue-page": catalogue_page,
    "search": search,
    # Last, because the database goes on with what was written, and whoever is measured next would pay for it.
    "order-placement": order_placement,
}


def _supplier(market: TradeSizes) -> int:
    return link_of(market, _BUYER, _NTH)[1]


def _person(market: TradeSizes) -> int:
    return market.suppliers + _BUYER


def _block(market: TradeSizes) -> int:
    return market.first_block(_supplier(market))


def _script(stage: Stage, variables: list[str]) -> limit.Script:
    """Another buyer with another of its suppliers every time."""
    market = stage.market
    script = script_for(stage, variables, person=_person(market))
    supplier = _supplier(market)
    script.varying |= {
        identifier(ORGANISATION, supplier): in_sql(ORGANISATION, ":s"),
        identifier(LINK, _BUYER * market.links + _NTH): in_sql(LINK, ":l"),
        identifier(PRICE_LIST, supplier): in_sql(PRICE_LIST, ":s"),
    }
    script.numbers |= {
        "suppliers": market.suppliers,
        "buyers": market.buyers,
        "links": market.links,
        "blocks": market.blocks,
        "categories": CATEGORIES,
    }
    return script
