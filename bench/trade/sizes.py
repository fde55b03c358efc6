"""How much of everything, and which number stands where: the same arithmetic in Python, Lua and pgbench."""

from dataclasses import dataclass

BLOCK = 28
"""Products come in blocks of one supplier and one category: a family with three variants, then single products.

More than twenty of them are shown, so that a page of a category is full in a small market too.
"""
FIRST_SINGLE, SINGLES = 4, 12
"""Places in a block: the first single product, and how many from there are published and in stock."""
CATEGORIES = 800
LINKS = 10
"""Buyer `b` trades with suppliers `b … b + 9`, counted round."""
LINES_OF_ORDERS = (1, 2, 3, 3, 4, 4, 5, 10)
"""Lines of eight orders that follow one another, again and again."""


@dataclass(frozen=True, slots=True)
class TradeSizes:
    """A market. Organisations are numbered: first suppliers, then buyers."""

    products: int = 1_000_000
    order_lines: int = 10_000_000
    buyers: int = 1_000

    @property
    def blocks(self) -> int:
        """Of `BLOCK` products each."""
        return max(self.products // BLOCK, 20)

    @property
    def suppliers(self) -> int:
        """Two hundred, if there is a block for each and some to spare."""
        return min(200, self.blocks // 2)

    @property
    def organisations(self) -> int:
        """Suppliers and buyers."""
        return self.suppliers + self.buyers

    @property
    def links(self) -> int:
        """Suppliers of each buyer."""
        return min(LINKS, self.suppliers)

    @property
    def orders(self) -> int:
        """Whole rounds of `LINES_OF_ORDERS`."""
        return self.order_lines // sum(LINES_OF_ORDERS) * len(LINES_OF_ORDERS)

    def first_block(self, supplier: int) -> int:
        """Where a supplier's products begin. The n-th supplier has about n^(-2/3) of what the first has (Zipf 1949)."""
        share: float = (supplier / self.suppliers) ** (1.0 / 3.0)
        return supplier + int((self.blocks - self.suppliers) * share)


def category_of(block: int) -> int:
    """The category of a block; the n-th is as much rarer than the first as suppliers are smaller."""
    chance = block * 7919 % 10007 / 10007
    return int(CATEGORIES * (chance * chance * chance))


def mixed(number: int) -> int:
    """64 bits that look drawn by chance, the same in every run (SplitMix64, Steele, Lea and Flood 2014)."""
    bits = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return bits ^ bits >> 31
