"""QR codes, by segno. Source: ISO/IEC 18004."""

from karavan.modules.catalogue.barcodes.gtin import CodeError
from karavan.modules.catalogue.barcodes.symbols import Symbol, Symbology

TEXT_MAX = 500


def encode_qr(text: str) -> Symbol:
    """A QR code of error level M, which survives the loss of about 15 % of it.

    Text outside ASCII says its character set (ECI 26, UTF-8), as readers would otherwise have to guess.

    Raises:
        CodeError: empty or too long.
    """
    if not text:
        raise CodeError("barcode.empty", "There is nothing to encode.")
    if len(text) > TEXT_MAX:
        raise CodeError(
            "barcode.length",
            f"A QR code of {len(text)} characters would be too fine to scan; use at most {TEXT_MAX}.",
        )
    import segno

    if text.isascii():
        made = segno.make_qr(text, error="m", boost_error=False)
    else:
        made = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8", eci=True)
    rows = tuple("".join("1" if module else "0" for module in row) for row in made.matrix)
    return Symbol(
        symbology=Symbology.QR,
        rows=rows,
        content=text,
        quiet_left=4,
        quiet_right=4,
        quiet_y=4,
    )
