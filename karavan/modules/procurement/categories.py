"""What is traded: a flat list of categories that requests are filed under and vendors serve."""

from enum import StrEnum

from msgspec import Struct


class Category(StrEnum):
    """Codes of the categories."""

    FOOD = "food"
    BEVERAGES = "beverages"
    AGRICULTURE = "agriculture"
    CATERING = "catering"
    PACKAGING = "packaging"
    CONSTRUCTION = "construction"
    METALS = "metals"
    TIMBER = "timber"
    CHEMICALS = "chemicals"
    ENERGY = "energy"
    ELECTRICAL = "electrical"
    ELECTRONICS = "electronics"
    SOFTWARE = "software"
    MACHINERY = "machinery"
    VEHICLES = "vehicles"
    FURNITURE = "furniture"
    OFFICE = "office"
    TEXTILES = "textiles"
    SAFETY = "safety"
    MEDICAL = "medical"
    HOUSEHOLD = "household"
    LOGISTICS = "logistics"
    CONSTRUCTION_SERVICES = "construction-services"
    MARKETING = "marketing"
    PROFESSIONAL = "professional"
    OTHER = "other"


class CategoryNames(Struct, frozen=True):
    """A category and its name in the languages of the platform."""

    code: Category
    en: str
    ru: str
    kk: str


CATEGORIES = (
    CategoryNames(Category.FOOD, "Food and groceries", "Продукты питания", "Азық-түлік"),
    CategoryNames(Category.BEVERAGES, "Beverages, coffee and tea", "Напитки, кофе и чай", "Сусындар, кофе және шай"),
    CategoryNames(Category.AGRICULTURE, "Agriculture and feed", "Сельское хозяйство и корма", "Ауыл шаруашылығы және жем"),
    CategoryNames(Category.CATERING, "Catering and hospitality", "Общепит и гостиницы", "Қоғамдық тамақтану және қонақүйлер"),
    CategoryNames(Category.PACKAGING, "Packaging", "Упаковка", "Қаптама"),
    CategoryNames(Category.CONSTRUCTION, "Construction materials", "Строительные материалы", "Құрылыс материалдары"),
    CategoryNames(Category.METALS, "Metals and metal products", "Металлы и металлоизделия", "Металдар мен металл бұйымдары"),
    CategoryNames(Category.TIMBER, "Timber and wood products", "Лесоматериалы и изделия из дерева", "Ағаш материалдары мен бұйымдары"),
    CategoryNames(Category.CHEMICALS, "Chemicals and paints", "Химия и краски", "Химия өнімдері мен бояулар"),
    CategoryNames(Category.ENERGY, "Fuel and energy", "Топливо и энергия", "Отын және энергия"),
    CategoryNames(Category.ELECTRICAL, "Electrical equipment", "Электротехника", "Электр жабдықтары"),
    CategoryNames(Category.ELECTRONICS, "Computers and electronics", "Компьютеры и электроника", "Компьютерлер және электроника"),
    CategoryNames(Category.SOFTWARE, "Software and IT services", "Программы и ИТ-услуги", "Бағдарламалар және АТ қызметтері"),
    CategoryNames(Category.MACHINERY, "Machinery and equipment", "Станки и оборудование", "Станоктар мен жабдықтар"),
    CategoryNames(Category.VEHICLES, "Vehicles and spare parts", "Транспорт и запчасти", "Көлік және қосалқы бөлшектер"),
    CategoryNames(Category.FURNITURE, "Furniture", "Мебель", "Жиһаз"),
    CategoryNames(Category.OFFICE, "Office supplies and paper", "Канцелярия и бумага", "Кеңсе тауарлары және қағаз"),
    CategoryNames(Category.TEXTILES, "Clothing and textiles", "Одежда и текстиль", "Киім және тоқыма"),
    CategoryNames(Category.SAFETY, "Workwear and safety", "Спецодежда и охрана труда", "Арнайы киім және еңбек қауіпсіздігі"),
    CategoryNames(Category.MEDICAL, "Medical goods", "Медицинские товары", "Медициналық тауарлар"),
    CategoryNames(Category.HOUSEHOLD, "Household and cleaning", "Хозтовары и уборка", "Шаруашылық тауарлары және тазалау"),
    CategoryNames(Category.LOGISTICS, "Transport and logistics", "Перевозки и логистика", "Тасымал және логистика"),
    CategoryNames(Category.CONSTRUCTION_SERVICES, "Construction and repair services", "Строительные и ремонтные работы", "Құрылыс және жөндеу жұмыстары"),
    CategoryNames(Category.MARKETING, "Advertising and printing", "Реклама и полиграфия", "Жарнама және полиграфия"),
    CategoryNames(Category.PROFESSIONAL, "Professional services", "Деловые услуги", "Кәсіби қызметтер"),
    CategoryNames(Category.OTHER, "Other", "Другое", "Басқа"),
)  # fmt: skip
