"""Which symbol a product stands under, and what its label says."""

from collections.abc import Callable, Sequence
from datetime import datetime

from karavan.kit.documents.formatting import Language, format_money
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.money import Money
from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.barcodes.code128 import encode_code128
from karavan.modules.catalogue.barcodes.gtin import CodeError
from karavan.modules.catalogue.barcodes.label_sizes import Label, fits
from karavan.modules.catalogue.barcodes.quick_response import encode_qr
from karavan.modules.catalogue.barcodes.retail import encode_gtin
from karavan.modules.catalogue.barcodes.sheets import SHEETS, Sheet
from karavan.modules.catalogue.barcodes.symbols import Symbol
from karavan.modules.catalogue.errors import NoBarcodeError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.schemas.barcodes import LABELS_MAX, CodeKind, LabelsBody


def symbol_of(product: Product, kind: CodeKind, sheet: Sheet | None = None) -> Symbol:
    """The symbol of a product: its EAN or UPC, else its own code, else its SKU, which a scan finds as well.

    Args:
        sheet: on which it must fit; `auto` then prefers what does.

    Raises:
        NoBarcodeError: an EAN is wanted and there is none.
        CodeError: Code 128 is wanted and cannot say it.
    """
    text = product.barcode_text or product.sku
    if kind is CodeKind.EAN or (kind is CodeKind.AUTO and product.barcode):
        if not product.barcode:
            raise NoBarcodeError
        return encode_gtin(product.barcode)
    if product.barcode:
        text = gtin.printed(product.barcode)
    if kind is CodeKind.CODE_128:
        return encode_code128(text)
    if kind is CodeKind.AUTO:
        try:
            drawn = encode_code128(text)
        except CodeError:
            return encode_qr(text)
        if sheet is None or fits(drawn, sheet):
            return drawn
    return encode_qr(text)


def print_labels(
    products: Sequence[Product], body: LabelsBody, language: Language, created_at: datetime
) -> bytes:
    """Labels of `body.items`, whose products are given in the same order, as PDF.

    Raises:
        ValidationError: too many labels, or codes that do not fit; `errors` names each.
    """
    if (total := sum(item.copies for item in body.items)) > LABELS_MAX:
        raise ValidationError(
            f"{total} labels are too many for one file; print at most {LABELS_MAX}."
        )
    sheet = SHEETS[body.sheet]
    if body.start_position > sheet.labels:
        detail = f"A sheet of this kind has {sheet.labels} places."
        error = FieldError(pointer="#/start_position", code="label.position", detail=detail)
        raise ValidationError(detail, errors=[error])
    labels: list[Label] = []
    errors: list[FieldError] = []
    for index, (product, item) in enumerate(zip(products, body.items, strict=True)):
        problem = _problem_of(product, body.kind, sheet)
        if problem:
            code, detail = problem
            pointer = f"#/items/{index}/product_id"
            errors.append(FieldError(pointer=pointer, code=code, detail=detail))
            continue
        labels += [_label_of(product, body, sheet, language)] * item.copies
    if errors:
        raise ValidationError(errors=errors)
    # Imported by who prints: the library that draws takes a quarter of a second, for which every start would wait.
    from karavan.modules.catalogue.barcodes.labels import render_labels

    title = {"en": "Labels", "ru": "Этикетки", "kk": "Заттаңбалар"}[language.value]
    return render_labels(
        labels,
        sheet,
        start=body.start_position,
        title=title,
        language=language.value,
        created_at=created_at,
    )


def _problem_of(product: Product, kind: CodeKind, sheet: Sheet) -> tuple[str, str] | None:
    """Why a label cannot be printed, and how to mend it."""
    try:
        symbol = symbol_of(product, kind, sheet)
    except NoBarcodeError as error:
        return error.code, f"{product.sku}: {error.detail}"
    except CodeError as error:
        return error.code, f"{product.sku}: {error.detail}"
    if fits(symbol, sheet):
        return None
    return (
        "label.code_too_wide",
        f"{product.sku}: the code would be too fine on this label. Take larger labels or a QR code.",
    )


def _label_of(product: Product, body: LabelsBody, sheet: Sheet, language: Language) -> Label:
    name = product.names.get(language.value, product.name)
    if product.options:
        name = f"{name}, {', '.join(product.options.values())}"
    return Label(
        symbol=symbol_of(product, body.kind, sheet),
        name=name if body.show_name else "",
        price=_PRICES[body.price](product, language),
        sku=product.sku if body.show_sku else "",
    )


def _net(product: Product, language: Language) -> str:
    return format_money(Money(product.price_amount, product.currency), language)


def _gross(product: Product, language: Language) -> str:
    price = Money(product.price_amount, product.currency)
    return format_money(price + price.times(product.tax_rate / 100), language)


_PRICES: dict[str, Callable[[Product, Language], str]] = {
    "none": lambda *_: "",
    "net": _net,
    "gross": _gross,
}
