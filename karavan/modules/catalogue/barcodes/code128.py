"""Code 128 with the fewest symbols that can say the text. Source: ISO/IEC 15417."""

from functools import cache

from karavan.modules.catalogue.barcodes.gtin import CodeError
from karavan.modules.catalogue.barcodes.symbols import Caption, Symbol, Symbology

FUNCTION_1 = "\u00f1"
"""Stands for FNC1: in front it makes a GS1-128, later it ends a field of variable length."""

TEXT_MAX = 80

_WIDTHS = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
""".split()

_START = {"A": 103, "B": 104, "C": 105}
_SWITCH = {"A": 101, "B": 100, "C": 99}
_SHIFT, _FNC1, _STOP = 98, 102, 106
_SETS = ("B", "C", "A")


def encode_code128(text: str, *, shown: str | None = None) -> Symbol:
    """A symbol of `text`.

    Args:
        text: ASCII characters; `FUNCTION_1` stands for FNC1.
        shown: what stands under the bars; by default the text.

    Raises:
        CodeError: empty, too long, or a character that Code 128 does not have.
    """
    values = code128_values(text)
    row = "".join(_modules(_WIDTHS[value]) for value in values)
    content = text.removeprefix(FUNCTION_1).replace(FUNCTION_1, "\x1d")
    readable = content if shown is None else shown
    caption = "".join(character if character.isprintable() else " " for character in readable)
    return Symbol(
        symbology=Symbology.CODE_128,
        rows=(row,),
        content=readable if text.startswith(FUNCTION_1) else content,
        quiet_left=10,
        quiet_right=10,
        captions=(Caption(caption, 0, len(row)),),
    )


def code128_values(text: str) -> list[int]:
    """Start, data, check and stop values.

    The check value is (start + Σ i · valueᵢ) mod 103, i from 1.

    Raises:
        CodeError: as `encode_code128`.
    """
    if not text:
        raise CodeError("barcode.empty", "There is nothing to encode.")
    if len(text) > TEXT_MAX:
        raise CodeError(
            "barcode.length",
            f"A Code 128 of {len(text)} characters would be too wide to scan; use at most {TEXT_MAX}, or a QR code.",
        )
    for character in text:
        if ord(character) > 127 and character != FUNCTION_1:
            raise CodeError(
                "barcode.characters",
                f"Code 128 has no “{character}”: it knows Latin letters, digits and signs. Use a QR code instead.",
            )
    values = _shortest(text)
    check = (values[0] + sum(index * value for index, value in enumerate(values[1:], 1))) % 103
    return [*values, check, _STOP]


def _shortest(text: str) -> list[int]:
    """Values of the shortest way from left to right through the three sets; of equals the one that changes set latest."""

    @cache
    def onward(position: int, current: str) -> tuple[int, tuple[int, ...]]:
        """How many values say the rest in the best way, and the values of its first step; `current` is the set."""
        if position == len(text):
            return 0, ()
        best: tuple[int, tuple[int, ...]] | None = None
        for step, taken, following in _steps(text, position, current):
            cost = len(step) + onward(position + taken, following)[0]
            if best is None or cost < best[0]:
                best = (cost, step)
        assert best is not None
        return best

    # Walked from the end, so that the recursion finds its answers instead of descending through the whole text.
    for position in range(len(text), -1, -1):
        for current in _SETS:
            onward(position, current)
    chosen = min(_SETS, key=lambda one: onward(0, one)[0])
    values = [_START[chosen]]
    position = 0
    while position < len(text):
        step = onward(position, chosen)[1]
        values += step
        taken, chosen = next(
            (taken, following)
            for candidate, taken, following in _steps(text, position, chosen)
            if candidate == step
        )
        position += taken
    return values


def _steps(text: str, position: int, current: str) -> list[tuple[tuple[int, ...], int, str]]:
    """What can be said next: values, characters taken, set afterwards."""
    steps: list[tuple[tuple[int, ...], int, str]] = []
    for wanted in (current, *(one for one in _SETS if one != current)):
        said = _said_in(wanted, text, position)
        if said is None:
            continue
        value, taken = said
        if wanted == current:
            steps.append(((value,), taken, current))
            continue
        steps.append(((_SWITCH[wanted], value), taken, wanted))
        if {wanted, current} == {"A", "B"} and value != _FNC1:
            steps.append(((_SHIFT, value), taken, current))
    return steps


def _said_in(code_set: str, text: str, position: int) -> tuple[int, int] | None:
    """The value of what stands at `position` in a set, and how many characters it takes."""
    character = text[position]
    if character == FUNCTION_1:
        return _FNC1, 1
    code = ord(character)
    if code_set == "C":
        pair = text[position : position + 2]
        return (int(pair), 2) if len(pair) == 2 and pair.isascii() and pair.isdigit() else None
    if code_set == "A":
        return ((code - 32) % 96, 1) if code < 96 else None
    return (code - 32, 1) if code >= 32 else None


def _modules(widths: str) -> str:
    return "".join("10"[index % 2] * int(width) for index, width in enumerate(widths))
