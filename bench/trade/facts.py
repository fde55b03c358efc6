"""What scripts of wrk know of the market: where suppliers begin, and words that are searched for."""

from urllib.parse import quote

from bench.trade.sizes import BLOCK, CATEGORIES, FIRST_SINGLE, SINGLES, TradeSizes
from bench.trade.words import Word, Words


def market_facts(sizes: TradeSizes) -> str:
    """Fields of a Lua table, each after a comma. Words stand in the order of how common they are."""
    first_blocks = ", ".join(str(sizes.first_block(one)) for one in range(sizes.suppliers + 1))
    numbers = {
        "suppliers": sizes.suppliers,
        "buyers": sizes.buyers,
        "links": sizes.links,
        "block": BLOCK,
        "first_single": FIRST_SINGLE,
        "singles": SINGLES,
        "categories": CATEGORIES,
    }
    words = Words(sizes)
    fields = "".join(f", {name} = {number}" for name, number in numbers.items())
    return (
        f"{fields},\nfirst_blocks = {{ {first_blocks} }},\n"
        f"things = {{ {_by_language(words.things)} }},\nqualities = {{ {_by_language(words.qualities)} }}"
    )


def _by_language(words: list[Word]) -> str:
    return ", ".join("{ " + ", ".join(f'"{quote(form)}"' for form in word) + " }" for word in words)
