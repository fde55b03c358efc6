"""What the companies of the demonstration ask for. Prices are in whole tenge a unit, as each vendor quotes them."""

from msgspec import Struct, field


class Wanted(Struct, frozen=True):
    """A line: what, how much, in which unit, at which target price."""

    name: str
    quantity: str
    unit: str
    target: int
    specification: str = ""


class DemoRequest(Struct, frozen=True, kw_only=True):
    """A request and who asks. `due_in_days` counts from the day on which the demonstration is loaded."""

    key: str
    asked_by: str
    title: str
    description: str
    category: str
    lines: tuple[Wanted, ...]
    due_in_days: float = 10
    place: str = "Almaty, Abay Ave 52, warehouse 3"
    country: str = "KZ"
    terms: str = "DAP Almaty"
    payment: str = "50 % in advance, 50 % within 10 days of delivery"
    visibility: str = "public"
    sealed: bool = False
    invited: tuple[str, ...] = ()
    budget: int | None = None
    needed_in_days: int = 35
    attachments: tuple[str, ...] = field(default=())


REQUESTS = (
    DemoRequest(
        key="coffee", asked_by="buyer@demo.example", category="beverages", budget=4_800_000,
        title="Кофе и чай для офисов, первый квартал",
        description="Свежая обжарка, не старше 30 дней на день поставки. Поставка тремя партиями: январь, февраль, март.",
        lines=(
            Wanted("Кофе в зёрнах, арабика 100 %", "240", "KGM", 9_500, "Средняя обжарка, упаковка 1 кг с клапаном"),
            Wanted("Чай чёрный листовой", "60", "KGM", 6_200, "Цейлон, стандарт OPA"),
            Wanted("Сахар порционный, 5 г", "40", "XBX", 7_800, "Короб 1000 шт."),
        ),
        payment="Отсрочка 14 дней",
    ),
    DemoRequest(
        key="boxes", asked_by="manager@demo.example", category="packaging", budget=6_500_000,
        title="Картон қораптар мен стретч-үлдір",
        description="Қойма үшін тоқсандық қор. Үлгілерді Алматыдағы кеңсеге жіберуге болады.",
        lines=(
            Wanted("Бес қабатты картон қорап 600×400×400 мм", "8000", "H87", 420, "Маркасы Т-24, басылымсыз"),
            Wanted("Стретч-үлдір 500 мм, 20 мкм", "300", "XRO", 3_900, "Бір орам 2 кг"),
            Wanted("Скотч 48 мм × 100 м", "1200", "H87", 640),
        ),
    ),
    DemoRequest(
        key="furniture", asked_by="buyer@demo.example", category="furniture", visibility="invited",
        invited=("kaspi_office", "steppe"), place="Astana, Kabanbay Batyr 17", terms="DDP Astana",
        title="Office chairs and desks for the Astana branch",
        description="Forty workplaces on two floors. Assembly on site is part of the order; packaging is taken back.",
        lines=(
            Wanted("Ergonomic office chair, mesh back", "40", "H87", 78_000, "Adjustable armrests, 5 year warranty"),
            Wanted("Height-adjustable desk 140×70 cm", "40", "H87", 145_000, "Electric, two motors"),
            Wanted("Mobile pedestal with lock", "40", "H87", 42_000),
        ),
    ),
    DemoRequest(
        key="cement", asked_by="owner@demo.example", category="construction", sealed=True, due_in_days=6,
        title="Цемент М500 и арматура для нового склада",
        description="Закрытые предложения: вскрываются после срока. Поставка частями по графику стройки.",
        lines=(
            Wanted("Портландцемент ЦЕМ I 42,5Н", "180", "TNE", 29_000, "Биг-бэг 1 т"),
            Wanted("Арматура А500С, 12 мм", "42", "TNE", 318_000, "Мерная длина 11,7 м"),
            Wanted("Вязальная проволока 1,2 мм", "600", "KGM", 690),
        ),
        budget=24_000_000, place="Алматинская область, пос. Боралдай, участок 14",
    ),
    DemoRequest(
        key="workwear", asked_by="buyer@demo.example", category="safety", sealed=True, due_in_days=3,
        title="Қысқы арнайы киім және қорғаныс қолғаптары",
        description="Қойма қызметкерлеріне арналған. Өлшемдер кестесі шартпен бірге беріледі.",
        lines=(
            Wanted("Қысқы жұмыс костюмі", "120", "SET", 34_000, "Жарық шағылыстыратын жолақтармен"),
            Wanted("Жылы аяқ киім", "120", "PR", 22_500),
            Wanted("Қорғаныс қолғабы", "1500", "PR", 850),
        ),
    ),
    DemoRequest(
        key="laptops", asked_by="admin@demo.example", category="electronics", budget=22_000_000,
        title="Laptops and monitors for the sales team",
        description="Twenty-five workplaces. Same model for all; three years of on-site service.",
        lines=(
            Wanted("Laptop 14″, 16 GB RAM, 512 GB SSD", "25", "H87", 465_000, "Backlit keyboard EN/RU/KK"),
            Wanted("Monitor 27″ QHD, USB-C", "25", "H87", 148_000),
            Wanted("Docking station", "25", "H87", 62_000),
        ),
    ),
    DemoRequest(
        key="paper", asked_by="buyer@demo.example", category="office", budget=2_400_000,
        title="Бумага А4 и картриджи на квартал",
        description="Доставка в пять офисов Алматы раз в две недели.",
        lines=(
            Wanted("Бумага А4, 80 г/м², класс C", "1500", "XPK", 1_250, "Пачка 500 листов"),
            Wanted("Картридж для HP LaserJet Pro", "60", "H87", 14_500, "Ресурс от 3000 страниц"),
        ),
    ),
    DemoRequest(
        key="catering", asked_by="manager@demo.example", category="catering", budget=3_200_000,
        title="Tableware for the staff canteen",
        description="Restaurant grade, stackable, dishwasher safe. Spare pieces must stay available for three years.",
        lines=(
            Wanted("Porcelain plate 25 cm", "400", "H87", 1_900),
            Wanted("Cutlery set, 4 pieces, stainless 18/10", "400", "SET", 2_400),
            Wanted("Glass 300 ml, tempered", "600", "H87", 480),
        ),
    ),
    DemoRequest(
        key="pallets", asked_by="buyer@demo.example", category="timber", budget=5_000_000,
        title="Поддоны EUR и деревянные ящики",
        description="Новые, с клеймом и сертификатом термообработки (ISPM 15).",
        lines=(
            Wanted("Поддон EUR 1200×800", "700", "H87", 4_600),
            Wanted("Ящик деревянный 600×400×300", "350", "H87", 3_100),
        ),
    ),
    DemoRequest(
        key="cleaning", asked_by="admin@demo.example", category="household", budget=1_800_000,
        title="Cleaning supplies for six offices",
        description="Quarterly delivery, unscented products only.",
        lines=(
            Wanted("Floor cleaner, concentrate", "180", "LTR", 1_450),
            Wanted("Paper towels, 2-ply", "900", "XRO", 620),
            Wanted("Liquid soap", "240", "LTR", 1_150),
        ),
    ),
    DemoRequest(
        key="banners", asked_by="manager@demo.example", category="marketing",
        title="Баннеры и листовки к весенней выставке",
        description="Макеты готовы, печать и доставка на площадку к 1 марта.",
        lines=(
            Wanted("Баннер 3×2 м с люверсами", "12", "H87", 21_000),
            Wanted("Листовка А5, 4+4, 130 г/м²", "15000", "H87", 14),
        ),
    ),
    DemoRequest(
        key="generator", asked_by="owner@demo.example", category="machinery",
        title="Diesel generator 100 kVA for the cold store",
        description="With automatic transfer switch, noise below 75 dB at 7 m, commissioning included.",
        lines=(Wanted("Diesel generator 100 kVA, soundproof", "1", "H87", 9_800_000),),
    ),
    DemoRequest(
        key="grain", asked_by="owner@altyn.example", category="agriculture", country="KZ", place="Көкшетау, элеватор №2", terms="FCA Көкшетау",
        title="Күздік бидай тұқымы және тыңайтқыш",
        description="Сертификатталған тұқым, өну қабілеті 95 %-дан кем емес.",
        lines=(
            Wanted("Күздік бидай тұқымы, элита", "60", "TNE", 185_000),
            Wanted("Аммофос 12:52", "80", "TNE", 262_000),
        ),
    ),
    DemoRequest(
        key="trucks", asked_by="owner@volga.example", category="logistics", country="RU", place="Казань, Технополис 4", terms="DAP Казань",
        title="Перевозка сборных грузов Казань — Алматы",
        description="Два рейса в неделю, еврофура, страхование груза включено.",
        lines=(Wanted("Рейс Казань — Алматы, тент 82 м³", "24", "H87", 1_150_000),),
    ),
)  # fmt: skip
