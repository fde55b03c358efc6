"""Building materials, tools and workwear of Волжский Снаб."""

from karavan.demo.goods.kinds import Kind, Size, Sort, Words

_KG5 = Size(("5 kg", "5 кг", "5 кг"), "0.26", 5100, {"pack_kg": 5})
_KG25 = Size(("25 kg", "25 кг", "25 кг"), "1", 25_200, {"pack_kg": 25})
_KG50 = Size(("50 kg", "50 кг", "50 кг"), "1.9", 50_300, {"pack_kg": 50})
_L1 = Size(("0.9 l", "0,9 л", "0,9 л"), "0.28", 1200, {"volume_l": 0.9})
_L27 = Size(("2.7 l", "2,7 л", "2,7 л"), "0.75", 3600, {"volume_l": 2.7})
_L9 = Size(("9 l", "9 л", "9 л"), "2.2", 13_000, {"volume_l": 9})
_CLOTHES = ("S", "M", "L", "XL", "XXL")


def _named(en: str, ru: str, kk: str) -> Words:
    return (f"{en}, {{size}}", f"{ru}, {{size}}", f"{kk}, {{size}}")


WHITE, CREAM, YELLOW, RED, GREEN, BLUE, GREY, BLACK = (
    Sort(("white", "белая", "ақ"), "1", None, "#f8fafc"),
    Sort(("cream", "кремовая", "кілегей түсті"), "1.05", None, "#f5e6c8"),
    Sort(("yellow", "жёлтая", "сары"), "1.1", None, "#eab308"),
    Sort(("red", "красная", "қызыл"), "1.15", None, "#c62828"),
    Sort(("green", "зелёная", "жасыл"), "1.1", None, "#2e7d32"),
    Sort(("blue", "синяя", "көк"), "1.1", None, "#1e5fb3"),
    Sort(("grey", "серая", "сұр"), "1.05", None, "#8a939b"),
    Sort(("black", "чёрная", "қара"), "1.1", None, "#23272b"),
)

BUILDING = (
    Kind(
        key="CE", category="cement", price=2050, shape="sack", colour="#6b7280", label="CEMENT", country="RU",
        names=_named("Cement {sort}", "Цемент {sort}", "Цемент {sort}"),
        about=("Portland cement {sort}, dry store, {size}.", "Портландцемент {sort}, сухой склад, {size}.", "Портландцемент {sort}, құрғақ қойма, {size}."),
        attributes={"brand": "Волга Строй"},
        sorts=(
            Sort(("M400", "М400", "М400"), "1", None, None, {"cement_grade": "m400"}), Sort(("M500", "М500", "М500"), "1.12", None, None, {"cement_grade": "m500"}),
            Sort(("M600", "М600", "М600"), "1.3", None, None, {"cement_grade": "m600"}),
        ),
        sizes=(_KG25, _KG50), tiers=(40, 200),
    ),
    Kind(
        key="PL", category="plaster", price=2600, shape="sack", colour="#a8a29e", label="PLASTER", country="RU",
        names=_named("Plaster {sort}", "Штукатурка {sort}", "Сылақ {sort}"),
        about=("{sort} plaster for walls and ceilings, {size}.", "Штукатурка {sort} для стен и потолков, {size}.", "Қабырға мен төбеге арналған {sort} сылақ, {size}."),
        attributes={"brand": "Волга Строй"},
        sorts=(Sort(("gypsum", "гипсовая", "гипсті")), Sort(("cement", "цементная", "цементті"), "0.8"), Sort(("decorative, bark beetle", "декоративная «короед»", "сәндік «короед»"), "1.7")),
        sizes=(_KG5, _KG25), tiers=(40, 200),
    ),
    Kind(
        key="PU", category="putty", price=3100, shape="sack", colour="#94a3b8", label="PUTTY", country="RU",
        names=_named("Putty {sort}", "Шпаклёвка {sort}", "Тегістегіш {sort}"),
        about=("{sort} putty, ready in an hour, {size}.", "Шпаклёвка {sort}, готова через час, {size}.", "{sort} тегістегіш, бір сағатта дайын, {size}."),
        attributes={"brand": "Волга Строй"},
        sorts=(Sort(("base", "базовая", "негізгі")), Sort(("finishing", "финишная", "соңғы"), "1.2"), Sort(("front", "фасадная", "қасбеттік"), "1.1")),
        sizes=(_KG5, _KG25), tiers=(40, 200),
    ),
    Kind(
        key="TA", category="tile-adhesive", price=2900, shape="sack", colour="#57534e", label="ADHESIVE", country="RU",
        names=_named("Tile adhesive {sort}", "Клей плиточный {sort}", "Плитка желімі {sort}"),
        about=("Tile adhesive {sort}, {size}.", "Плиточный клей {sort}, {size}.", "Плитка желімі {sort}, {size}."), attributes={"brand": "Волга Строй"},
        sorts=(Sort(("standard", "стандарт", "стандартты")), Sort(("for stoneware", "для керамогранита", "керамогранитке"), "1.4"), Sort(("frost-proof", "морозостойкий", "аязға төзімді"), "1.6")),
        sizes=(_KG25,), tiers=(40, 200),
    ),
    Kind(
        key="BR", category="bricks", price=92, shape="brick", colour="#b5533c", country="RU",
        names=("Brick, {sort}", "Кирпич {sort}", "Кірпіш, {sort}"),
        about=("{sort} brick 250 × 120 × 65 mm, on pallets of 480.", "Кирпич {sort} 250 × 120 × 65 мм, на поддонах по 480 штук.", "{sort} кірпіш 250 × 120 × 65 мм, тұғырда 480 дана."),
        attributes={"brand": "Волга Строй", "length_cm": 25, "width_cm": 12},
        sorts=(
            Sort(("solid", "полнотелый", "тұтас"), "1"), Sort(("hollow", "пустотелый", "қуыс"), "0.85"), Sort(("facing, straw", "лицевой соломенный", "қаптама, сабан түсті"), "1.5", None, "#d9b26a"),
            Sort(("facing, chocolate", "лицевой шоколад", "қаптама, шоколад"), "1.6"), Sort(("fireclay", "шамотный", "шамот"), "3.1"),
        ),
        sizes=(Size(("", "", ""), "1", 3300),), pack=480, minimum=480, tiers=(4800, 19_200),
    ),
    Kind(
        key="AB", category="aerated-concrete-blocks", price=1150, shape="brick", colour="#cbd5d1", country="RU",
        names=("Aerated concrete block {size}", "Газоблок {size}", "Газблок {size}"),
        about=("Block D500, {size}, tolerance 1 mm.", "Блок D500, {size}, точность 1 мм.", "D500 блогы, {size}, дәлдігі 1 мм."), attributes={"brand": "Волга Строй", "length_cm": 60},
        sizes=tuple(Size((f"600×300×{mm} mm", f"600×300×{mm} мм", f"600×300×{mm} мм"), f"{mm / 250:.2f}", mm * 90, {"width_cm": mm / 10}) for mm in (100, 150, 200, 250, 300)),
        tiers=(180, 900),
    ),
    Kind(
        key="MW", category="mineral-wool", price=6400, shape="roll", colour="#d6a419", label="WOOL", country="RU",
        names=_named("Mineral wool {sort}", "Минвата {sort}", "Минералды мақта {sort}"),
        about=("Mineral wool {sort}, does not burn, {size}.", "Минеральная вата {sort}, негорючая, {size}.", "{sort} минералды мақта, жанбайды, {size}."), attributes={"brand": "Тепло Дом"},
        sorts=(Sort(("for roofs", "кровельная", "шатырға")), Sort(("for fronts", "фасадная", "қасбетке"), "1.5"), Sort(("for partitions", "для перегородок", "қалқаға"), "0.9")),
        sizes=tuple(Size((f"{mm} mm", f"{mm} мм", f"{mm} мм"), f"{mm / 100:.2f}", mm * 90, {"thickness_mm": mm}) for mm in (50, 100, 150)),
    ),
    Kind(
        key="DW", category="drywall", price=2350, shape="board", colour="#b8c4bb", country="RU",
        names=_named("Drywall sheet {sort}", "Гипсокартон {sort}", "Гипсокартон {sort}"),
        about=("Sheet 2500 × 1200 mm, {sort}, {size}.", "Лист 2500 × 1200 мм, {sort}, {size}.", "Парақ 2500 × 1200 мм, {sort}, {size}."), attributes={"brand": "Волга Строй", "length_cm": 250, "width_cm": 120},
        sorts=(Sort(("standard", "обычный", "кәдімгі")), Sort(("moisture-proof", "влагостойкий", "ылғалға төзімді"), "1.35"), Sort(("fire-proof", "огнестойкий", "отқа төзімді"), "1.5")),
        sizes=(Size(("9.5 mm", "9,5 мм", "9,5 мм"), "0.85", 22_000), Size(("12.5 mm", "12,5 мм", "12,5 мм"), "1", 29_000)), tiers=(50, 250),
    ),
    Kind(
        key="IP", category="interior-paints", price=7900, shape="can", colour="#f1f5f9", label="PAINT", country="RU",
        names=_named("Interior paint, {sort}", "Краска интерьерная {sort}", "Ішкі бояу, {sort}"),
        about=("Washable paint without smell, {sort}, {size}.", "Моющаяся краска без запаха, {sort}, {size}.", "Иіссіз, жуылатын бояу, {sort}, {size}."),
        attributes={"brand": "Палитра", "gloss": "matt"}, sorts=(WHITE, CREAM, YELLOW, RED, GREEN, BLUE, GREY, BLACK), sizes=(_L27, _L9), tiers=(12, 60),
    ),
    Kind(
        key="EN", category="enamels", price=8600, shape="can", colour="#1e5fb3", label="PAINT", country="RU",
        names=_named("Enamel for metal and wood, {sort}", "Эмаль по металлу и дереву {sort}", "Металл мен ағашқа эмаль, {sort}"),
        about=("Alkyd enamel, {sort}, indoors and outdoors, {size}.", "Алкидная эмаль, {sort}, для внутренних и наружных работ, {size}.", "Алкид эмалі, {sort}, ішкі және сыртқы жұмысқа, {size}."),
        attributes={"brand": "Палитра", "gloss": "gloss"}, sorts=(WHITE, YELLOW, RED, GREEN, BLUE, GREY), sizes=(_L1, _L27), tiers=(12, 60),
    ),
    Kind(
        key="PR", category="primers", price=3400, shape="can", colour="#7dd3fc", label="PRIMER", country="RU",
        names=_named("Primer {sort}", "Грунтовка {sort}", "Грунттағыш {sort}"),
        about=("Primer {sort}, {size}.", "Грунтовка {sort}, {size}.", "Грунттағыш {sort}, {size}."), attributes={"brand": "Палитра"},
        sorts=(Sort(("deep", "глубокого проникновения", "терең сіңетін")), Sort(("gripping", "бетоконтакт", "бетоконтакт"), "1.8"), Sort(("against mould", "антисептик", "зеңге қарсы"), "1.4")), sizes=(_L9, _L27),
    ),
    Kind(
        key="SC", category="screws", price=1450, shape="screws", colour="#71717a", unit="XBX", country="CN",
        names=_named("Screws {sort}", "Саморезы {sort}", "Бұрандалар {sort}"),
        about=("{sort} screws, {size}, box of 500.", "Саморезы {sort}, {size}, коробка 500 штук.", "{sort} бұрандалар, {size}, қорапта 500 дана."), attributes={"brand": "Крепёж Плюс"},
        sorts=(Sort(("for wood", "по дереву", "ағашқа")), Sort(("for metal", "по металлу", "металға"), "1.1"), Sort(("for roofs, painted", "кровельные окрашенные", "шатырға, боялған"), "2.2")),
        sizes=tuple(Size((f"{d}×{mm} mm", f"{d}×{mm} мм".replace(".", ","), f"{d}×{mm} мм".replace(".", ",")), f"{0.6 + mm / 80:.2f}", mm * 28, {"diameter_mm": float(d)}) for d, mm in (("3.5", 25), ("3.5", 35), ("3.5", 51), ("4.2", 70), ("4.8", 90))),
    ),
    Kind(
        key="HM", category="hammers", price=3900, shape="hammer", colour="#c2410c", country="CN",
        names=("Hammer, {sort}", "Молоток {sort}", "Балға, {sort}"), about=("Hammer with a fibreglass handle: {sort}.", "Молоток с рукояткой из стекловолокна: {sort}.", "Шыны талшықты сабы бар балға: {sort}."),
        attributes={"brand": "Мастер"},
        sorts=(Sort(("joiner's 300 g", "столярный 300 г", "ағаш шеберінің 300 г"), "0.8"), Sort(("fitter's 600 g", "слесарный 600 г", "слесарь 600 г")), Sort(("claw 450 g", "гвоздодёр 450 г", "шегесуырғыш 450 г"), "1.1"), Sort(("sledge 3 kg", "кувалда 3 кг", "зілбалға 3 кг"), "2.6")),
    ),
    Kind(
        key="SD", category="screwdrivers", price=1300, shape="screwdriver", colour="#dc2626", country="CN",
        names=("Screwdriver {sort}", "Отвёртка {sort}", "Бұрауыш {sort}"), about=("Screwdriver {sort}, magnetic tip.", "Отвёртка {sort}, магнитный наконечник.", "Магнит ұшты бұрауыш, {sort}."),
        attributes={"brand": "Мастер"},
        sorts=(Sort(("PH2 × 100 mm", "PH2 × 100 мм", "PH2 × 100 мм")), Sort(("SL6 × 150 mm", "SL6 × 150 мм", "SL6 × 150 мм"), "1.1"), Sort(("set of 6", "набор 6 шт.", "6 дана жинақ"), "4.5"), Sort(("insulated 1000 V", "диэлектрическая 1000 В", "оқшауланған 1000 В"), "2.1")),
    ),
    Kind(
        key="ME", category="measuring-tools", price=2100, shape="tape", colour="#eab308", country="CN",
        names=("{sort}", "{sort}", "{sort}"), about=("{sort}, class II.", "{sort}, класс точности II.", "{sort}, дәлдік класы II."), attributes={"brand": "Мастер"},
        sorts=(Sort(("Tape measure 5 m", "Рулетка 5 м", "Рулетка 5 м")), Sort(("Tape measure 10 m", "Рулетка 10 м", "Рулетка 10 м"), "1.8"), Sort(("Long tape 30 m", "Лента мерная 30 м", "Өлшеуіш таспа 30 м"), "3.2"), Sort(("Level 60 cm", "Уровень 60 см", "Деңгейлегіш 60 см"), "2.4"), Sort(("Laser level", "Уровень лазерный", "Лазерлік деңгейлегіш"), "14"))),
    Kind(
        key="DR", category="drills-and-drivers", price=28_500, shape="drill", colour="#0f766e", country="CN",
        names=("{sort}", "{sort}", "{sort}"), about=("{sort}, keyless chuck 13 mm, two years of warranty.", "{sort}, быстрозажимной патрон 13 мм, гарантия два года.", "{sort}, 13 мм патрон, екі жыл кепілдік."), attributes={"brand": "Мастер"},
        sorts=(Sort(("Cordless driver 12 V", "Шуруповёрт 12 В", "Аккумуляторлық бұрауыш 12 В"), "0.8"), Sort(("Cordless driver 18 V", "Шуруповёрт 18 В", "Аккумуляторлық бұрауыш 18 В"), "1.3"), Sort(("Impact drill 750 W", "Дрель ударная 750 Вт", "Соққылы бұрғы 750 Вт"), "1", None, None, {"power_w": 750}), Sort(("Mixer drill 1200 W", "Дрель-миксер 1200 Вт", "Араластырғыш бұрғы 1200 Вт"), "1.7", None, None, {"power_w": 1200})), tiers=(3, 10),
    ),
    Kind(
        key="AG", category="angle-grinders", price=21_900, shape="drill", colour="#9a3412", country="CN",
        names=("Angle grinder {sort}", "Болгарка {sort}", "Бұрыштық ажарлағыш {sort}"), about=("Angle grinder {sort}, soft start.", "Угловая шлифмашина {sort}, плавный пуск.", "Бұрыштық ажарлағыш {sort}, жұмсақ іске қосу."), attributes={"brand": "Мастер"},
        sorts=(Sort(("125 mm, 900 W", "125 мм, 900 Вт", "125 мм, 900 Вт"), "1", None, None, {"power_w": 900}), Sort(("150 mm, 1300 W", "150 мм, 1300 Вт", "150 мм, 1300 Вт"), "1.4", None, None, {"power_w": 1300}), Sort(("230 mm, 2200 W", "230 мм, 2200 Вт", "230 мм, 2200 Вт"), "2", None, None, {"power_w": 2200})), tiers=(),
    ),
    Kind(
        key="WS", category="summer-workwear", price=12_400, shape="jacket", colour="#1e3a8a", option="size", option_values=_CLOTHES,
        colours=(("Navy", "#1e3a8a"), ("Grey", "#6b7280"), ("Olive", "#5b6b2f")),
        names=("Summer work suit {sort}", "Костюм рабочий летний {sort}", "Жазғы жұмыс костюмі {sort}"),
        about=("Jacket and trousers {sort}, mixed fabric 210 g/m².", "Куртка и брюки {sort}, смесовая ткань 210 г/м².", "Күрте мен шалбар {sort}, аралас мата 210 г/м²."),
        attributes={"brand": "Спец Форма", "material": "65 % polyester, 35 % cotton"},
        sorts=(Sort(("Master", "Мастер", "Шебер")), Sort(("Builder", "Строитель", "Құрылысшы"), "1.1"), Sort(("Engineer", "Инженер", "Инженер"), "1.5"), Sort(("Welder", "Сварщик", "Дәнекерлеуші"), "1.9")), tiers=(20, 100),
    ),
    Kind(
        key="WW", category="winter-workwear", price=26_800, shape="jacket", colour="#334155", option="size", option_values=_CLOTHES,
        colours=(("Graphite", "#334155"), ("Orange", "#d9580d")),
        names=("Winter work jacket {sort}", "Куртка рабочая зимняя {sort}", "Қысқы жұмыс күртесі {sort}"),
        about=("Insulated jacket {sort}, to −40 °C.", "Утеплённая куртка {sort}, до −40 °C.", "Жылы күрте {sort}, −40 °C дейін."), attributes={"brand": "Спец Форма", "material": "Oxford, insulation 300 g/m²"},
        sorts=(Sort(("Altai", "Алтай", "Алтай")), Sort(("North", "Север", "Солтүстік"), "1.3"), Sort(("Ural", "Урал", "Орал"), "1.1"), Sort(("Steppe", "Степь", "Дала"), "0.9")), tiers=(20, 100),
    ),
    Kind(
        key="HV", category="high-visibility-clothing", price=3200, shape="vest", colour="#f97316", option="size", option_values=_CLOTHES,
        names=("High-visibility {sort}", "Сигнальная одежда: {sort}", "Сигналдық киім: {sort}"), about=("{sort}, class 2, two reflecting bands.", "{sort}, класс 2, две светоотражающие полосы.", "{sort}, 2-класс, екі жарық шағылдыратын жолақ."),
        attributes={"brand": "Спец Форма", "protection_class": "2"},
        sorts=(Sort(("vest, orange", "жилет оранжевый", "қызғылт сары кеудеше")), Sort(("vest, lemon", "жилет лимонный", "лимон түсті кеудеше"), "1", None, "#d9e021"), Sort(("vest with pockets", "жилет с карманами", "қалталы кеудеше"), "1.6"), Sort(("T-shirt", "футболка", "футболка"), "1.4")), tiers=(20, 100),
    ),
    Kind(
        key="GL", category="work-gloves", price=420, shape="gloves", colour="#0e7490", option="size", option_values=("S", "M", "L", "XL"), unit="PR",
        names=("Work gloves {sort}", "Перчатки рабочие {sort}", "Жұмыс қолғабы {sort}"), about=("Gloves {sort}, a pair.", "Перчатки {sort}, пара.", "Қолғап {sort}, бір жұп."), attributes={"brand": "Спец Форма"},
        sorts=(Sort(("cotton with dots", "х/б с ПВХ", "мақта, ПВХ нүктелі")), Sort(("nitrile", "нитриловые", "нитрил"), "2"), Sort(("leather", "спилковые", "былғары"), "4.5"), Sort(("insulated", "утеплённые", "жылы"), "3"), Sort(("cut-proof", "от порезов", "кесуге төзімді"), "6")), tiers=(60, 600),
    ),
)  # fmt: skip
