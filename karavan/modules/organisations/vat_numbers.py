"""VAT numbers: how they are written, and their shapes where those are known."""

import re

from karavan.kit.errors import invalid

# European Commission, VIES, "VAT identification numbers": without the country's prefix. Northern Ireland trades as XI.
_EUROPEAN = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "ES": r"[0-9A-Z]\d{7}[0-9A-Z]", "FI": r"\d{8}",
    "FR": r"[0-9A-HJ-NP-Z]{2}\d{9}", "GR": r"\d{9}", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[0-9A-Z+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}|\d{12}", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"[0-9A-Z+*]{12}", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
    "GB": r"\d{9}|\d{12}|GD\d{3}|HA\d{3}", "XI": r"\d{9}|\d{12}|GD\d{3}|HA\d{3}",
}  # fmt: skip
# Where the tax number itself says who is registered: БИН or ИИН in Kazakhstan, ИНН of a firm or a person in Russia.
_NATIONAL = {"KZ": r"\d{12}", "RU": r"\d{10}|\d{12}"}
_PREFIXES = {"GR": "EL"}
_OTHER = re.compile(r"[0-9A-Z+*]{2,20}")


def written_vat_number(country: str, typed: str) -> str:
    """The number as it is kept: capitals without spaces, dots and dashes, a European one with its country in front.

    Args:
        country: of the organisation, ISO 3166-1.
        typed: as somebody wrote it; empty stays empty.

    Raises:
        ValidationError: it has not the shape of that country's numbers, or none at all.
    """
    number = re.sub(r"[\s.\-/]", "", typed).upper()
    if not number:
        return ""
    if country in _NATIONAL:
        bare = number.removeprefix(country)
        return _checked(_NATIONAL[country], bare, country, bare)
    if country in _EUROPEAN:
        prefix = _PREFIXES.get(country, country)
        bare = number.removeprefix(prefix)
        return _checked(_EUROPEAN[country], bare, country, prefix + bare)
    return _checked(_OTHER.pattern, number, country, number)


def _checked(pattern: str, bare: str, country: str, written: str) -> str:
    # The digits of other scripts would pass as digits otherwise.
    if not re.fullmatch(pattern, bare, re.ASCII):
        raise invalid(
            "#/vat_number",
            "vat_number",
            f"This is not written like a VAT number of the organisation's country ({country}).",
            country=country,
        )
    return written
