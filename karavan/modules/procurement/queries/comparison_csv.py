"""The comparison matrix as a spreadsheet."""

from karavan.kit.money import Money, MoneyBody
from karavan.kit.tabular import BYTE_ORDER_MARK, csv_text
from karavan.modules.procurement.schemas.evaluation import ComparedQuote, ComparisonView

_TOTALS = ("net", "delivery", "tax", "total")
_FACTS = ("lead_time_days", "payment_days", "score")


def comparison_csv(view: ComparisonView) -> bytes:
    """A row a line with unit price and landed amount of every quote, then the totals. Amounts are major units."""
    head: list[object] = ["position", "line", "quantity", "unit"]
    for quote in view.quotes:
        head += [f"{quote.vendor.name} {quote.number}: unit price", "landed", "best"]
    rows: list[list[object]] = [head]
    for line in view.lines:
        row: list[object] = [line.position, line.name, line.quantity, line.unit]
        for quote in view.quotes:
            cell = next((one for one in quote.lines if one.request_line_id == line.id), None)
            if cell is None:
                row += ["", "", ""]
            else:
                row += [_major(cell.unit_price), _major(cell.landed), "x" if cell.best else ""]
        rows.append(row)
    rows += [_summary(name, view.quotes) for name in (*_TOTALS, *_FACTS)]
    rows.append(["", "currency", view.currency, ""])
    return (BYTE_ORDER_MARK + csv_text(rows)).encode()


def _summary(name: str, quotes: list[ComparedQuote]) -> list[object]:
    row: list[object] = ["", name, "", ""]
    for quote in quotes:
        value = getattr(quote, name)
        row += ["", _major(value) if isinstance(value, MoneyBody) else value, ""]
    return row


def _major(money: MoneyBody | None) -> object:
    return "" if money is None else str(Money(money.amount, money.currency).to_decimal())
