"""Words that the rules know. Stems are matched at the start of a word; all letters are lower case, ё is е."""

from karavan.modules.procurement.public import Category

# UN/ECE Recommendation 20 codes by the beginnings of their names. A stem that ends with `.` is a whole word.
UNITS: dict[str, tuple[str, ...]] = {
    "KGM": ("кг.", "килограмм", "kg.", "kgs.", "kilo", "kilogram", "келі"),
    "GRM": ("грамм", "гр.", "gram", "grams."),
    "TNE": ("т.", "тонн", "t.", "tonne", "ton.", "tons.", "тн."),
    "LTR": ("л.", "литр", "liter", "litre", "l."),
    "MTR": ("м.", "метр", "пог", "meter", "metre", "m."),
    "MTK": ("м2.", "м².", "кв", "sqm.", "m2.", "m²."),
    "MTQ": ("м3.", "м³.", "куб", "cbm.", "m3.", "m³.", "текше"),
    "XBX": ("короб", "ящик", "box", "carton", "қорап", "жәшік"),
    "XPK": ("упаков", "пач", "уп.", "pack", "packs.", "қаптама", "бума"),
    "XBG": ("меш", "bag", "sack", "қап.", "қаптар"),
    "XRO": ("рулон", "roll", "орам"),
    "SET": ("комплект", "набор", "set.", "sets.", "kit.", "kits.", "жинақ", "жиынтық"),
    "PR": ("пар.", "пара.", "пары.", "pair", "жұп"),
    "HUR": ("час", "hour", "сағат"),
    "DAY": ("сутк", "смен", "man-day"),
    "H87": ("шт.", "штук", "pcs.", "pc.", "piece", "unit", "units.", "дана", "единиц", "экземпляр"),
}

NUMBER_WORDS: dict[str, int] = {
    **dict.fromkeys(("один", "одна", "одну", "one", "бір"), 1),
    **dict.fromkeys(("два", "две", "two", "екі"), 2),
    **dict.fromkeys(("три", "three", "үш"), 3),
    **dict.fromkeys(("четыре", "four", "төрт"), 4),
    **dict.fromkeys(("пять", "five", "бес"), 5),
    **dict.fromkeys(("шесть", "six", "алты"), 6),
    **dict.fromkeys(("семь", "seven", "жеті"), 7),
    **dict.fromkeys(("восемь", "eight", "сегіз"), 8),
    **dict.fromkeys(("девять", "nine", "тоғыз"), 9),
    **dict.fromkeys(("десять", "ten", "он"), 10),
    **dict.fromkeys(("дюжина", "дюжину", "dozen", "двенадцать", "twelve"), 12),
    **dict.fromkeys(("пятнадцать", "fifteen"), 15),
    **dict.fromkeys(("двадцать", "twenty", "жиырма"), 20),
    **dict.fromkeys(("тридцать", "thirty", "отыз"), 30),
    **dict.fromkeys(("сорок", "forty", "қырық"), 40),
    **dict.fromkeys(("пятьдесят", "fifty", "елу"), 50),
    **dict.fromkeys(("сто", "hundred", "жүз"), 100),
    **dict.fromkeys(("двести",), 200),
    **dict.fromkeys(("триста",), 300),
    **dict.fromkeys(("пятьсот",), 500),
    **dict.fromkeys(("тысяча", "тысячу", "thousand", "мың"), 1000),
}

MULTIPLIERS: dict[str, int] = {
    **dict.fromkeys(("тыс", "тысяч", "тысячи", "thousand", "k", "мың"), 1_000),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов", "million", "mln", "m"), 1_000_000),
    **dict.fromkeys(
        ("млрд", "миллиард", "миллиарда", "миллиардов", "billion", "bn"), 1_000_000_000
    ),
}

CURRENCY_SIGNS = {"₸": "KZT", "$": "USD", "€": "EUR", "₽": "RUB", "£": "GBP", "¥": "CNY"}

CURRENCY_WORDS: dict[str, tuple[str, ...]] = {
    "KZT": ("тенге", "теңге", "tenge", "kzt", "тг"),
    "RUB": ("руб", "rub", "рубл", "rouble", "ruble"),
    "USD": ("долл", "usd", "dollar", "доллар"),
    "EUR": ("евро", "eur", "euro"),
    "UZS": ("сум", "uzs", "soum"),
    "KGS": ("kgs", "сом"),
    "CNY": ("юан", "cny", "yuan", "rmb"),
    "GBP": ("gbp", "фунт", "pound sterling"),
}

BUDGET_WORDS = (
    "бюджет",
    "budget",
    "не дороже",
    "в пределах",
    "сумма",
    "лимит",
    "max",
    "up to",
    "under",
)

MONTHS: dict[str, int] = {
    **dict.fromkeys(("январ", "january", "jan", "қаңтар"), 1),
    **dict.fromkeys(("феврал", "february", "feb", "ақпан"), 2),
    **dict.fromkeys(("март", "march", "наурыз"), 3),
    **dict.fromkeys(("апрел", "april", "apr", "сәуір"), 4),
    **dict.fromkeys(("май", "мая", "мае", "may", "мамыр"), 5),
    **dict.fromkeys(("июн", "june", "jun", "маусым"), 6),
    **dict.fromkeys(("июл", "july", "jul", "шілде"), 7),
    **dict.fromkeys(("август", "august", "aug", "тамыз"), 8),
    **dict.fromkeys(("сентябр", "september", "sept", "қыркүйек"), 9),
    **dict.fromkeys(("октябр", "october", "oct", "қазан"), 10),
    **dict.fromkeys(("ноябр", "november", "nov", "қараша"), 11),
    **dict.fromkeys(("декабр", "december", "dec", "желтоқсан"), 12),
}

# Whole words, as far as cases matter: “сред” alone begins too much else.
WEEKDAYS: dict[str, int] = {
    **dict.fromkeys(("понедельник", "monday", "дүйсенбі"), 0),
    **dict.fromkeys(("вторник", "tuesday", "сейсенбі"), 1),
    **dict.fromkeys(("среду", "среды", "среде", "wednesday", "сәрсенбі"), 2),
    **dict.fromkeys(("четверг", "thursday", "бейсенбі"), 3),
    **dict.fromkeys(("пятниц", "friday", "жұма"), 4),
    **dict.fromkeys(("суббот", "saturday", "сенбі"), 5),
    **dict.fromkeys(("воскресень", "sunday", "жексенбі"), 6),
}

PERIODS: dict[str, int] = {
    **dict.fromkeys(("дн", "день", "дня", "дней", "day", "күн"), 1),
    **dict.fromkeys(("недел", "week", "апта"), 7),
    **dict.fromkeys(("месяц", "month", "ай"), 30),
}

# Beginning of the city's name in any case ending, its name and its country.
CITIES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("алмат", "almaty"), ("Almaty", "KZ")),
    **dict.fromkeys(("астан", "astana"), ("Astana", "KZ")),
    **dict.fromkeys(("шымкент", "shymkent"), ("Shymkent", "KZ")),
    **dict.fromkeys(("қараған", "караганд", "karagand", "qaragand"), ("Karaganda", "KZ")),
    **dict.fromkeys(("ақтау", "актау", "aktau"), ("Aktau", "KZ")),
    **dict.fromkeys(("ақтөбе", "актобе", "aktobe"), ("Aktobe", "KZ")),
    **dict.fromkeys(("атырау", "atyrau"), ("Atyrau", "KZ")),
    **dict.fromkeys(("павлодар", "pavlodar"), ("Pavlodar", "KZ")),
    **dict.fromkeys(("өскемен", "усть-каменогорск", "oskemen"), ("Oskemen", "KZ")),
    **dict.fromkeys(("семей", "semey"), ("Semey", "KZ")),
    **dict.fromkeys(("костана", "қостанай", "kostanay"), ("Kostanay", "KZ")),
    **dict.fromkeys(("тараз", "taraz"), ("Taraz", "KZ")),
    **dict.fromkeys(("орал", "уральск", "oral", "uralsk"), ("Oral", "KZ")),
    **dict.fromkeys(("москв", "moscow", "мәскеу"), ("Moscow", "RU")),
    **dict.fromkeys(
        ("санкт-петербург", "петербург", "saint petersburg", "st petersburg"),
        ("Saint Petersburg", "RU"),
    ),
    **dict.fromkeys(("казан", "kazan"), ("Kazan", "RU")),
    **dict.fromkeys(("новосибирск", "novosibirsk"), ("Novosibirsk", "RU")),
    **dict.fromkeys(("екатеринбург", "yekaterinburg"), ("Yekaterinburg", "RU")),
    **dict.fromkeys(("омск", "omsk"), ("Omsk", "RU")),
    **dict.fromkeys(("самар", "samara"), ("Samara", "RU")),
    **dict.fromkeys(("ташкент", "tashkent"), ("Tashkent", "UZ")),
    **dict.fromkeys(("самарканд", "samarkand"), ("Samarkand", "UZ")),
    **dict.fromkeys(("бишкек", "bishkek", "бішкек"), ("Bishkek", "KG")),
    **dict.fromkeys(("душанбе", "dushanbe"), ("Dushanbe", "TJ")),
    **dict.fromkeys(("баку", "baku"), ("Baku", "AZ")),
    **dict.fromkeys(("тбилиси", "tbilisi"), ("Tbilisi", "GE")),
    **dict.fromkeys(("ереван", "yerevan"), ("Yerevan", "AM")),
    **dict.fromkeys(("минск", "minsk"), ("Minsk", "BY")),
}

# Words that belong to asking, not to the thing that is asked for.
FILLERS = frozenset(
    """нужно нужны нужен нужна необходимо необходимы требуется требуются купим купить закупить закупаем приобрести хотим хочу
    заказать ищем пожалуйста срочно примерно около где-то с со для на по в до к и или а также ещё еще доставкой доставка доставить
    поставка поставкой we i need needs want would like to buy order purchase looking for please urgently about approximately around
    of and also plus some the a an with delivery delivered deliver shipped in by to our us my is are керек қажет сатып аламыз алу
    алғымыз келеді және мен бен пен шұғыл шамамен жеткізу жеткізумен дейін үшін бізге маған
    бюджет бюджеті budget""".split()
)

CATEGORY_STEMS: dict[Category, tuple[str, ...]] = {
    Category.FOOD: ("мук", "сахар", "круп", "рис", "мяс", "молок", "сыр", "хлеб", "продукт", "овощ", "фрукт", "food", "flour", "sugar", "rice", "meat", "milk", "cheese", "bread", "азық", "ұн.", "қант", "күріш", "сүт", "нан."),
    Category.BEVERAGES: ("кофе", "чай", "арабик", "робуст", "сок", "вода", "воды", "воду", "напит", "coffee", "tea", "arabica", "juice", "water", "drink", "шай", "сусын", "су."),
    Category.AGRICULTURE: ("зерн", "пшениц", "ячмен", "корм", "семен", "удобрен", "grain", "wheat", "barley", "feed", "seed", "fertili", "бидай", "арпа", "жем", "тұқым", "тыңайтқыш"),
    Category.CATERING: ("посуд", "тарел", "вилк", "кухон", "tableware", "plate", "cutlery", "kitchen", "ыдыс", "асхана"),
    Category.PACKAGING: ("стакан", "упаков", "короб", "пакет", "плёнк", "пленк", "этикет", "паллет", "cup", "packag", "carton", "label", "pallet", "film", "қаптама", "қорап", "пакет", "стақан"),
    Category.CONSTRUCTION: ("цемент", "кирпич", "бетон", "гипс", "плит", "утеплит", "кровл", "песок", "щебен", "cement", "brick", "concrete", "drywall", "tile", "insulation", "sand", "gravel", "кірпіш", "құм", "қиыршық"),
    Category.METALS: ("арматур", "труб", "металл", "лист", "профил", "балк", "сталь", "rebar", "pipe", "steel", "metal", "sheet", "profile", "болат", "құбыр", "темір"),
    Category.TIMBER: ("доск", "брус", "фанер", "древес", "пиломат", "timber", "lumber", "plywood", "board", "тақтай", "ағаш"),
    Category.CHEMICALS: ("краск", "лак", "клей", "раствор", "кислот", "реагент", "paint", "glue", "solvent", "acid", "chemical", "бояу", "желім", "реактив"),
    Category.ENERGY: ("бензин", "дизел", "топлив", "газ", "уголь", "угля", "diesel", "petrol", "fuel", "coal", "gas", "отын", "көмір", "жанармай"),
    Category.ELECTRICAL: ("кабел", "провод", "светильник", "лампоч", "розет", "автомат", "трансформатор", "cable", "wire", "lamp", "socket", "switchgear", "кәбіл", "сым", "шам"),
    Category.ELECTRONICS: ("ноутбук", "компьютер", "монитор", "принтер", "сервер", "телефон", "планшет", "сканер", "laptop", "notebook", "computer", "monitor", "printer", "server", "phone", "tablet", "scanner", "ноутбук", "компьютер"),
    Category.SOFTWARE: ("лиценз", "программ", "сайт", "софт", "разработк", "license", "licence", "software", "website", "subscription", "бағдарлама", "сайт"),
    Category.MACHINERY: ("станок", "станк", "насос", "компрессор", "генератор", "двигател", "оборудован", "machine", "pump", "compressor", "generator", "engine", "equipment", "жабдық", "сорғы", "қозғалтқыш"),
    Category.VEHICLES: ("шин", "автомоб", "запчаст", "грузовик", "масло мотор", "аккумулятор", "tyre", "tire", "truck", "car.", "cars.", "spare part", "vehicle", "көлік", "дөңгелек", "қосалқы"),
    Category.FURNITURE: ("стул", "стол", "кресл", "шкаф", "мебел", "диван", "полк", "chair", "desk", "table", "cabinet", "shelf", "sofa", "furniture", "орындық", "үстел", "шкаф", "жиһаз"),
    Category.OFFICE: ("бумаг", "ручк", "канц", "папк", "картридж", "тетрад", "paper", "pen.", "pens.", "stationery", "folder", "toner", "cartridge", "қағаз", "қалам", "кеңсе"),
    Category.TEXTILES: ("ткан", "одежд", "футболк", "полотен", "постел", "шторы", "fabric", "cloth", "t-shirt", "towel", "linen", "curtain", "мата", "киім", "сүлгі"),
    Category.SAFETY: ("спецодежд", "каск", "перчат", "респиратор", "жилет", "сапог", "огнетушител", "helmet", "glove", "respirator", "vest", "boots", "extinguisher", "қалқан", "қолғап", "дулыға", "арнайы киім"),
    Category.MEDICAL: ("маск", "шприц", "бинт", "лекарств", "медицин", "тест", "mask", "syringe", "bandage", "medic", "glucose", "медицина", "дәрі", "бинт"),
    Category.HOUSEHOLD: ("мыло", "порош", "моющ", "швабр", "салфет", "мусор", "уборк", "soap", "detergent", "mop", "napkin", "bin bag", "cleaning", "сабын", "тазалау", "майлық"),
    Category.LOGISTICS: ("перевоз", "доставк груз", "фрахт", "контейнер", "экспедир", "freight", "transportation", "container", "haulage", "тасымал", "жүк"),
    Category.CONSTRUCTION_SERVICES: ("ремонт", "монтаж", "строительств", "отделк", "repair", "installation", "renovation", "construction of", "жөндеу", "монтаж", "салу"),
    Category.MARKETING: ("реклам", "баннер", "полиграф", "листов", "визит", "сувенир", "advert", "banner", "printing", "flyer", "brochure", "business card", "жарнама", "визитка"),
    Category.PROFESSIONAL: ("аудит", "консульт", "юридич", "бухгалтер", "перевод", "обучен", "охран", "audit", "consult", "legal", "accounting", "translation", "training", "security service", "кеңес", "оқыту", "аударма"),
}  # fmt: skip
