"""The Common Procurement Vocabulary's divisions (Regulation (EC) No 213/2008) and the platform's categories."""

from typing import Any

from karavan.modules.procurement.categories import Category

# The longest matching start of a code decides.
_BY_CPV = {
    "03": Category.AGRICULTURE,
    "09": Category.ENERGY,
    "14": Category.METALS,
    "15": Category.FOOD,
    "159": Category.BEVERAGES,
    "16": Category.AGRICULTURE,
    "18": Category.TEXTILES,
    "181": Category.SAFETY,
    "19": Category.TEXTILES,
    "22": Category.OFFICE,
    "24": Category.CHEMICALS,
    "30": Category.ELECTRONICS,
    "301": Category.OFFICE,
    "31": Category.ELECTRICAL,
    "32": Category.ELECTRONICS,
    "33": Category.MEDICAL,
    "34": Category.VEHICLES,
    "35": Category.SAFETY,
    "38": Category.ELECTRONICS,
    "39": Category.FURNITURE,
    "398": Category.HOUSEHOLD,
    "42": Category.MACHINERY,
    "43": Category.MACHINERY,
    "44": Category.CONSTRUCTION,
    "45": Category.CONSTRUCTION_SERVICES,
    "48": Category.SOFTWARE,
    "55": Category.CATERING,
    "60": Category.LOGISTICS,
    "63": Category.LOGISTICS,
    "71": Category.PROFESSIONAL,
    "72": Category.SOFTWARE,
    "73": Category.PROFESSIONAL,
    "79": Category.PROFESSIONAL,
    "793": Category.MARKETING,
    "85": Category.MEDICAL,
    "909": Category.HOUSEHOLD,
}
_BY_PROCUREMENT = {
    "works": Category.CONSTRUCTION_SERVICES,
    "services": Category.PROFESSIONAL,
}


def category_of(items: list[dict[str, Any]], main: Any) -> Category:
    """The category of the first item with a CPV code, else what the main procurement category suggests."""
    for item in items:
        classification = item.get("classification")
        if not isinstance(classification, dict) or classification.get("scheme") != "CPV":
            continue
        code = str(classification.get("id") or "")
        for length in (3, 2):
            if code[:length] in _BY_CPV:
                return _BY_CPV[code[:length]]
    return _BY_PROCUREMENT.get(str(main), Category.OTHER)
