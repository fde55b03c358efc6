"""Units of measure that values of one kind are converted between, as people write them beside numbers and in headings."""

from decimal import Decimal

from karavan.kit.imports.words import normalised, unit_code

# By code of UN/ECE Recommendation 20: what is measured, how many of its smallest unit one is, and further words.
_KNOWN: dict[str, tuple[str, str, str]] = {
    "GRM": ("mass", "1", ""), "KGM": ("mass", "1000", ""), "TNE": ("mass", "1000000", ""),
    "MMT": ("length", "1", ""), "CMT": ("length", "10", ""), "MTR": ("length", "1000", ""),
    "KMT": ("length", "1000000", "км km"), "INH": ("length", "25.4", "дюйм дюйма дюймов inch inches in \" ″ ''"),
    "MLT": ("volume", "1", ""), "LTR": ("volume", "1000", ""), "MTQ": ("volume", "1000000", ""),
    "MMK": ("area", "1", "мм² мм2 mm² mm2"), "CMK": ("area", "100", "см² см2 cm² cm2"), "MTK": ("area", "1000000", ""),
    "WTT": ("power", "1", "вт w watt watts ватт"), "KWT": ("power", "1000", "квт kw киловатт"),
    "4L": ("data", "1", "мб mb"), "E34": ("data", "1000", "гб gb"), "E35": ("data", "1000000", "тб tb"),
    "VLT": ("voltage", "1", "в v вольт volt"), "AMP": ("current", "1", "а a ампер"),
    "E09": ("charge", "1", "мач ма·ч mah"), "AMH": ("charge", "1000", "ач а·ч ah"),
    "DAY": ("days", "1", "дн день дней дня day days күн"), "WEE": ("days", "7", "нед недель week weeks апта"),
    "MON": ("months", "1", "мес месяц месяца месяцев month months ай"),
    "ANN": ("months", "12", "год года лет year years жыл"), "KEL": ("temperature", "1", "к k"),
    "GM": ("grammage", "1", "г/м² г/м2 g/m² g/m2 gsm"), "MQH": ("flow", "1", "м³/ч м3/ч m³/h m3/h"),
    "P1": ("share", "1", "%"), "4H": ("micro", "1", "мкм µm micron"), "KJO": ("energy", "1", "кдж kj"),
    "K51": ("energy", "4.184", "ккал kcal"), "H87": ("pieces", "1", ""),
}  # fmt: skip
_WORDS = {word: code for code, (_, _, words) in _KNOWN.items() for word in words.split()}


def measure_of(written: str) -> str | None:
    """The code of the unit that is written beside a number, nothing for an unknown one."""
    squeezed = written.strip().lower().replace(" ", "").rstrip(".")
    return _WORDS.get(squeezed) or unit_code(written)


def measure_in(heading: str) -> str | None:
    """The unit that a heading names at its end, as in `Volume, l` and `Объём (мл)`."""
    words = heading.replace("(", ",").replace(")", "").rpartition(",")
    if words[1] and (found := measure_of(words[2])) is not None:
        return found
    last = normalised(heading).split()[-1:]
    return measure_of(last[0]) if len(normalised(heading).split()) > 1 else None


def converted(value: Decimal, source: str, target: str) -> Decimal | None:
    """A value in another unit; nothing when the two do not measure the same.

    Args:
        source, target: codes of UN/ECE Recommendation 20.
    """
    if source == target:
        return value
    here, there = _KNOWN.get(source), _KNOWN.get(target)
    if here is None or there is None or here[0] != there[0]:
        return None
    return (value * Decimal(here[1]) / Decimal(there[1])).normalize()
