"""Office supplies, household goods and home textiles of Каспий Офис."""

from karavan.demo.goods.kinds import Kind, Size, Sort, Words


def _named(en: str, ru: str, kk: str) -> Words:
    return (f"{en}, {{size}}", f"{ru}, {{size}}", f"{kk}, {{size}}")


def _colour(en: str, ru: str, kk: str, code: str, shade: str, factor: str = "1") -> Sort:
    return Sort((en, ru, kk), factor, None, shade, {"colour": code})


_BLUE = _colour("blue", "синий", "көк", "blue", "#1d4ed8")
_BLACK = _colour("black", "чёрный", "қара", "black", "#27272a")
_RED = _colour("red", "красный", "қызыл", "red", "#dc2626")
_GREEN = _colour("green", "зелёный", "жасыл", "green", "#15803d")
_YELLOW = _colour("yellow", "жёлтый", "сары", "yellow", "#facc15")
_VIOLET = _colour("violet", "фиолетовый", "күлгін", "violet", "#7c3aed")
_L1 = Size(("1 l", "1 л", "1 л"), "1", 1080, {"volume_ml": 1000})
_L5 = Size(("5 l", "5 л", "5 л"), "4.2", 5250, {"volume_ml": 5000})

OFFICE = (
    Kind(
        key="CP", category="copy-paper", price=2450, shape="ream", colour="#2563eb", label="PAPER", unit="XPK",
        names=_named("Copy paper {sort}", "Бумага {sort}", "Қағаз {sort}"),
        about=("Copy paper {sort}, {size}, 500 sheets of 80 g/m².", "Бумага для печати {sort}, {size}, 500 листов 80 г/м².", "Басып шығару қағазы {sort}, {size}, 500 парақ 80 г/м²."),
        attributes={"brand": "Каспий", "pieces": 500, "density": 80, "colour": "white"},
        sorts=(Sort(("Standard", "Стандарт", "Стандарт")), Sort(("Premium", "Премиум", "Премиум"), "1.25"), Sort(("Eco", "Эко", "Эко"), "0.9"), Sort(("Colour laser", "Для цветной печати", "Түрлі түсті баспаға"), "2.1")),
        sizes=(Size(("A4", "A4", "A4"), "1", 2500, {"paper_format": "a4"}), Size(("A3", "A3", "A3"), "2.05", 5000, {"paper_format": "a3"})), pack=5, minimum=5,
    ),
    Kind(
        key="TR", category="till-rolls", price=160, shape="roll", colour="#94a3b8", label="ROLL",
        names=_named("Till roll", "Чековая лента", "Чек таспасы"), about=("Thermal roll {size}, core 12 mm.", "Термолента {size}, втулка 12 мм.", "Термотаспа {size}, төлкесі 12 мм."), attributes={"brand": "Каспий", "colour": "white"},
        sizes=(Size(("57 mm × 20 m", "57 мм × 20 м", "57 мм × 20 м"), "1", 70), Size(("57 mm × 40 m", "57 мм × 40 м", "57 мм × 40 м"), "1.8", 130), Size(("80 mm × 40 m", "80 мм × 40 м", "80 мм × 40 м"), "2.4", 180), Size(("80 mm × 80 m", "80 мм × 80 м", "80 мм × 80 м"), "4.4", 340)),
        pack=12, minimum=12, tiers=(120, 1200),
    ),
    Kind(
        key="NB", category="notebooks-and-diaries", price=780, shape="notebook", colour="#0f766e",
        names=_named("Notebook {sort}", "Тетрадь {sort}", "Дәптер {sort}"), about=("Notebook {sort}, 96 sheets, {size}.", "Тетрадь {sort}, 96 листов, {size}.", "Дәптер {sort}, 96 парақ, {size}."), attributes={"brand": "Каспий", "pieces": 1},
        sorts=(Sort(("squared", "в клетку", "торкөз")), Sort(("ruled", "в линейку", "жолақты")), Sort(("dotted", "в точку", "нүктелі"), "1.2"), Sort(("with a hard cover", "в твёрдой обложке", "қатты мұқабалы"), "2.2")),
        sizes=(Size(("A6", "A6", "A6"), "0.6", 90), Size(("A5", "A5", "A5"), "1", 190), Size(("A4", "A4", "A4"), "1.7", 380)),
    ),
    Kind(
        key="PE", category="pens-and-pencils", price=140, shape="pen", colour="#1d4ed8",
        names=("{size}, {sort}", "Ручка {size}, {sort}", "Қалам {size}, {sort}"),
        about=("{size}, ink {sort}.", "{size}, цвет чернил: {sort}.", "{size}, сиясының түсі: {sort}."), attributes={"brand": "Каспий", "pieces": 1}, sorts=(_BLUE, _BLACK, _RED, _GREEN),
        sizes=(Size(("Ball pen 0.7 mm", "шариковая 0,7 мм", "шарикті 0,7 мм"), "1", 9), Size(("Gel pen 0.5 mm", "гелевая 0,5 мм", "гельді 0,5 мм"), "1.6", 11), Size(("Retractable pen", "автоматическая", "автоматты"), "2.4", 14)),
        pack=10, minimum=50, tiers=(200, 1000),
    ),
    Kind(
        key="MK", category="markers", price=390, shape="marker", colour="#facc15",
        names=("{size}, {sort}", "{size}, {sort}", "{size}, {sort}"), about=("{size}, {sort}, quick-drying.", "{size}, {sort}, быстро сохнет.", "{size}, {sort}, тез кебеді."), attributes={"brand": "Каспий", "pieces": 1},
        sorts=(_YELLOW, _GREEN, _RED, _BLUE, _BLACK, _VIOLET),
        sizes=(Size(("Highlighter", "Текстовыделитель", "Мәтін белгілегіш"), "1", 18), Size(("Whiteboard marker", "Маркер для доски", "Тақтаға арналған маркер"), "1.2", 21)), pack=10, minimum=10, tiers=(100, 500),
    ),
    Kind(
        key="FO", category="folders-and-archiving", price=1250, shape="folder", colour="#1d4ed8",
        names=_named("Lever arch file, {sort}", "Папка-регистратор, {sort}", "Тіркеуші папка, {sort}"), about=("Lever arch file A4, {sort}, spine {size}.", "Папка-регистратор A4, {sort}, корешок {size}.", "A4 тіркеуші папка, {sort}, түбі {size}."), attributes={"brand": "Каспий", "pieces": 1},
        sorts=(_BLUE, _BLACK, _RED, _GREEN, _YELLOW), sizes=(Size(("50 mm", "50 мм", "50 мм"), "0.95", 310), Size(("75 mm", "75 мм", "75 мм"), "1", 390)), pack=5, minimum=5,
    ),
    Kind(
        key="ST", category="staplers-and-hole-punches", price=2300, shape="stapler", colour="#27272a",
        names=("{sort}", "{sort}", "{sort}"), about=("{sort}, metal.", "{sort}, металл.", "{sort}, металл."), attributes={"brand": "Каспий"},
        sorts=(Sort(("Stapler, 20 sheets", "Степлер на 20 листов", "20 параққа степлер"), "0.7"), Sort(("Stapler, 100 sheets", "Степлер на 100 листов", "100 параққа степлер"), "3.1"), Sort(("Hole punch, 30 sheets", "Дырокол на 30 листов", "30 параққа тескіш")), Sort(("Hole punch, 60 sheets", "Дырокол на 60 листов", "60 параққа тескіш"), "2.2")),
    ),
    Kind(
        key="EV", category="envelopes", price=28, shape="envelope", colour="#bfae8e",
        names=_named("Envelope", "Конверт", "Конверт"), about=("Self-sealing envelope {size}.", "Конверт {size} с отрывной лентой.", "Өздігінен желімделетін конверт {size}."), attributes={"brand": "Каспий", "pieces": 1},
        sizes=(Size(("DL", "E65", "E65"), "1", 5), Size(("C5", "C5", "C5"), "1.4", 8), Size(("C4", "C4", "C4"), "2.4", 15), Size(("B4 padded", "B4 с воздушной подушкой", "B4 ауа жастықшалы"), "6", 28)), pack=100, minimum=100, tiers=(1000, 5000),
    ),
    Kind(
        key="TW", category="towels", price=2900, shape="towels", colour="#0ea5e9", option="size", option_values=("40×70", "50×90", "70×140"), country="UZ",
        names=("Terry towel, {sort}", "Полотенце махровое, {sort}", "Түкті сүлгі, {sort}"), about=("Cotton towel, {sort}, 450 g/m², for hotels and homes.", "Хлопковое полотенце, {sort}, 450 г/м², для гостиниц и дома.", "Мақта сүлгі, {sort}, 450 г/м², қонақүй мен үйге."), attributes={"brand": "Самал"},
        sorts=(_colour("white", "белое", "ақ", "white", "#e2e8f0"), _colour("blue", "голубое", "көгілдір", "light_blue", "#7cc4ea"), _colour("grey", "серое", "сұр", "grey", "#9ca3af"), _colour("green", "зелёное", "жасыл", "green", "#6fae7c"), _colour("pink", "розовое", "қызғылт", "pink", "#f0a6b8")), tiers=(20, 200),
    ),
    Kind(
        key="BL", category="bed-linen", price=14_500, shape="towels", colour="#c4b5fd", label="SATEEN", option="size", option_values=("Single", "Double", "Euro"), country="UZ",
        names=("Bed linen {sort}", "Постельное бельё {sort}", "Төсек жаймасы {sort}"), about=("Bed linen set {sort}, sateen.", "Комплект постельного белья {sort}, сатин.", "Төсек жаймасының жиынтығы {sort}, сатин."), attributes={"brand": "Самал"},
        sorts=(Sort(("Snow", "Снег", "Қар")), Sort(("Lavender", "Лаванда", "Лаванда"), "1.1"), Sort(("Steppe flowers", "Степные цветы", "Дала гүлдері"), "1.2"), Sort(("Hotel stripe", "Гостиничная полоса", "Қонақүй жолағы"), "1.3")), tiers=(10, 100),
    ),
    Kind(
        key="BK", category="blankets-and-quilts", price=18_900, shape="towels", colour="#b45309", label="WOOL",
        names=("Blanket {sort}", "Одеяло {sort}", "Көрпе {sort}"), about=("Blanket {sort}, 200 × 220 cm.", "Одеяло {sort}, 200 × 220 см.", "Көрпе {sort}, 200 × 220 см."), attributes={"brand": "Самал", "length_cm": 220, "width_cm": 200},
        sorts=(Sort(("of camel wool", "из верблюжьей шерсти", "түйе жүнінен"), "2"), Sort(("of sheep's wool", "из овечьей шерсти", "қой жүнінен"), "1.4"), Sort(("of bamboo fibre", "бамбуковое", "бамбук талшығынан")), Sort(("fleece", "флисовое", "флистен"), "0.4")), tiers=(5, 50),
    ),
    Kind(
        key="FC", category="floor-cleaners", price=980, shape="spray", colour="#0891b2", label="FLOOR",
        names=_named("Floor cleaner, {sort}", "Средство для пола, {sort}", "Еденге арналған құрал, {sort}"), about=("Concentrate for floors, {sort}, {size}.", "Концентрат для мытья полов, {sort}, {size}.", "Еден жууға арналған концентрат, {sort}, {size}."), attributes={"brand": "Таза үй"},
        sorts=(Sort(("lemon", "лимон", "лимон")), Sort(("lavender", "лаванда", "лаванда")), Sort(("pine", "хвоя", "қылқан"), "1.05"), Sort(("without scent", "без запаха", "иіссіз"), "0.95")), sizes=(_L1, _L5), minimum=4,
    ),
    Kind(
        key="GC", category="glass-cleaners", price=860, shape="spray", colour="#38bdf8", label="GLASS",
        names=_named("Glass cleaner, {sort}", "Средство для стёкол, {sort}", "Шыныға арналған құрал, {sort}"), about=("Cleans without streaks, {sort}, {size}.", "Чистит без разводов, {sort}, {size}.", "Із қалдырмай тазалайды, {sort}, {size}."), attributes={"brand": "Таза үй"},
        sorts=(Sort(("classic", "классический", "классикалық")), Sort(("against frost", "зимний", "қысқы"), "1.3")), sizes=(_L1, _L5), minimum=4,
    ),
    Kind(
        key="TP", category="toilet-paper", price=620, shape="roll", colour="#f9a8d4", label="SOFT", unit="XPK",
        names=_named("Toilet paper {sort}", "Туалетная бумага {sort}", "Дәретхана қағазы {sort}"), about=("Toilet paper {sort}, {size}.", "Туалетная бумага {sort}, {size}.", "Дәретхана қағазы {sort}, {size}."), attributes={"brand": "Таза үй"},
        sorts=(Sort(("2 layers", "двухслойная", "екі қабат"), "1", None, None, {"layers": 2}), Sort(("3 layers", "трёхслойная", "үш қабат"), "1.4", None, None, {"layers": 3}), Sort(("from recycled paper", "из макулатуры", "қайта өңделген"), "0.7", None, None, {"layers": 1})),
        sizes=(Size(("4 rolls", "4 рулона", "4 орам"), "1", 480, {"rolls": 4}), Size(("12 rolls", "12 рулонов", "12 орам"), "2.8", 1440, {"rolls": 12})), tiers=(24, 240),
    ),
    Kind(
        key="PT", category="paper-towels", price=690, shape="roll", colour="#86efac", label="TOWEL", unit="XPK",
        names=_named("Paper towels {sort}", "Бумажные полотенца {sort}", "Қағаз сүлгі {sort}"), about=("Paper towels {sort}, {size}.", "Бумажные полотенца {sort}, {size}.", "Қағаз сүлгі {sort}, {size}."), attributes={"brand": "Таза үй", "layers": 2},
        sorts=(Sort(("in rolls", "в рулонах", "орамда")), Sort(("V-fold", "V-сложения", "V-бүктелген"), "1.2")), sizes=(Size(("2 pieces", "2 шт.", "2 дана"), "1", 420, {"rolls": 2}), Size(("8 pieces", "8 шт.", "8 дана"), "3.7", 1680, {"rolls": 8})), tiers=(24, 240),
    ),
    Kind(
        key="CL", category="cloths-and-sponges", price=340, shape="towels", colour="#34d399", label="CLEAN",
        names=("{sort}", "{sort}", "{sort}"), about=("{sort}.", "{sort}.", "{sort}."), attributes={"brand": "Таза үй"},
        sorts=(Sort(("Microfibre cloth 30×30 cm", "Салфетка из микрофибры 30×30 см", "Микрофибра майлық 30×30 см")), Sort(("Viscose cloths, 5", "Салфетки вискозные, 5 шт.", "Вискоза майлықтар, 5 дана"), "1.3"), Sort(("Dish sponges, 10", "Губки для посуды, 10 шт.", "Ыдыс губкалары, 10 дана"), "1.2"), Sort(("Floor cloth", "Тряпка для пола", "Еден шүберегі"), "2"))),
    Kind(
        key="CU", category="paper-cups", price=19, shape="cup", colour="#a16207", label="HOT",
        names=_named("Paper cup, {sort}", "Стакан бумажный, {sort}", "Қағаз стақан, {sort}"), about=("Paper cup, {sort}, {size}.", "Бумажный стакан, {sort}, {size}.", "Қағаз стақан, {sort}, {size}."), attributes={"brand": "Каспий"},
        sorts=(Sort(("one layer", "однослойный", "бір қабат")), Sort(("two layers", "двухслойный", "екі қабат"), "1.6")),
        sizes=tuple(Size((f"{ml} ml", f"{ml} мл", f"{ml} мл"), f"{0.5 + ml / 500:.2f}", ml // 25, {"capacity_ml": ml}) for ml in (180, 250, 350)), pack=50, minimum=1000, tiers=(5000, 20_000),
    ),
    Kind(
        key="CH", category="office-chairs", price=42_000, shape="chair", colour="#1f2937", country="CN",
        names=("Office chair {sort}", "Кресло офисное {sort}", "Кеңсе креслосы {sort}"), about=("Chair {sort}, up to 120 kg.", "Кресло {sort}, до 120 кг.", "Кресло {sort}, 120 кг дейін."), attributes={"brand": "Каспий", "colour": "black"},
        sorts=(Sort(("Manager", "Руководитель", "Басшы"), "1.8"), Sort(("Operator", "Оператор", "Оператор")), Sort(("Mesh", "Сетка", "Торлы"), "1.2"), Sort(("Visitor", "Посетитель", "Келуші"), "0.5")), tiers=(5, 20),
    ),
    Kind(
        key="DK", category="office-desks", price=58_000, shape="desk", colour="#a97142",
        names=("Desk {sort}", "Стол {sort}", "Үстел {sort}"), about=("Desk {sort}, laminated board 22 mm.", "Стол {sort}, ЛДСП 22 мм.", "Үстел {sort}, ЛДСП 22 мм."), attributes={"brand": "Каспий", "colour": "brown"},
        sorts=(Sort(("120 cm", "120 см", "120 см"), "0.8", None, None, {"length_cm": 120}), Sort(("160 cm", "160 см", "160 см"), "1", None, None, {"length_cm": 160}), Sort(("corner", "угловой", "бұрыштық"), "1.6"), Sort(("height-adjustable", "с регулировкой высоты", "биіктігі реттелетін"), "3.2")), tiers=(3, 15),
    ),
)  # fmt: skip
