"""What is traded: a flat list of categories that requests are filed under and vendors serve."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CategoryNames:
    """A category and its name in the languages of the platform."""

    code: str
    en: str
    ru: str
    kk: str


CATEGORIES = (
    CategoryNames("food", "Food and groceries", "Продукты питания", "Азық-түлік"),
    CategoryNames("beverages", "Beverages, coffee and tea", "Напитки, кофе и чай", "Сусындар, кофе және шай"),
    CategoryNames("agriculture", "Agriculture and feed", "Сельское хозяйство и корма", "Ауыл шаруашылығы және жем"),
    CategoryNames("catering", "Catering and hospitality", "Общепит и гостиницы", "Қоғамдық тамақтану және қонақүйлер"),
    CategoryNames("packaging", "Packaging", "Упаковка", "Қаптама"),
    CategoryNames("construction", "Construction materials", "Строительные материалы", "Құрылыс материалдары"),
    CategoryNames("metals", "Metals and metal products", "Металлы и металлоизделия", "Металдар мен металл бұйымдары"),
    CategoryNames("timber", "Timber and wood products", "Лесоматериалы и изделия из дерева", "Ағаш материалдары мен бұйымдары"),
    CategoryNames("chemicals", "Chemicals and paints", "Химия и краски", "Химия өнімдері мен бояулар"),
    CategoryNames("energy", "Fuel and energy", "Топливо и энергия", "Отын және энергия"),
    CategoryNames("electrical", "Electrical equipment", "Электротехника", "Электр жабдықтары"),
    CategoryNames("electronics", "Computers and electronics", "Компьютеры и электроника", "Компьютерлер және электроника"),
    CategoryNames("software", "Software and IT services", "Программы и ИТ-услуги", "Бағдарламалар және АТ қызметтері"),
    CategoryNames("machinery", "Machinery and equipment", "Станки и оборудование", "Станоктар мен жабдықтар"),
    CategoryNames("vehicles", "Vehicles and spare parts", "Транспорт и запчасти", "Көлік және қосалқы бөлшектер"),
    CategoryNames("furniture", "Furniture", "Мебель", "Жиһаз"),
    CategoryNames("office", "Office supplies and paper", "Канцелярия и бумага", "Кеңсе тауарлары және қағаз"),
    CategoryNames("textiles", "Clothing and textiles", "Одежда и текстиль", "Киім және тоқыма"),
    CategoryNames("safety", "Workwear and safety", "Спецодежда и охрана труда", "Арнайы киім және еңбек қауіпсіздігі"),
    CategoryNames("medical", "Medical goods", "Медицинские товары", "Медициналық тауарлар"),
    CategoryNames("household", "Household and cleaning", "Хозтовары и уборка", "Шаруашылық тауарлары және тазалау"),
    CategoryNames("logistics", "Transport and logistics", "Перевозки и логистика", "Тасымал және логистика"),
    CategoryNames("construction-services", "Construction and repair services", "Строительные и ремонтные работы", "Құрылыс және жөндеу жұмыстары"),
    CategoryNames("marketing", "Advertising and printing", "Реклама и полиграфия", "Жарнама және полиграфия"),
    CategoryNames("professional", "Professional services", "Деловые услуги", "Кәсіби қызметтер"),
    CategoryNames("other", "Other", "Другое", "Басқа"),
)  # fmt: skip

Category = StrEnum("Category", {c.code.upper().replace("-", "_"): c.code for c in CATEGORIES})  # type: ignore[misc]  # functional form
"""Codes as an enumeration, so that they reach the API's document."""
