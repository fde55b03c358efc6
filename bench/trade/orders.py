"""A year of orders with their lines and moves, as the text of COPY (PostgreSQL § COPY, text format)."""

import math
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from bench.identifiers import (
    LINK,
    ORDER,
    ORDER_LINE,
    ORDER_MOVE,
    ORGANISATION,
    PRODUCT,
    USER,
    prefix_of,
)
from bench.trade.products import price_of
from bench.trade.sizes import BLOCK, FIRST_SINGLE, LINES_OF_ORDERS, SINGLES, TradeSizes
from bench.trade.words import Words, bits_of

ORDER_COLUMNS = (
    "id kind number state organisation_id organisation_name buyer_organisation_id buyer_organisation_name link_id "
    "terms_number payment_days currency net_amount tax_amount total_amount reserved_amount lines_count placed_by "
    "placed_by_name confirmed_at shipped_at delivered_at ended_at created_at updated_at version"
).split()
LINE_COLUMNS = (
    "id order_id organisation_id buyer_organisation_id position product_id sku name names unit quantity "
    "confirmed_quantity shipped_quantity list_price_amount unit_price_amount tax_rate net_amount"
).split()
MOVE_COLUMNS = (
    "id order_id organisation_id buyer_organisation_id name state side actor_name created_at"
).split()

_OF_ORDER, _OF_LINE, _OF_MOVE = prefix_of(ORDER), prefix_of(ORDER_LINE), prefix_of(ORDER_MOVE)
_OF_ORGANISATION, _OF_PRODUCT = prefix_of(ORGANISATION), prefix_of(PRODUCT)
_OF_LINK, _OF_USER = prefix_of(LINK), prefix_of(USER)
_ROUND = len(LINES_OF_ORDERS)
_LINES_BEFORE = [0, *accumulate(LINES_OF_ORDERS)]
_HOURS = 365 * 24
_UNDER_WAY = ("pending", "pending", "confirmed", "processing", "shipped")
_RECENT_SHARE = 100
_CHUNK = 4_000

Chunk = tuple[bytes, bytes, bytes]
Draw = Callable[[int], int]


def link_of(sizes: TradeSizes, buyer: int, nth: int) -> tuple[int, int]:
    """The number of a buyer's n-th link, and its supplier."""
    return buyer * sizes.links + nth, (buyer + nth) % sizes.suppliers


class _Calendar:
    """When orders are placed: more in December than in July, by day rather than by night."""

    def __init__(self, orders: int) -> None:
        self._begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(
            hours=_HOURS
        )
        weights = [self._weight(self._begin + timedelta(hours=hour)) for hour in range(_HOURS)]
        scale = orders / sum(weights)
        self._until = [round(sum_ * scale) for sum_ in accumulate(weights)]
        self._hour, self._said = -1, ""
        self._enter(0)

    @staticmethod
    def _weight(moment: datetime) -> float:
        season = 1 + 0.4 * math.cos(2 * math.pi * (moment.timetuple().tm_yday - 350) / 365)
        return (
            season
            * (1.0 if 4 <= moment.hour < 16 else 0.15)
            * (1.0 if moment.weekday() < 5 else 0.3)
        )

    def _enter(self, hour: int) -> None:
        self._hour = hour
        self._said = (self._begin + timedelta(hours=hour)).strftime("%Y-%m-%d %H:")

    def text_of(self, order: int, bits: int) -> str:
        """The moment of an order, in UTC; orders are asked for in order."""
        while order >= self._until[self._hour] and self._hour < _HOURS - 1:
            self._enter(self._hour + 1)
        return f"{self._said}{bits % 60:02d}:{bits // 60 % 60:02d}+00"


def order_chunks(sizes: TradeSizes) -> Iterator[Chunk]:
    """Orders, their lines and their moves, in the order of the three lists of columns."""
    calendar, words = _Calendar(sizes.orders), Words(sizes)
    first_blocks = [sizes.first_block(supplier) for supplier in range(sizes.suppliers + 1)]
    orders: list[str] = []
    lines: list[str] = []
    moves: list[str] = []
    draw = random.Random(17).getrandbits
    for number in range(sizes.orders):
        bits = draw(64)
        # A few buyers place most orders, mostly with their first supplier.
        chance = (bits & 0xFFFF) / 0x10000
        buyer = int(sizes.buyers * chance * chance * chance)
        chance = (bits >> 16 & 0xFFF) / 0x1000
        link, supplier = link_of(sizes, buyer, int(sizes.links * chance * chance))
        sides = (
            f"{_OF_ORGANISATION}{supplier:012x}\t{_OF_ORGANISATION}{sizes.suppliers + buyer:012x}"
        )
        offered = first_blocks[supplier], first_blocks[supplier + 1]
        net = _add_lines(lines, number, sides, offered, draw, words)
        at = calendar.text_of(number, bits >> 40)
        state = _state_of(sizes, number, bits)
        _add_order(orders, number, supplier, sizes.suppliers + buyer, link, net, state, at)
        _add_moves(moves, number, sides, state, at)
        if number % _CHUNK == _CHUNK - 1:
            yield _encoded(orders, lines, moves)
    yield _encoded(orders, lines, moves)


def _encoded(*parts: list[str]) -> Chunk:
    orders, lines, moves = ("".join(part).encode() for part in parts)
    for part in parts:
        part.clear()
    return orders, lines, moves


def _state_of(sizes: TradeSizes, number: int, bits: int) -> str:
    if number >= sizes.orders - sizes.orders // _RECENT_SHARE:
        return _UNDER_WAY[(bits >> 28) % len(_UNDER_WAY)]
    return "completed" if (bits >> 28) % 15 else "cancelled"


def _add_lines(
    rows: list[str], order: int, sides: str, offered: tuple[int, int], draw: Draw, words: Words
) -> int:
    """The lines of one order; what they come to, without tax."""
    begin, end = offered
    whole, nth = divmod(order, _ROUND)
    first = whole * _LINES_BEFORE[-1] + _LINES_BEFORE[nth]
    count, sum_net = LINES_OF_ORDERS[nth], 0
    for place in range(count):
        bits = draw(40)
        chance = (bits & 0xFFFF) / 0x10000
        # Half of the lines are of the first eighth of what the supplier has.
        block = begin + int((end - begin) * chance * chance * chance)
        product = block * BLOCK + FIRST_SINGLE + (bits >> 16) % SINGLES
        price, goods = _goods(words, product)
        quantity = 1 + (bits >> 24) % 20
        net = price * quantity
        sum_net += net
        rows.append(
            f"{_OF_LINE}{first + place:012x}\t{_OF_ORDER}{order:012x}\t{sides}\t{place + 1}\t{goods}\t"
            f"{quantity}\t{quantity}\t{quantity}\t{price}\t{price}\t12\t{net}\n"
        )
    return sum_net


@lru_cache(maxsize=500_000)
def _goods(words: Words, product: int) -> tuple[int, str]:
    """The price of a product, and what a line says of it."""
    bits = bits_of(product)
    name = words.russian_name(bits)
    said = f'{_OF_PRODUCT}{product:012x}\tP-{product:08d}\t{name}\t{{"ru": "{name}"}}\tH87'
    return price_of(bits), said


def _add_order(
    rows: list[str], number: int, seller: int, buyer: int, link: int, net: int, state: str, at: str
) -> None:
    tax = (net * 12 + 50) // 100
    total = net + tax
    ended = state in ("completed", "cancelled")
    done = at if state == "completed" else "\\N"
    rows.append(
        f"{_OF_ORDER}{number:012x}\twholesale\tORD-{number:09d}\t{state}\t{_OF_ORGANISATION}{seller:012x}\tCompany {seller}\t"
        f"{_OF_ORGANISATION}{buyer:012x}\tCompany {buyer}\t{_OF_LINK}{link:012x}\t1\t14\tKZT\t{net}\t{tax}\t{total}\t"
        f"{0 if ended else total}\t{LINES_OF_ORDERS[number % _ROUND]}\t{_OF_USER}{buyer:012x}\tPerson {buyer}\t"
        f"{done}\t{done}\t{done}\t{at if ended else chr(92) + 'N'}\t{at}\t{at}\t1\n"
    )


def _add_moves(rows: list[str], number: int, sides: str, state: str, at: str) -> None:
    order = f"{_OF_ORDER}{number:012x}\t{sides}"
    rows.append(f"{_OF_MOVE}{number * 2:012x}\t{order}\tplace\tpending\tbuyer\tBuyer\t{at}\n")
    if state != "pending":
        rows.append(
            f"{_OF_MOVE}{number * 2 + 1:012x}\t{order}\tset\t{state}\tseller\tSeller\t{at}\n"
        )
