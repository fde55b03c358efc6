"""EAN-13, EAN-8 and UPC-A. Source: ISO/IEC 15420, tables of number sets A, B and C."""

from karavan.modules.catalogue.barcodes.code128 import FUNCTION_1, encode_code128
from karavan.modules.catalogue.barcodes.gtin import printed
from karavan.modules.catalogue.barcodes.symbols import Caption, Symbol, Symbology

_ODD = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
_RIGHT = ["".join("10"[int(module)] for module in pattern) for pattern in _ODD]
_EVEN = [pattern[::-1] for pattern in _RIGHT]
# Which of the left six digits are of even parity: that is how the thirteenth digit is written without bars of its own.
_PARITY = "000000 001011 001101 001110 010011 011001 011100 010101 010110 011010".split()
_EDGE, _CENTRE = "101", "01010"


def encode_gtin(gtin: str) -> Symbol:
    """The symbol that stands on a package with this number.

    That is an EAN-8, UPC-A or EAN-13 by the zeros in front; a number of a trade unit, which needs all fourteen digits,
    becomes a GS1-128.

    Args:
        gtin: fourteen digits with a right check digit.
    """
    digits = printed(gtin)
    if len(digits) == 8:
        return _ean_8(digits)
    if len(digits) == 12:
        return _upc_a(digits)
    if len(digits) == 13:
        return _ean_13(digits)
    return encode_code128(f"{FUNCTION_1}01{digits}", shown=f"(01){digits}")


def _ean_13(digits: str) -> Symbol:
    return Symbol(
        symbology=Symbology.EAN_13,
        rows=(_halves(_PARITY[int(digits[0])], digits[1:7], digits[7:]),),
        content=digits,
        quiet_left=11,
        quiet_right=7,
        captions=(
            Caption(digits[0], -9, -2),
            Caption(digits[1:7], 4, 45),
            Caption(digits[7:], 50, 91),
        ),
        guards=((0, 3), (45, 50), (92, 95)),
    )


def _upc_a(digits: str) -> Symbol:
    return Symbol(
        symbology=Symbology.UPC_A,
        rows=(_halves("000000", digits[:6], digits[6:]),),
        content=digits,
        quiet_left=9,
        quiet_right=9,
        captions=(
            Caption(digits[0], -8, -3),
            Caption(digits[1:6], 11, 45),
            Caption(digits[6:11], 50, 84),
            Caption(digits[11], 98, 103),
        ),
        # The bars of its first and last digit reach down as well.
        guards=((0, 10), (45, 50), (85, 95)),
    )


def _ean_8(digits: str) -> Symbol:
    return Symbol(
        symbology=Symbology.EAN_8,
        rows=(_halves("0000", digits[:4], digits[4:]),),
        content=digits,
        quiet_left=7,
        quiet_right=7,
        captions=(Caption(digits[:4], 4, 31), Caption(digits[4:], 36, 63)),
        guards=((0, 3), (31, 36), (64, 67)),
    )


def _halves(parity: str, left: str, right: str) -> str:
    dark_left = "".join(
        (_ODD, _EVEN)[int(even)][int(digit)] for even, digit in zip(parity, left, strict=True)
    )
    dark_right = "".join(_RIGHT[int(digit)] for digit in right)
    return f"{_EDGE}{dark_left}{_CENTRE}{dark_right}{_EDGE}"
