"""Food, coffee and tea of Алтын Дән."""

from karavan.demo.goods.kinds import Kind, Size, Sort, Words

_G250 = Size(("250 g", "250 г", "250 г"), "0.27", 265, {"net_weight_g": 250})
_KG = Size(("1 kg", "1 кг", "1 кг"), "1", 1030, {"net_weight_g": 1000})
_G100 = Size(("100 g", "100 г", "100 г"), "0.13", 125, {"net_weight_g": 100})
_G500 = Size(("500 g", "500 г", "500 г"), "0.53", 520, {"net_weight_g": 500})
_KG5 = Size(("5 kg", "5 кг", "5 кг"), "4.7", 5100, {"net_weight_g": 5000})
_KG25 = Size(("25 kg sack", "мешок 25 кг", "25 кг қап"), "22", 25_200, {"net_weight_g": 25_000})
_ARABICA = {"coffee_species": "arabica"}
_KEPT = {"storage_conditions": "room", "halal": True}


def _named(en: str, ru: str, kk: str) -> Words:
    return (f"{en}, {{size}}", f"{ru}, {{size}}", f"{kk}, {{size}}")


FOOD = (
    Kind(
        key="CB", category="coffee-beans", price=9400, shape="pouch", colour="#5b3216", label="COFFEE", pictures=2,
        names=_named("Coffee beans {sort}", "Кофе в зёрнах {sort}", "Дән кофе {sort}"),
        about=(
            "{sort}. Roasted in Almaty in small batches, shipped within ten days of roasting. Pouch with a valve, {size}.",
            "{sort}. Обжариваем в Алматы небольшими партиями, отгружаем в течение десяти дней после обжарки. Пакет с клапаном, {size}.",
            "{sort}. Алматыда шағын партиямен қуырылады, қуырылғаннан кейін он күн ішінде жөнелтіледі. Клапаны бар қаптама, {size}.",
        ),
        attributes={"brand": "Nomad Roast", "roast": "medium", "shelf_life_days": 365, **_KEPT},
        sorts=(
            Sort(("Brazil Santos", "Бразилия Сантос", "Бразилия Сантос"), "1", "BR", None, {**_ARABICA, "origin": "Brazil"}),
            Sort(("Colombia Supremo", "Колумбия Супремо", "Колумбия Супремо"), "1.12", "CO", None, {**_ARABICA, "origin": "Colombia"}),
            Sort(("Ethiopia Yirgacheffe", "Эфиопия Иргачефф", "Эфиопия Иргачеффе"), "1.35", "ET", None, {**_ARABICA, "origin": "Ethiopia", "roast": "light"}),
            Sort(("Kenya AA", "Кения AA", "Кения AA"), "1.4", "KE", None, {**_ARABICA, "origin": "Kenya"}),
            Sort(("Guatemala Antigua", "Гватемала Антигуа", "Гватемала Антигуа"), "1.22", "GT", None, {**_ARABICA, "origin": "Guatemala"}),
            Sort(("Espresso blend No. 5", "Эспрессо-смесь № 5", "Эспрессо қоспасы № 5"), "0.86", "KZ", None, {"coffee_species": "blend", "roast": "espresso"}),
        ),
        sizes=(_G250, _KG), pack=1, minimum=4,
    ),
    Kind(
        key="CG", category="ground-coffee", price=8900, shape="pouch", colour="#7a4a24", label="GROUND",
        names=_named("Ground coffee {sort}", "Кофе молотый {sort}", "Ұнтақталған кофе {sort}"),
        about=(
            "Ground for filter and cezve. {sort}, vacuum packed, {size}.",
            "Помол для фильтра и турки. {sort}, вакуумная упаковка, {size}.",
            "Сүзгі мен түркіге арналған ұнтақ. {sort}, вакуумдық қаптама, {size}.",
        ),
        attributes={"brand": "Nomad Roast", "shelf_life_days": 540, **_KEPT},
        sorts=(
            Sort(("Morning", "Утренний", "Таңғы"), "1", None, None, {**_ARABICA, "roast": "medium"}),
            Sort(("Strong", "Крепкий", "Қою"), "0.92", None, None, {"coffee_species": "blend", "roast": "dark"}),
            Sort(("Turkish", "Для турки", "Түрік"), "1.05", None, None, {**_ARABICA, "roast": "dark"}),
            Sort(("Decaffeinated", "Без кофеина", "Кофеинсіз"), "1.3", None, None, {**_ARABICA, "roast": "medium"}),
        ),
        sizes=(_G250, _KG), minimum=4,
    ),
    Kind(
        key="CI", category="instant-coffee", price=14_200, shape="jar", colour="#8a5a2b", label="INSTANT",
        names=_named("Instant coffee {sort}", "Кофе растворимый {sort}", "Ерігіш кофе {sort}"),
        about=(
            "{sort} instant coffee in a glass jar, {size}. Twelve jars in a case.",
            "Растворимый кофе, {sort}, в стеклянной банке {size}. В коробе двенадцать банок.",
            "Ерігіш кофе, {sort}, шыны банкада, {size}. Қорапта он екі банка.",
        ),
        attributes={"brand": "Nomad Roast", "shelf_life_days": 730, **_KEPT},
        sorts=(
            Sort(("freeze-dried", "сублимированный", "сублимацияланған"), "1", None, None, {**_ARABICA}),
            Sort(("granulated", "гранулированный", "түйіршіктелген"), "0.7", None, None, {"coffee_species": "robusta"}),
            Sort(("with milk foam", "с молочной пенкой", "сүт көбігімен"), "0.6", None, None, {"coffee_species": "blend"}),
        ),
        sizes=(_G100, Size(("200 g", "200 г", "200 г"), "0.24", 420, {"net_weight_g": 200})), pack=12, minimum=12,
    ),
    Kind(
        key="TB", category="black-tea", price=6100, shape="box", colour="#9f1239", label="TEA",
        names=_named("Black tea {sort}", "Чай чёрный {sort}", "Қара шай {sort}"),
        about=(
            "{sort}: loose black tea with a full, clear infusion. Carton with an inner bag, {size}.",
            "{sort}: листовой чёрный чай с насыщенным прозрачным настоем. Картонная пачка с внутренним пакетом, {size}.",
            "{sort}: қанық әрі мөлдір қара шай. Ішкі пакеті бар картон қаптама, {size}.",
        ),
        attributes={"brand": "Шай үйі", "shelf_life_days": 730, **_KEPT},
        sorts=(
            Sort(("Ceylon OPA", "Цейлон OPA", "Цейлон OPA"), "1", "LK", None, {"leaf": "whole", "origin": "Sri Lanka"}),
            Sort(("Kenya granulated", "Кения гранулированный", "Кения түйіршіктелген"), "0.8", "KE", None, {"leaf": "granulated", "origin": "Kenya"}),
            Sort(("Assam", "Ассам", "Ассам"), "0.95", "IN", None, {"leaf": "broken", "origin": "India"}),
            Sort(("with bergamot", "с бергамотом", "бергамотпен"), "1.15", "LK", None, {"leaf": "broken", "origin": "Sri Lanka"}),
            Sort(("with thyme", "с чабрецом", "жебіршөппен"), "1.1", "KZ", None, {"leaf": "broken"}),
        ),
        sizes=(_G250, _G500), pack=6, minimum=6,
    ),
    Kind(
        key="TG", category="green-tea", price=7200, shape="box", colour="#3f7d3a", label="GREEN TEA",
        names=_named("Green tea {sort}", "Чай зелёный {sort}", "Көк шай {sort}"),
        about=(
            "{sort} green tea, spring harvest, {size}.", "Зелёный чай {sort} весеннего сбора, {size}.",
            "Көктемде жиналған {sort} көк шайы, {size}.",
        ),
        attributes={"brand": "Шай үйі", "leaf": "whole", "shelf_life_days": 540, **_KEPT},
        sorts=(
            Sort(("Sencha", "Сенча", "Сенча"), "1", "CN"), Sort(("Gunpowder", "Ганпаудер", "Ганпаудер"), "0.8", "CN"),
            Sort(("with jasmine", "с жасмином", "жасминмен"), "1.2", "CN"), Sort(("Milk oolong", "Молочный улун", "Сүтті улун"), "1.7", "CN"),
        ),
        sizes=(_G100, _G250), pack=6, minimum=6,
    ),
    Kind(
        key="TH", category="fruit-and-herbal-tea", price=5200, shape="pouch", colour="#b45309", label="HERBS",
        names=_named("Herbal tea {sort}", "Травяной чай {sort}", "Шөп шайы {sort}"),
        about=(
            "{sort} from the foothills of the Altai, dried in the shade, {size}.",
            "{sort} с предгорий Алтая, сушка в тени, {size}.", "Алтай бөктерінен жиналған {sort}, көлеңкеде кептірілген, {size}.",
        ),
        attributes={"brand": "Шай үйі", "organic": True, **_KEPT},
        sorts=(
            Sort(("Rosehip", "Шиповник", "Итмұрын")), Sort(("Camomile", "Ромашка", "Түймедақ"), "1.1"),
            Sort(("Mint", "Мята", "Жалбыз")), Sort(("Sea buckthorn", "Облепиха", "Шырғанақ"), "1.3"), Sort(("Fireweed", "Иван-чай", "Күреңот"), "1.2"),
        ),
        sizes=(_G100,), pack=10, minimum=10,
    ),
    Kind(
        key="FL", category="flour", price=310, shape="sack", colour="#c98b2b", label="FLOUR",
        names=_named("Flour: {sort}", "Мука: {sort}", "Ұн: {sort}"),
        about=(
            "Milled in Kokshetau from this year's grain. {sort}, {size}.", "Мелем в Кокшетау из зерна нового урожая. {sort}, {size}.",
            "Көкшетауда жаңа егіннен тартылған. {sort}, {size}.",
        ),
        attributes={"brand": "Алтын Дән", "shelf_life_days": 365, **_KEPT},
        sorts=(
            Sort(("wheat, extra grade", "пшеничная, экстра", "бидай, экстра"), "1.15", None, None, {"grade": "extra", "gluten": 28}),
            Sort(("wheat, first grade", "пшеничная, первый сорт", "бидай, бірінші сұрып"), "1", None, None, {"grade": "1", "gluten": 30}),
            Sort(("wholegrain wheat", "пшеничная цельнозерновая", "тұтас дәнді бидай"), "1.3"), Sort(("rye", "ржаная", "қара бидай"), "1.2"),
        ),
        sizes=(
            Size(("2 kg", "2 кг", "2 кг"), "2.3", 2030, {"net_weight_g": 2000}), Size(("10 kg", "10 кг", "10 кг"), "10.5", 10_100, {"net_weight_g": 10_000}),
            Size(("50 kg sack", "мешок 50 кг", "50 кг қап"), "47", 50_300, {"net_weight_g": 50_000}),
        ),
        tiers=(20, 100),
    ),
    Kind(
        key="GR", category="other-cereals-and-groats", price=560, shape="pouch", colour="#a16207", label="GROATS",
        names=_named("{sort}", "{sort}", "{sort}"),
        about=(
            "{sort}, cleaned and sorted by colour, {size}.", "{sort}: очистка и сортировка по цвету, {size}.",
            "{sort}: тазаланған, түсі бойынша сұрыпталған, {size}.",
        ),
        attributes={"brand": "Дала", "shelf_life_days": 365, **_KEPT},
        sorts=(
            Sort(("Millet", "Пшено", "Тары жармасы"), "0.9"), Sort(("Pearl barley", "Перловая крупа", "Арпа жармасы"), "0.7"),
            Sort(("Bulgur", "Булгур", "Булгур"), "1.2", "TR"), Sort(("Semolina", "Манная крупа", "Ұнтақ жарма"), "0.8"),
            Sort(("Split peas", "Горох колотый", "Жарылған бұршақ"), "0.8"), Sort(("Red lentils", "Чечевица красная", "Қызыл жасымық"), "1.5"),
            Sort(("Chickpeas", "Нут", "Ноқат"), "1.6"), Sort(("Oat flakes", "Овсяные хлопья", "Сұлы үлпегі"), "1"),
        ),
        sizes=(_KG, _KG25), tiers=(20, 100),
    ),
    Kind(
        key="BW", category="buckwheat", price=720, shape="pouch", colour="#854d0e", label="BUCKWHEAT",
        names=_named("Buckwheat {sort}", "Гречка {sort}", "Қарақұмық {sort}"),
        about=("Buckwheat {sort} from the Altai, {size}.", "Гречка {sort}, Алтай, {size}.", "Алтай қарақұмығы, {sort}, {size}."),
        attributes={"brand": "Дала", **_KEPT},
        sorts=(Sort(("whole", "ядрица", "бүтін")), Sort(("green", "зелёная", "жасыл"), "1.3")), sizes=(_KG, _KG25),
    ),
    Kind(
        key="RI", category="rice", price=690, shape="sack", colour="#0e7490", label="RICE",
        names=_named("Rice {sort}", "Рис {sort}", "Күріш {sort}"),
        about=("Rice {sort}, Kyzylorda harvest or imported, {size}.", "Рис {sort}, урожай Кызылорды или импорт, {size}.", "{sort} күріші, Қызылорда егіні немесе импорт, {size}."),
        attributes={"brand": "Дала", **_KEPT},
        sorts=(
            Sort(("Akmarzhan", "Акмаржан", "Ақмаржан")), Sort(("Leader for pilaf", "Лидер для плова", "Лидер палауға"), "1.1"),
            Sort(("Basmati", "Басмати", "Басмати"), "2.2", "IN"), Sort(("Devzira", "Девзира", "Девзира"), "1.8", "UZ"),
        ),
        sizes=(_KG, _KG5, _KG25), tiers=(20, 100),
    ),
    Kind(
        key="PA", category="pasta", price=780, shape="box", colour="#1d4ed8", label="PASTA",
        names=_named("Pasta {sort}", "Макароны {sort}", "Макарон {sort}"),
        about=("{sort} of durum wheat, {size}.", "{sort} из твёрдых сортов пшеницы, {size}.", "Қатты бидайдан жасалған {sort}, {size}."),
        attributes={"brand": "Алтын Дән", "shelf_life_days": 730, **_KEPT},
        sorts=(
            Sort(("spaghetti", "спагетти", "спагетти")), Sort(("penne", "перья", "пенне")), Sort(("fusilli", "спирали", "бұранда")),
            Sort(("farfalle", "бантики", "көбелек"), "1.1"), Sort(("vermicelli", "вермишель", "кеспе"), "0.85"), Sort(("lasagne sheets", "лазанья", "лазанья"), "1.6"),
        ),
        sizes=(_G500, _KG5), pack=2, minimum=10,
    ),
    Kind(
        key="SU", category="sugar", price=420, shape="sack", colour="#64748b", label="SUGAR",
        names=_named("Sugar {sort}", "Сахар {sort}", "Қант {sort}"),
        about=("Sugar {sort}, {size}.", "Сахар {sort}, {size}.", "Қант {sort}, {size}."), attributes={"brand": "Дала", **_KEPT},
        sorts=(Sort(("white", "белый", "ақ")), Sort(("cane, brown", "тростниковый", "құрақ, қоңыр"), "2.6"), Sort(("cubes", "рафинад", "шақпақ"), "1.6")),
        sizes=(_KG, _KG25), tiers=(20, 100),
    ),
    Kind(
        key="SA", category="salt", price=110, shape="pouch", colour="#475569", label="SALT",
        names=_named("Salt {sort}", "Соль {sort}", "Тұз {sort}"),
        about=("Salt {sort}, {size}.", "Соль {sort}, {size}.", "Тұз {sort}, {size}."), attributes={"brand": "Дала", **_KEPT},
        sorts=(Sort(("iodised", "йодированная", "йодталған")), Sort(("coarse", "крупная", "ірі"), "0.8")), sizes=(_KG, _KG25), tiers=(50, 200),
    ),
    Kind(
        key="VO", category="vegetable-oil", price=890, shape="bottle", colour="#ca8a04", label="OIL",
        names=_named("{sort} oil", "Масло {sort}", "{sort} майы"),
        about=("{sort} oil, cold filtered, {size}.", "Масло {sort}, холодная фильтрация, {size}.", "{sort} майы, салқын сүзілген, {size}."),
        attributes={"brand": "Алтын Дән", "shelf_life_days": 540, **_KEPT},
        sorts=(Sort(("Sunflower", "подсолнечное", "Күнбағыс")), Sort(("Linseed", "льняное", "Зығыр"), "2.4"), Sort(("Rapeseed", "рапсовое", "Рапс"), "0.95")),
        sizes=(Size(("1 l", "1 л", "1 л"), "1", 960, {"volume_ml": 1000}), Size(("5 l", "5 л", "5 л"), "4.6", 4750, {"volume_ml": 5000})), pack=1, minimum=6,
    ),
    Kind(
        key="HO", category="honey", price=5400, shape="jar", colour="#d97706", label="HONEY",
        names=_named("{sort} honey", "Мёд {sort}", "{sort} балы"),
        about=("{sort} honey from apiaries of East Kazakhstan, {size}.", "Мёд {sort} с пасек Восточного Казахстана, {size}.", "Шығыс Қазақстан омарталарының {sort} балы, {size}."),
        attributes={"brand": "Дала", **_KEPT},
        sorts=(Sort(("Mountain", "горный", "Тау")), Sort(("Buckwheat", "гречишный", "Қарақұмық"), "0.9"), Sort(("Sainfoin", "эспарцетовый", "Эспарцет"), "1.1"), Sort(("Lime blossom", "липовый", "Жөке"), "1.2")),
        sizes=(_G500, _KG), minimum=6,
    ),
    Kind(
        key="DF", category="dried-fruit", price=3300, shape="pouch", colour="#c2410c", label="FRUIT",
        names=_named("Dried fruit: {sort}", "Сухофрукты: {sort}", "Кептірілген жеміс: {sort}"),
        about=("{sort}, without sulphur, {size}.", "{sort}, без серы, {size}.", "{sort}, күкіртсіз, {size}."), attributes={"brand": "Дала", **_KEPT},
        sorts=(
            Sort(("apricots", "курага", "өрік"), "1.1", "UZ"), Sort(("raisins", "изюм", "мейіз"), "0.8", "UZ"), Sort(("prunes", "чернослив", "қара өрік"), "1"),
            Sort(("dates", "финики", "құрма"), "1.2", "IR"), Sort(("apples", "яблоки", "алма"), "0.7"),
        ),
        sizes=(_G500, _KG5),
    ),
    Kind(
        key="NU", category="nuts-and-seeds", price=5900, shape="pouch", colour="#92400e", label="NUTS",
        names=_named("Nuts and seeds: {sort}", "Орехи и семена: {sort}", "Жаңғақ пен дән: {sort}"),
        about=("{sort}, raw, {size}.", "{sort}, без обжарки, {size}.", "{sort}, қуырылмаған, {size}."), attributes={"brand": "Дала", **_KEPT},
        sorts=(
            Sort(("almonds", "миндаль", "бадам"), "1", "US"), Sort(("walnuts", "грецкий орех", "грек жаңғағы"), "0.9"), Sort(("hazelnuts", "фундук", "орман жаңғағы"), "1.15", "TR"),
            Sort(("pumpkin seeds", "семена тыквы", "асқабақ дәні"), "0.6"), Sort(("sunflower seeds", "семечки подсолнечника", "күнбағыс дәні"), "0.25"),
        ),
        sizes=(_G500, _KG5),
    ),
)  # fmt: skip
